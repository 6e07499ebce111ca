--- transcript.lua - writes what was typed at the prompt as a script
-- SPDX-License-Identifier: MIT
local lexer = require("rackspace.scripts.lexer")

local transcript_methods = {}
local transcript_mt = { __index = transcript_methods }

-- The commands that exist only at the prompt.
local commands = { again = true, help = true, more = true, save = true,
  show = true, time = true, trace = true, sandbox = true }

--- Adds an entry: { text =, is_value = whether it is an expression, failed =,
-- number = of its result, is_pager =, count = items shown of a pager,
-- is_secret = whether a secret is in the text }.
function transcript_methods:add(entry)
  self.entries[#self.entries + 1] = entry
end

--- Returns whether an entry begins with a command of the prompt, or is empty.
local function is_command(entry)
  for _, token in ipairs(lexer.read(entry.text)) do
    if token.kind ~= "comment" then
      return token.kind == "name" and commands[token.text] == true
    end
  end
  return true
end

--- Returns whether one of the entries from `from` on uses a name.
local function uses(entries, from, name)
  for i = from, #entries do
    for _, token in ipairs(lexer.read(entries[i].text)) do
      if token.kind == "name" and token.text == name then
        return true
      end
    end
  end
  return false
end

local function comment(text)
  return "-- " .. text:gsub("\n", "\n-- ")
end

--- Returns an expression as an assignment to the globals in which the prompt
-- kept its result, as far as later lines use them.
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
  if is_command(entry) then
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

--- Returns the script.
-- @param opening string: the line that makes its session
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
