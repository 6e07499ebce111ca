--- input.lua - reads lines from the terminal, with completion and hints
-- SPDX-License-Identifier: MIT
local complete = require("rackspace.repl.complete")
local context_of = require("rackspace.repl.context")
local core = require("rackspace.core")
local help = require("rackspace.manual.help")
local lexer = require("rackspace.scripts.lexer")
local lookup = require("rackspace.manual.lookup")
local reference = require("rackspace.manual.reference")
local sessions = require("rackspace.manual.sessions")
local width = require("rackspace.show.width")

local input_methods = {}
local input_mt = { __index = input_methods }

local MAX_LISTED = 60 -- candidates

--- Returns the longest common prefix of texts that ends within no character and
-- no escape.
local function common(list)
  local prefix = list[1]
  for _, text in ipairs(list) do
    while text:sub(1, #prefix) ~= prefix do
      prefix = prefix:sub(1, -2)
    end
  end
  prefix = core.cut(list[1], #prefix)
  local slashes = #prefix:match("\\*$")
  return slashes % 2 == 0 and prefix or prefix:sub(1, -2)
end

--- Lays out texts in columns, from top to bottom and then from left to right.
local function in_columns(list, columns)
  local widest, lines = 1, {}
  for i = 1, math.min(#list, MAX_LISTED) do
    widest = math.max(widest, width.of(list[i]))
  end
  local count = math.min(#list, MAX_LISTED)
  local across = math.max(1, math.floor((columns + 2) / (widest + 2)))
  local down = math.ceil(count / across)
  for row = 1, down do
    local cells = {}
    for i = row, count, down do
      cells[#cells + 1] = width.pad(width.cut(list[i], columns), widest)
    end
    lines[row] = table.concat(cells, "  "):gsub(" +$", "")
  end
  if #list > count then
    lines[#lines + 1] = ("… and %d more"):format(#list - count)
  end
  return table.concat(lines, "\r\n")
end

--- Returns the entry so far, and how many bytes of it are before the line.
local function entry_of(input, text)
  return input.before .. text, #input.before
end

--- Returns candidates as they are listed: a parameter without its " = ".
local function listed(list)
  local texts = {}
  for i, text in ipairs(list) do
    texts[i] = width.plain((text:gsub(" = $", "")))
  end
  return texts
end

--- Completes as far as all candidates agree, or lists them.
local function complete_line(input, text, cursor)
  local entry, offset = entry_of(input, text)
  local list, from = complete(entry, offset + cursor, input.environment)
  local typed = entry:sub(from, offset + cursor)
  if #list == 0 then
    return
  end
  local wanted = common(list)
  if #wanted > #typed then
    input.line:edit(0, wanted:sub(#typed + 1))
  elseif #list > 1 then
    input.line:show(in_columns(listed(list), (input.screen.size()) or 80))
  end
end

--- Shows the signature of the call whose bracket was just typed.
local function show_signature(input, text, cursor)
  local entry, offset = entry_of(input, text)
  local typed = entry:sub(1, offset + cursor)
  local call = context_of(lexer.read(typed), #typed).call
  local globals = input.environment.globals
  local op = call and sessions.check(rawget(globals, call.path[1])) and
    lookup.operation(sessions.find(globals), call.path)
  if op then
    input.line:show(input.screen.paint("dim",
      width.cut(reference.signature(op), (input.screen.size()) or 80)))
  end
end

--- Reads a line.
-- @param prompt string
-- @param before string: the lines of the same entry before it, or nil
-- @return the line; or nil and "end" or "interrupt"
function input_methods:read(prompt, before)
  self.before = before and before .. "\n" or ""
  io.stdout:flush()
  while true do
    local event, text, cursor = self.line:read(prompt)
    if event == "complete" then
      complete_line(self, text, cursor)
    elseif event == "hint" then
      show_signature(self, text, cursor)
    elseif event == "line" then
      return text
    else
      return nil, event
    end
  end
end

--- Asks a question in the line editor. Returns the answer, or nil for none.
function input_methods:ask(question)
  io.stdout:flush()
  local event, text
  repeat
    event, text = self.line:read(question)
  until event ~= "complete" and event ~= "hint"
  return event == "line" and text or nil
end

--- Adds an entry to the line editor's history.
function input_methods:remember(text)
  if not text:find("%z") then
    self.line:remember(text)
  end
end

--- Returns an input.
-- @param line of rackspace.line
-- @param host table: files = function(folder) that returns names
-- @param environment table: globals and ids, see complete.lua
-- @param screen of screen.lua
local function new(line, host, environment, screen)
  environment.topics = help.topics()
  environment.files = host.files
  return setmetatable({ line = line, environment = environment,
    screen = screen, before = "", is_edited = line:is_edited() }, input_mt)
end

return { new = new }
