--- input.lua - lines from a person, with what helps them to type
-- SPDX-License-Identifier: MIT
local complete = require("rackspace.repl.complete")
local help = require("rackspace.manual.help")
local lexer = require("rackspace.repl.lexer")
local lookup = require("rackspace.manual.lookup")
local place_of = require("rackspace.repl.place")
local reference = require("rackspace.manual.reference")
local sessions = require("rackspace.manual.sessions")
local width = require("rackspace.show.width")

local input_methods = {}
local input_mt = { __index = input_methods }

local most_listed = 60

--- What texts begin with in common.
local function common(list)
  local prefix = list[1]
  for _, text in ipairs(list) do
    while text:sub(1, #prefix) ~= prefix do
      prefix = prefix:sub(1, -2)
    end
  end
  return prefix:gsub("[\192-\255][\128-\191]*$", "")
end

--- Texts in columns, down and then across.
local function in_columns(list, columns)
  local widest, lines = 1, {}
  for i = 1, math.min(#list, most_listed) do
    widest = math.max(widest, width.of(list[i]))
  end
  local count = math.min(#list, most_listed)
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

--- What was typed before in the same entry counts too.
local function whole(self, text)
  return self.before .. text, #self.before
end

--- The line where candidates are listed; for parameters without their " = ".
local function listed(list)
  local texts = {}
  for i, text in ipairs(list) do
    texts[i] = width.plain((text:gsub(" = $", "")))
  end
  return texts
end

--- After TAB: goes on as far as it is clear, or lists what there is.
local function complete_line(self, text, cursor)
  local all, offset = whole(self, text)
  local list, from = complete(all, offset + cursor, self.environment)
  local typed = all:sub(from, offset + cursor)
  if #list == 0 then
    return
  end
  local wanted = common(list)
  if #wanted > #typed then
    self.line:edit(0, wanted:sub(#typed + 1))
  elseif #list > 1 then
    self.line:show(in_columns(listed(list), (self.screen.size()) or 80))
  end
end

--- After an opening bracket: how the call goes on.
local function show_signature(self, text, cursor)
  local all, offset = whole(self, text)
  local typed = all:sub(1, offset + cursor)
  local call = place_of(lexer.read(typed), #typed).call
  local session = sessions.find(self.environment.globals)
  local op = call and sessions.check(rawget(self.environment.globals,
    call.path[1])) and lookup.operation(session, call.path)
  if op then
    self.line:show(self.screen.paint("dim", width.cut(reference.signature(op),
      (self.screen.size()) or 80)))
  end
end

--- Reads a line; nil and "end" or "interrupt" when there is none. `before` is
-- what was typed of the same entry.
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

function input_methods:remember(text)
  if not text:find("%z") then
    self.line:remember(text)
  end
end

--- Input from a line (rackspace.line). `environment` is that of complete.lua.
local function new(line, host, environment, screen)
  environment.topics = help.topics()
  environment.files = host.files
  return setmetatable({ line = line, environment = environment,
    screen = screen, before = "", is_edited = line:is_edited() }, input_mt)
end

return { new = new }
