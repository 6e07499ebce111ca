--- all_spec.lua - several functions at once
-- SPDX-License-Identifier: MIT
local raises = require("spec.support.raises")
local stub = require("spec.support.stub")

local function session()
  local clock = stub.clock(0)
  return stub.session(error, { clock = clock }), clock
end

describe("all", function()
  it("gives the first results in the list's order", function()
    local rs, clock = session()
    local list = assert(rs:all{
      function() rs:sleep(3) return "slow", "more" end,
      function() end,
      function() rs:sleep(1) return "quick" end,
    })
    assert.same({ n = 3, [1] = "slow", [3] = "quick" }, list)
    assert.equal(3, clock.now)
    assert.same({ n = 0 }, rs:all{})
  end)

  it("runs all of them at once, or as many as it is told", function()
    local rs, clock = session()
    local list = {}
    for i = 1, 40 do
      list[i] = function() return rs:sleep(1) end
    end
    assert.equal(40, #assert(rs:all(list)))
    assert.equal(1, clock.now)
    assert(rs:all(list, { concurrency = 10 }))
    assert.equal(5, clock.now)
  end)

  it("returns what the first returned that failed, and cancels the others", function()
    local rs, clock = session()
    local kinds = {}
    local function wait()
      local _, _, err = rs:sleep(10)
      kinds[#kinds + 1] = err.kind
    end
    local value, message, err = rs:all{ wait, function()
      rs:sleep(2)
      return nil, "no such thing", { kind = "not_found" }
    end, wait }
    assert.is_nil(value)
    assert.equal("no such thing", message)
    assert.same({ kind = "not_found" }, err)
    assert.same({ "cancelled", "cancelled" }, kinds)
    assert.equal(2, clock.now)
    assert.is_nil(next(rs.scheduler.living))
  end)

  it("starts none after one that has failed", function()
    local rs = session()
    local started = 0
    local value, message = rs:all{ function() return nil, "no" end,
      function() started = started + 1 end }
    assert.is_nil(value)
    assert.equal("no", message)
    assert.equal(0, started)
  end)

  it("raises what the first raised that did, by its place", function()
    local rs, clock = session()
    local ended
    local ok, raised = pcall(rs.all, rs, {
      function() ended = select(3, rs:sleep(10)).kind end,
      function()
        rs:sleep(1)
        error("no", 0)
      end })
    assert.is_false(ok)
    assert.equal("all: function 2: no", raised)
    assert.equal("cancelled", ended)
    assert.equal(1, clock.now)
  end)

  it("holds its calls to a deadline", function()
    local rs, clock = session()
    local value, _, err = rs:all({ function() return rs:sleep(10) end }, { deadline = 2 })
    assert.is_nil(value)
    assert.equal("timeout", err.kind)
    assert.equal(2, clock.now)
  end)

  it("tells what is wrong with its arguments", function()
    local rs = session()
    assert.equal("all: takes a list of functions, not a nil", raises(function() rs:all() end))
    assert.equal("all: takes functions, and the value 2 is a string",
      raises(function() rs:all{ print, "x" } end))
    assert.equal("all: unknown option 'deadlin' (did you mean 'deadline'?)",
      raises(function() rs:all({}, { deadlin = 1 }) end))
  end)
end)

describe("a session's sleep", function()
  it("takes its time and says so", function()
    local rs, clock = session()
    assert.is_true(rs:sleep(2))
    assert.equal(2, clock.now)
    assert.equal("sleep: takes seconds, not x", raises(function() rs:sleep("x") end))
    assert.equal("sleep: takes seconds, not -1", raises(function() rs:sleep(-1) end))
  end)

  it("ends with its session", function()
    local rs, clock = session()
    rs.scheduler:spawn(function()
      rs:sleep(1)
      rs:close()
    end)
    local slept, message, err = rs:sleep(10)
    assert.is_nil(slept)
    assert.equal("sleep: the session is closed", message)
    assert.equal("cancelled", err.kind)
    assert.equal(1, clock.now)
  end)
end)
