--- transcript.lua - what was typed, as a script that runs
-- SPDX-License-Identifier: MIT
local lexer = require("rackspace.repl.lexer")

local transcript_methods = {}
local transcript_mt = { __index = transcript_methods }

-- What means something at the prompt only.
local words = { again = true, help = true, more = true, save = true,
  show = true, time = true, trace = true, sandbox = true }

--- Notes what was typed and what came of it: { text =, is_value =, failed =,
-- number = of the result, is_pager =, is_secret = }.
function transcript_methods:add(entry)
  self.entries[#self.entries + 1] = entry
end

local function is_of_prompt(entry)
  for _, part in ipairs(lexer.read(entry.text)) do
    if part.kind ~= "comment" then
      return part.kind == "name" and words[part.text] == true
    end
  end
  return true
end

local function uses(entries, from, name)
  for i = from, #entries do
    for _, part in ipairs(lexer.read(entries[i].text)) do
      if part.kind == "name" and part.text == name then
        return true
      end
    end
  end
  return false
end

local function comment(text)
  return "-- " .. text:gsub("\n", "\n-- ")
end

--- An expression, kept where the prompt kept it when a later line asks for it.
local function value_line(entry, entries, i)
  local text = entry.text:match("^%s*(.-)%s*$")
  if entry.is_pager then
    text = ("assert((%s):totable(%d))"):format(text, entry.count)
  end
  local name = entry.number and "_" .. entry.number
  local names = {}
  names[1] = entry.number and uses(entries, i + 1, "_") and "_" or nil
  names[#names + 1] = name and uses(entries, i + 1, name) and name or nil
  if names[2] then
    return ("%s = %s\n%s = %s"):format(names[1], text, names[2], names[1])
  end
  return ("%s = %s"):format(names[1] or "_", text)
end

local function line_of(entry, entries, i)
  if is_of_prompt(entry) then
    return nil
  elseif entry.is_secret then
    return "-- a line with a secret in it is left out"
  elseif entry.failed then
    return comment("failed: " .. entry.text)
  elseif entry.is_value then
    return value_line(entry, entries, i)
  end
  return entry.text
end

--- The script. `opening` is how it gets its session.
function transcript_methods:script(opening)
  local lines = { 'local rackspace = require("rackspace")', "", opening }
  for i, entry in ipairs(self.entries) do
    lines[#lines + 1] = line_of(entry, self.entries, i)
  end
  return table.concat(lines, "\n") .. "\n"
end

local function new()
  return setmetatable({ entries = {} }, transcript_mt)
end

return { new = new }
