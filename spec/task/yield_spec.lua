--- yield_spec.lua - whether the running coroutine can yield where it stands
-- SPDX-License-Identifier: MIT
local yield = require("rackspace.task.yield")

local is_old = _VERSION == "Lua 5.1" and not rawget(_G, "jit")

-- The two answers, by what the Lua has and by a walk of the stack; and whether
-- it was true: a yield is tried in the same place.
local function ask(place)
  local told, walked, yielded
  local thread = coroutine.create(function()
    place(function()
      told, walked = yield.may_yield(), yield.walk()
      coroutine.yield("here")
    end)
  end)
  local ok, mark = coroutine.resume(thread)
  yielded = ok and mark == "here"
  return told, walked, yielded
end

local function assert_all(expected, place)
  local told, walked, yielded = ask(place)
  assert.equal(expected, told)
  assert.equal(expected, walked)
  assert.equal(expected, yielded)
end

describe("a coroutine", function()
  it("can yield in plain code, however deep", function()
    assert_all(true, function(here) here() end)
    assert_all(true, function(here)
      local t = { field = here, [1] = here }
      t.field()
    end)
    assert_all(true, function(here)
      local t = { method = function() here() end }
      t:method()
    end)
    assert_all(true, function(here)
      local callable = setmetatable({}, { __call = function() here() end })
      callable()
    end)
  end)

  it("can yield past pcall, iterators and metamethods where the Lua can", function()
    assert_all(not is_old, function(here) assert(pcall(here)) end)
    assert_all(not is_old, function(here)
      for _ in function() here() end do
        error("no item")
      end
    end)
    assert_all(not is_old, function(here)
      return (setmetatable({}, { __index = function() here() end }).field)
    end)
    assert_all(not is_old, function(here)
      return setmetatable({}, { __add = function() here() end }) + 1
    end)
  end)

  it("can't where a C function called back", function()
    assert_all(false, function(here) ("a"):gsub("a", function() here() end) end)
    assert_all(false, function(here)
      table.sort({ 2, 1 }, function(a, b)
        here()
        return a < b
      end)
    end)
    assert_all(false, function(here)
      assert(pcall(string.gsub, "a", "a", function() here() end))
    end)
  end)

  it("calls protected what yields to whoever resumes", function()
    for _, call in ipairs{ yield.pass, yield.protected } do
      local thread = coroutine.create(function(...)
        return call(function(a, b)
          local c, d = coroutine.yield(a + b)
          return coroutine.yield(c .. d), nil
        end, ...)
      end)
      assert.same({ true, 3 }, { coroutine.resume(thread, 1, 2) })
      assert.same({ true, "cd" }, { coroutine.resume(thread, "c", "d") })
      assert.same({ true, true, "e" }, { coroutine.resume(thread, "e") })
      assert.equal("dead", coroutine.status(thread))
      assert.same({ false, "so it is" }, { call(error, "so it is", 0) })
    end
  end)

  -- What was called last by a function leaves no trace of who called that one.
  if is_old then
    it("is not trusted to yield where Lua 5.1 can't tell", function()
      local told = ask(function(here)
        local function last() return here() end
        last()
      end)
      assert.is_false(told)
      assert_all(false, function(here)
        return (setmetatable({}, { __index = function() return here() end }).field)
      end)
    end)
  end
end)
