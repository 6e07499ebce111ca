--- transcript.lua - writes what was typed at the prompt as a script
-- SPDX-License-Identifier: MIT
local lexer = require("rackspace.scripts.lexer")
local services = require("rackspace.services")
local statements = require("rackspace.scripts.statements")

local transcript_methods = {}
local transcript_mt = { __index = transcript_methods }

-- The commands that exist only at the prompt.
local commands = { again = true, help = true, more = true, save = true,
  show = true, time = true, trace = true, sandbox = true }

--- Adds an entry: { text =, is_value = whether it is an expression, failed =,
-- has_failed = whether a call of it failed, number = of its result, is_pager =,
-- count = items shown of a pager, is_secret = whether a secret is in it }.
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

--- Whether an expression is one call that begins with a session's operation, as
-- in rs.accounts:get(id) and rs.accounts:list():totable().
local function is_operation(text)
  local service = text:match("^[%a_][%w_]*%.([%a_][%w_]*)%s*:")
  local read = (service and services.has(service) or
    text:find("^rackspace%.new%f[^%w_]")) and statements.read(text)
  for _, call in ipairs(read and read.calls or {}) do
    if call.from == 1 and call.to == #text then
      return true
    end
  end
  return false
end

--- Returns an expression so that the script ends where it gives no value.
local function asserted(text)
  return is_operation(text) and ("assert(%s)"):format(text) or text
end

--- Returns the two parts of a line that assigns one value: "a = " and the
-- expression; or nil.
local function assignment_of(text)
  local name, value = text:match("^(%s*[%a_][%w_.]*%s*=%s*)([^=%s].-)%s*$")
  if not name then
    name, value = text:match("^(%s*local%s+[%a_][%w_]*%s*=%s*)([^=%s].-)%s*$")
  end
  return name, value
end

--- Whether a line is one call that failed, so that the script would end there.
local function is_failed_call(entry)
  local _, value = assignment_of(entry.text)
  return entry.has_failed and
    is_operation(value or entry.text:match("^%s*(.-)%s*$"))
end

--- Returns a line of statements, with a call that it assigns asserted.
local function statement_line(text)
  local name, value = assignment_of(text)
  return name and name .. asserted(value) or text
end

--- Returns an expression as an assignment to the globals in which the prompt
-- kept its result, as far as later lines use them.
local function value_line(entry, entries, i)
  local text = entry.text:match("^%s*(.-)%s*$")
  if entry.is_pager then
    text = ("assert((%s):totable(%d))"):format(text, entry.count)
  else
    text = asserted(text)
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
  elseif entry.failed or is_failed_call(entry) then
    return comment("failed: " .. entry.text)
  elseif entry.is_value then
    return value_line(entry, entries, i)
  end
  return statement_line(entry.text)
end

--- Returns the script.
-- @param opening string: the lines that make its session
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
