--- conformance.lua - one script on any loop, while a timer of that loop ticks
-- SPDX-License-Identifier: MIT
local busted = require("busted")
local rackspace = require("rackspace")
local sandbox = require("spec.support.sandbox")

local assert, it = busted.assert, busted.it

local conformance = {}

-- Lua 5.1 can't yield past pcall: there the script is without.
local call = pcall
if _VERSION == "Lua 5.1" and not rawget(_G, "jit") then
  call = function(fn) return true, fn() end
end

--- What a script of the loop's does: every way of calling that there is.
-- Returns what it found, which is the same everywhere.
function conformance.script(rs)
  local found = {}
  found.number = assert(rs.accounts:get("CLOUD/10101")).number
  local _, _, err = rs.accounts:get("CLOUD/0")
  found.kind = err.kind
  local pager, walked = rs.accounts:list{ limit = 5 }, 0
  while walked < 23 and pager() do
    walked = walked + 1
  end
  found.walked = walked
  found.names = 0
  local results = rs:map(rs.accounts:list{ limit = 10 }, function(account)
    rs:sleep(0.001)
    return assert(rs.accounts:get(account)).name
  end, { concurrency = 8 })
  while found.names < 40 and select(2, results()) do
    found.names = found.names + 1
  end
  results:close()
  found.both = assert(rs:all{
    function() return rs.accounts:get("CLOUD/10101").number end,
    function() return rs:sleep(0.02) end,
  })
  local _, number = call(function()
    return (rs.accounts:get("CLOUD/10101").number)
  end)
  found.called = number
  found.slept = rs:sleep(0.02)
  return found
end

conformance.expected = { number = 10101, kind = "not_found", walked = 23, names = 40,
  both = { n = 2, 10101, true }, called = 10101, slept = true }

--- Specs of a loop. `host` has new(), which gives the loop; and run(fns, tick,
-- loop), which runs functions side by side in coroutines of the loop's, and
-- calls tick() each millisecond until they have ended.
function conformance.specs(host)
  local box

  busted.setup(function()
    box = sandbox.start("--accounts 200")
  end)

  busted.teardown(function()
    box:close()
  end)

  local function session(settings)
    return assert(rackspace.new(box:settings(settings)))
  end

  -- Runs a script in some coroutines, and on_tick(ticks) beside them. Gives what
  -- it returned, and the ticks.
  local function run(loop, count, script, on_tick)
    local results, fns, ticks = {}, {}, 0
    for i = 1, count do
      fns[i] = function() results[i] = script(i) end
    end
    host.run(fns, function()
      ticks = ticks + 1
      if on_tick then
        on_tick(ticks)
      end
    end, loop)
    return results, ticks
  end

  it("runs the same script as no loop at all", function()
    local plain = session()
    assert.same(conformance.expected, conformance.script(plain))
    plain:close()
    local loop = host.new()
    local rs = session{ loop = loop }
    local results, ticks = run(loop, 3, function()
      local found = conformance.script(rs) -- Lua 5.1 yields from no tail call
      return found
    end)
    for i = 1, 3 do
      assert.same(conformance.expected, results[i])
    end
    assert.is_true(ticks >= 3) -- forty milliseconds were slept
    rs:close()
  end)

  it("is not blocked while a script sleeps", function()
    local loop = host.new()
    local rs = session{ loop = loop }
    assert.same({ "cancelled" }, (run(loop, 1, function()
      local _, _, err = rs:sleep(60)
      return err.kind
    end, function(ticks)
      return ticks == 3 and rs:close()
    end)))
  end)

  it("lets coroutines wait for the same log-in", function()
    local loop = host.new()
    local rs, before = session{ loop = loop }, box:logins()
    local results = run(loop, 10, function() return rs.accounts:get("CLOUD/10101").number end)
    for i = 1, 10 do
      assert.equal(10101, results[i])
    end
    assert.equal(before + 1, box:logins())
    rs:close()
  end)

  it("is shared by the sessions that are given it", function()
    local loop = host.new()
    local first, second = session{ loop = loop }, session{ loop = loop }
    assert.equal(first.scheduler, second.scheduler)
    local results = run(loop, 2, function(i)
      return (i == 1 and first or second).accounts:get("CLOUD/10101").number
    end)
    assert.same({ 10101, 10101 }, results)
    first:close()
    assert.equal(10101, run(loop, 1, function()
      return second.accounts:get("CLOUD/10101").number
    end)[1])
    second:close()
  end)

  it("gives up what is in flight when the session is closed", function()
    local loop = host.new()
    local rs = session{ loop = loop }
    local results = run(loop, 2, function(i)
      if i == 1 then
        local _, _, err = rs:sleep(30)
        return err.kind
      end
      rs:sleep(0.01)
      rs:close()
      return "closed"
    end)
    assert.same({ "cancelled", "closed" }, results)
  end)

  it("is of no concern outside of its coroutines: there a call pumps", function()
    local rs = session{ loop = host.new() }
    assert.equal(10101, assert(rs.accounts:get("CLOUD/10101")).number)
    rs:close()
  end)
end

return conformance
