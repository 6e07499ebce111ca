--- cage.lua - hostile scripts, made by chance
-- SPDX-License-Identifier: MIT

-- Returns a function(seed) that returns the text of a script. The scripts call
-- what confined scripts have, with arguments that are huge, strange or their
-- own functions, in loops, coroutines and protected calls, and tell the host
-- what they found.
local state

local function random(most)
  state = state * 16807 % 2147483647
  return state % most + 1
end

local function pick(list)
  return list[random(#list)]
end

local functions = { "string.rep", "string.find", "string.match", "string.gsub",
  "string.gmatch", "string.upper", "string.lower", "string.reverse",
  "string.format", "string.byte", "string.char", "string.sub", "string.len",
  "string.pack", "string.unpack", "string.packsize", "string.dump",
  "table.insert", "table.remove", "table.concat", "table.sort", "table.move",
  "table.unpack", "table.pack", "table.maxn", "table.foreach", "unpack",
  "utf8.char", "utf8.len", "utf8.codepoint", "utf8.offset", "utf8.codes",
  "math.floor", "math.random", "math.randomseed", "math.max", "os.time",
  "os.date", "os.clock", "os.getenv", "os.execute", "io.open", "tostring",
  "tonumber", "type", "next", "pairs", "ipairs", "rawget", "rawset", "rawlen",
  "rawequal", "select", "assert", "error", "pcall", "xpcall", "load",
  "loadstring", "require", "dofile", "loadfile", "getmetatable", "setmetatable",
  "collectgarbage", "print", "host", "coroutine.create", "coroutine.wrap",
  "coroutine.resume", "coroutine.yield", "coroutine.status", "coroutine.close",
  "coroutine.running", "debug.getinfo", "debug.sethook", "package.loadlib",
  "getfenv", "setfenv", "newproxy", "V[1]", "V[2]", "V[3]", "rs.accounts.get",
  "rs.accounts.list", "rs.tickets.create", "rs.identity.whoami" }

local numbers = { "0", "1", "2", "-1", "3.5", "100", "1e4", "1e6", "1e9", "1e18",
  "-1e18", "2^31", "2^53", "2^63", "1/0", "-1/0", "0/0", "#V" }

local patterns = { "'a'", "'.'", "'.-b'", "'.*.*.*.*b'", "'(a*)*'", "'%b()'",
  "'%f[%w]%w+'", "'^(.-)%s*$'", "('a*'):rep(30) .. 'b'", "('a?'):rep(300)",
  "'(.)(.)%2%1'", "('('):rep(40)", "'['", "'%'", "''", "('[%a-z]'):rep(999)" }

local strings = { "''", "'a'", "'%s'", "('a'):rep(1e5)", "('('):rep(1e5)",
  "('x'):rep(3e6)", "('\\0'):rep(1e6)", "('ab '):rep(3e4)", "'\\27Lua'",
  "'return V'", "'local function f() return f() end f()'", "'CLOUD/10101'",
  "('x = '):rep(1e4)", "'c99999999'", "('%c'):rep(1e4)", "'*t'", "'k'" }

local metamethods = { "__index", "__newindex", "__len", "__call", "__tostring",
  "__concat", "__eq", "__lt", "__le", "__unm", "__add", "__pairs", "__close",
  "__gc", "__mode", "__name", "__metatable" }

local expression, statement, block

local function list_of(make, most, depth, separator)
  local parts = {}
  for i = 1, random(most) do
    parts[i] = make(depth)
  end
  return table.concat(parts, separator)
end

local function callback(depth)
  return ("function(...) %s return %s end"):format(block(depth - 1),
    random(2) == 1 and "..." or expression(depth - 1))
end

local function table_of(depth)
  local kind = random(5)
  if kind == 1 then
    return "{}"
  elseif kind == 2 then
    return "V"
  elseif kind == 3 then
    return "{" .. list_of(expression, 4, depth - 1, ", ") .. "}"
  elseif kind == 4 then
    return "many(" .. pick{ "100", "1e4", "1e5" } .. ")"
  end
  local fields = {}
  for i = 1, random(4) do
    local value = random(3) == 1 and pick(functions) or expression(depth - 1)
    fields[i] = ("%s = %s"):format(pick(metamethods), value)
  end
  return ("setmetatable({}, {%s})"):format(table.concat(fields, ", "))
end

local function call(depth)
  if random(6) == 1 then
    return ("(%s):%s(%s)"):format(pick(strings),
      pick{ "rep", "find", "gsub", "upper", "format", "byte", "match" },
      list_of(expression, 3, depth - 1, ", "))
  end
  return ("%s(%s)"):format(pick(functions),
    list_of(expression, 4, depth - 1, ", "))
end

function expression(depth)
  local kind = random(depth > 0 and 11 or 5)
  if kind <= 2 then
    return pick(numbers)
  elseif kind == 3 then
    return pick(strings)
  elseif kind == 4 then
    return pick(patterns)
  elseif kind == 5 then
    return pick{ "nil", "true", "V[1]", "V[#V]", "_G", "string", "rs", "print" }
  elseif kind <= 7 then
    return table_of(depth)
  elseif kind == 8 then
    return callback(depth)
  elseif kind == 9 then
    return ("%s %s %s"):format(expression(depth - 1),
      pick{ "..", "<", "==", "+", "^", "%" }, expression(depth - 1))
  end
  return call(depth)
end

local loops = { "while true do %s end", "for i = 1, 1e9 do %s end",
  "for i = 1, 50 do %s end", "repeat %s until false",
  "for k, v in pairs(V) do %s end", "for w in (V[1] .. ''):gmatch('.') do %s end" }

local wrappers = { "pcall(function(...) %s end)",
  "xpcall(function(...) %s end, function(e) V[#V + 1] = e %s end)",
  "coroutine.wrap(function(...) %s end)()",
  "local c = coroutine.create(function(...) %s end) coroutine.resume(c)",
  "local function f(...) %s return f(...) end pcall(f)",
  "local function f(...) %s f(...) %s end pcall(f)",
  "while true do pcall(function(...) %s end) end" }

function statement(depth)
  local kind = random(depth > 0 and 10 or 5)
  if kind <= 4 then
    return "try(" .. callback(depth) .. ")"
  elseif kind == 5 then
    return ("V[%d] = %s"):format(random(5), expression(depth))
  elseif kind == 6 then
    return "V[#V + 1] = " .. call(depth)
  elseif kind <= 8 then
    return (pick(loops):gsub("%%s", function() return block(depth - 1) end))
  end
  return "do " .. pick(wrappers):gsub("%%s", function()
    return block(depth - 1)
  end) .. " end"
end

function block(depth)
  if depth <= 0 then
    return ("V[#V + 1] = %s(%s, %s)"):format(pick(functions), expression(0),
      expression(0))
  end
  return "do " .. list_of(statement, 3, depth - 1, " ") .. " end"
end

local prelude = [[
local V = { "a", {}, function(...) return ... end }
local function many(n) local t = {} for i = 1, n do t[i] = i % 7 end return t end
local seen = {}
local function show(value, depth)
  if type(value) == "string" then
    host(value:sub(1, 1000))
  elseif type(value) == "table" and depth < 4 and not seen[value] then
    seen[value] = true
    local n = 0
    for k, v in next, value do
      n = n + 1
      if n > 50 then break end
      show(k, depth + 1) show(v, depth + 1)
    end
  elseif depth < 5 then
    host(tostring(value))
  end
end
local function try(f)
  local r = { pcall(f) }
  for i = 2, #r do
    if #V < 50 then V[#V + 1] = r[i] end
    show(r[i], 0)
  end
end
]]

return function(seed)
  state = seed % 2147483646 + 1
  random(2)
  local parts = { prelude }
  for _ = 1, random(6) do
    parts[#parts + 1] = "try(function() " .. statement(3) .. " end)"
  end
  parts[#parts + 1] = "show(V, 0)"
  return table.concat(parts, "\n")
end
