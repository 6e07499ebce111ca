--- metatables_spec.lua - the metatables of a confined script
-- SPDX-License-Identifier: MIT
local environment = require("rackspace.embed.environment")

local load_text = loadstring or load -- luacheck: ignore 143

--- Scripts that do the same under Lua's own setmetatable. Some set a metamethod
-- after the metatable.
local scripts = {
  ["a class and its objects"] = [[
    local Point = {}
    Point.__index = Point
    function Point.new(x) return setmetatable({ x = x }, Point) end
    local a, b = Point.new(1), Point.new(2)
    function Point:double() return self.x * 2 end
    Point.__add = function(p, q) return Point.new(p.x + q.x) end
    Point.__eq = function(p, q) return p.x == q.x end
    Point.__lt = function(p, q) return p.x < q.x end
    Point.__le = function(p, q) return p.x <= q.x end
    Point.__tostring = function(p) return "Point " .. p.x end
    return a:double(), (a + b).x, a == b, a == Point.new(1), a < b, a >= b,
      tostring(b), getmetatable(a) == Point, rawequal(a, b), a.none]],
  ["a class that inherits"] = [[
    local Base = { __index = true }
    Base.__index = Base
    function Base:name() return "base " .. self.id end
    local Derived = setmetatable({}, Base)
    Derived.__index = Derived
    function Derived:upper() return self:name():upper() end
    local object = setmetatable({ id = 7 }, Derived)
    Derived.id = 9
    return object:upper(), Derived:name(), pcall(function() return #object end)]],
  ["metamethods that come after the metatable"] = [[
    local mt, log = {}, {}
    local t = setmetatable({}, mt)
    local before = t.x
    mt.__index = function(_, k) return k .. "!" end
    local first = t.x
    mt.__index = { x = "table" }
    local second = t.x
    mt.__newindex = function(_, k, v) log[#log + 1] = k .. v end
    t.y = 1
    local written = rawget(t, "y")
    mt.__newindex = log
    t.z = 2
    mt.__newindex = nil
    t.z = 3
    mt.__call = function(self, a, b) return self == t, a, b end
    return before, first, second, written, log[1], log.z, rawget(t, "z"), t(4, 5)]],
  ["operators"] = [[
    local mt = {}
    for _, name in ipairs{ "add", "sub", "mul", "div", "mod", "pow", "concat" } do
      mt["__" .. name] = function(a, b)
        return name .. (type(a) == "table" and 1 or 2) ..
          (type(b) == "table" and 1 or 2)
      end
    end
    mt.__unm = function() return "unm" end
    local t = setmetatable({}, mt)
    return t + 1, 1 - t, t * t, "x" / t, t % 2, 2 ^ t, t .. "a", 1 .. t, -t]],
  ["an operand of another class"] = [[
    local a = setmetatable({}, {})
    local b = setmetatable({}, { __add = function() return "b" end,
      __concat = function() return "c" end })
    return a + b, b + a, a .. b, b .. a]],
  ["what a table without metamethods does"] = [[
    local t, other = setmetatable({ 1, 2, k = 3 }, {}), setmetatable({}, {})
    local function fails(fn)
      local ok, message = pcall(fn)
      message = message:gsub("^.-:%d+: ", "")
      return tostring(ok) .. message:gsub("upvalue 't' %(a table", "a table")
        :gsub(" %(upvalue.*", ""):gsub("%)$", "")
    end
    local keys = {}
    for key in pairs(t) do keys[#keys + 1] = tostring(key) end
    t[3] = "new"
    return #t, t == other, t ~= other, table.concat(keys, " "), t[3],
      (tostring(t):gsub("0x%x+", "")),
      fails(function() return t + 1 end), fails(function() return 1 + t end),
      fails(function() return -t end), fails(function() return t .. "x" end),
      fails(function() return "x" .. t end), fails(function() return t() end),
      fails(function() return t < other end), fails(function() return t < 1 end),
      fails(function() return t <= other end), fails(function() return 1 < t end),
      (fails(function() t[nil] = 1 end):gsub("table index", "index")),
      (fails(function() t[0 / 0] = 1 end):gsub("table index", "index"))]],
  ["protection"] = [[
    local t = setmetatable({}, { __metatable = "locked" })
    local ok, message = pcall(setmetatable, t, {})
    local f = setmetatable({}, { __metatable = false })
    return getmetatable(t), ok, message, getmetatable(f),
      getmetatable(setmetatable(setmetatable({}, {}), nil))]],
  ["metamethods that yield"] = _VERSION ~= "Lua 5.1" and [[
    local t = setmetatable({}, { __index = function(_, k)
      return coroutine.yield(k)
    end, __add = function(_, b) return coroutine.yield(b) end })
    local co = coroutine.wrap(function() return t.x .. (t + 5) end)
    return co(), co("a"), co("b")]] or "return 1",
  ["walks"] = [[
    local t = setmetatable({}, { __index = function(_, i)
      return i <= 3 and i * i or nil
    end, __len = function() return 3 end })
    local found = {}
    for i, v in ipairs(t) do found[#found + 1] = i .. "=" .. v end
    return table.concat(found, " "), #t]],
  ["a metatable in a coroutine's table"] = [[
    local Queue = {}
    Queue.__index = Queue
    function Queue:push(value) self[#self + 1] = value return self end
    local co = coroutine.wrap(function()
      coroutine.yield(setmetatable({}, Queue))
    end)
    return #co():push(1):push(2)]],
}

-- Lua 5.1 compares objects only by a function that is in both metatables.
if _VERSION ~= "Lua 5.1" then
  scripts["an order with an operand of another class"] = [[
    local a = setmetatable({}, {})
    local b = setmetatable({}, { __lt = function() return true end })
    return a < b, b < a, pcall(function() return a < a end)]]
end

if _VERSION ~= "Lua 5.1" and _VERSION ~= "Lua 5.2" then
  scripts["integers' and bits' operators"] = [[
    local mt = { __idiv = function() return "idiv" end,
      __band = function() return "band" end, __shl = function() return "shl" end,
      __bnot = function() return "bnot" end }
    local t, plain = setmetatable({}, mt), setmetatable({}, {})
    local ok, message = pcall(function() return plain | 1 end)
    return t // 1, 1 & t, t << 2, ~t, ok, message]]
  scripts["__name"] = [[
    local t = setmetatable({}, { __name = "Queue" })
    return (tostring(t):gsub("0x%x+", ""))]]
end

if _VERSION == "Lua 5.4" or _VERSION == "Lua 5.5" then
  scripts["a variable that is closed"] = [[
    local closed
    do local t <close> = setmetatable({}, { __close = function(value)
      closed = value.id
    end, __index = { id = 7 } }) end
    return closed, pcall(load("local t <close> = setmetatable({}, {})"))]]
end

--- Returns all results as a list of texts. Two errors are alike wherever they
-- were raised.
local function results_of(...)
  local list = {}
  for i = 1, select("#", ...) do
    list[i] = tostring((select(i, ...))):gsub('%[string ".-"%]:%d+: ', "")
      :gsub("^%(load%):%d+: ", ""):gsub(" %(%a+ '.-'%)$", "")
  end
  return list
end

describe("the metatables of a confined script", function()
  local globals

  before_each(function()
    globals = environment.new{ charge = function() end }
  end)

  for name, script in pairs(scripts) do
    it("do what Lua's own do: " .. name, function()
      local expected = results_of(assert(load_text(script))())
      assert.same(expected, results_of(assert(globals.load(script))()))
    end)
  end

  it("may have objects of any number, and many of them", function()
    local count = globals.load([[
      local alive = {}
      for i = 1, 200 do
        alive[i] = setmetatable({}, { __index = function() return i end })
      end
      local sum = 0
      for i = 1, 200 do sum = sum + alive[i].x end
      return sum]])()
    assert.equal(20100, count)
  end)

  it("keep weak keys, and let go of weak values", function()
    local keys, values = globals.load([[
      local keys = setmetatable({}, { __mode = "k" })
      local mt = {}
      local late = setmetatable({}, mt)
      mt.__mode = "k"
      local values = setmetatable({}, { __mode = "v" })
      keys[{}], late[{}], values[1] = 1, 2, {}
      return { keys, late }, values]])()
    collectgarbage()
    assert.is_nil(values[1])
    assert.is_table(next(keys[1]))
    assert.is_table(next(keys[2]))
  end)

  it("let go of what only they refer to", function()
    local weak = setmetatable({}, { __mode = "k" })
    globals.note = function(value)
      weak[value] = true
    end
    globals.load([[
      for _ = 1, 1000 do
        local self = {}
        note(setmetatable(self, { __index = function() return self end }))
      end]])()
    collectgarbage()
    local left = 0
    for _ in pairs(weak) do
      left = left + 1
    end
    assert.is_true(left <= 64, left)
  end)
end)
