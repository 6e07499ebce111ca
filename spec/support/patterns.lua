--- patterns.lua - random strings, by the library's functions and by Lua's own
-- SPDX-License-Identifier: MIT
local count, seed, own = ...

local function random(most)
  seed = seed * 16807 % 2147483647
  return seed % most + 1
end

local function pick(list)
  return list[random(#list)]
end

-- Lua 5.1 and LuaJIT end a pattern at a zero byte, and take "%" in a
-- replacement otherwise.
local is_old = _VERSION == "Lua 5.1"

local singles = { "a", "b", "x", ".", "%a", "%d", "%s", "%w", "%W", "%p", "%S",
  "%%", "%.", "%-", "%]", "[ab]", "[^a]", "[a-c]", "[%a-z]", "[]]", "[^]]",
  "[%]]", "[a-]", "[-a]", "[%d%s]", "[^%w_]", "[a-%%]", "(", ")", "^", "$", "-",
  "*", "+", "?", "]", " ", "1", "\255", "%x", "%u", "%l", "%c", "%q" }
local repeats = { "", "", "", "", "*", "+", "-", "?" }
local others = { "(", ")", "()", "(a)", "(.-)", "(%w*)", "%1", "%2", "%0", "%b()",
  "%bxa", "%baa", "%f[a]", "%f[%w]", "%f[^%w]", "%f[^%z]", "$", "^", "%", "[",
  "[^", "[a", "%b", "%bx", "%f", "(a*(.)%w(%s*))", "((a)(b))" }
local subjects = { "a", "b", "x", "1", " ", "aa", "ab", "(a)", "((", "))", "xa",
  "\255", "%", ".", "-", "]", "^", "$", "_", "abc", "\n", "A" }

local function pattern()
  local parts = {}
  if random(6) == 1 then
    parts[1] = "^"
  end
  for _ = 1, random(6) do
    parts[#parts + 1] = random(3) == 1 and pick(others) or
      pick(singles) .. pick(repeats)
  end
  return table.concat(parts)
end

local function subject()
  local parts = {}
  for _ = 1, random(14) - 1 do
    parts[#parts + 1] = not is_old and random(30) == 1 and "\0" or pick(subjects)
  end
  return table.concat(parts)
end

local function replacement()
  local kind = random(5)
  if kind == 1 then
    return { a = "<a>", ab = 1, b = false }
  elseif kind == 2 then
    return function(a, b)
      return a ~= "a" and ("<%s,%s>"):format(tostring(a), tostring(b)) or nil
    end
  end
  return pick{ "", "x", "%0", "<%0>", "%1", "%1%1", "[%2]", "%%" }
end

local function gather(...)
  return { n = select("#", ...), ... }
end

local function collect(gmatch, text, words)
  local found = {}
  for a, b in gmatch(text, words) do
    found[#found + 1] = ("%s,%s"):format(tostring(a), tostring(b))
    if #found > 100 then
      error("goes on and on")
    end
  end
  return table.concat(found, ";")
end

local function show(results)
  if not results[1] then
    return "an error"
  end
  for i = 1, results.n do
    results[i] = tostring(results[i])
  end
  return table.concat(results, ",")
end

local compared, matched = 0, 0

local function compare(name, ours, theirs, text, words)
  if ours[1] and not theirs[1] and
      tostring(theirs[2]):find("too complex", 1, true) then
    return -- there is no such limit here
  end
  local message = tostring(ours[2])
  local a, b = show(ours), show(theirs)
  compared = compared + 1
  matched = matched + (a ~= "true,nil" and a ~= "an error" and 1 or 0)
  if a ~= b then
    error(("%s(%q, %q): %s, not %s (%s)"):format(name, text, words, a, b,
      message))
  end
end

for _ = 1, count do
  local text, words = subject(), pattern()
  local first = random(20) - 10
  local is_plain = random(10) == 1
  for _, name in ipairs{ "find", "match" } do
    compare(name,
      gather(pcall(string[name], text, words, first, is_plain)),
      gather(pcall(own[name], text, words, first, is_plain)), text, words)
  end
  compare("gmatch", gather(pcall(collect, string.gmatch, text, words)),
    gather(pcall(collect, own.gmatch, text, words)), text, words)
  local new, most = replacement(), random(3) == 1 and random(4) - 1 or nil
  compare("gsub", gather(pcall(string.gsub, text, words, new, most)),
    gather(pcall(own.gsub, text, words, new, most)), text, words)
  local times, gap = random(9) - 3, pick(subjects)
  compare("rep", gather(pcall(string.rep, text, times, gap)),
    gather(pcall(own.rep, text, times, gap)), text, gap)
end

assert(matched > compared / 10, "too little is found")
