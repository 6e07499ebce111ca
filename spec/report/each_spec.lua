--- each_spec.lua - calls a function for every item, a few at a time
-- SPDX-License-Identifier: MIT
local each = require("rackspace.report.each")
local scheduler_of = require("rackspace.task.scheduler")
local stub = require("spec.support.stub")

local function counter(last)
  local i = 0
  return function()
    i = i + 1
    return i <= last and i or nil
  end
end

describe("each", function()
  it("gives every item with its result, in order, and no more at a time than wanted", function()
    local session = { scheduler = scheduler_of.new(stub.clock()) }
    local running, most, got = 0, 0, {}
    local function work(item)
      running = running + 1
      most = math.max(most, running)
      session.scheduler:sleep((item % 3 + 1) * 10) -- later ones end before earlier ones
      running = running - 1
      return item * item
    end
    for item, result in each(session, counter(20), work, 4) do
      got[#got + 1] = item .. "=" .. result
    end
    assert.equal(20, #got)
    for i = 1, 20 do
      assert.equal(i .. "=" .. i * i, got[i])
    end
    assert.equal(4, most)
    assert.is_nil(next(session.scheduler.living))
  end)

  it("ends with nothing, and raises what the function raises", function()
    local session = { scheduler = scheduler_of.new(stub.clock()) }
    assert.is_nil(each(session, counter(0), error, 2)())
    local ok, err = pcall(each(session, counter(3), function() error({ kind = "auth" }, 0) end, 2))
    assert.is_false(ok)
    assert.same({ kind = "auth" }, err)
  end)

  it("leaves it to the session where that can do it", function()
    local given
    local session = { map = function(...)
      given = { ... }
      return counter(2)
    end }
    local source = counter(1)
    local count = 0
    for _ in each(session, source, print, 3) do
      count = count + 1
    end
    assert.equal(2, count)
    assert.same({ session, source, print, { concurrency = 3 } }, given)
  end)
end)
