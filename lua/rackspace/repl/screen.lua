--- screen.lua - shows values on a terminal, a screenful at a time
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")
local paint_of = require("rackspace.show.paint")
local paragraph = require("rackspace.show.paragraph")
local show = require("rackspace.show")
local value = require("rackspace.show.value")
local width = require("rackspace.show.width")

-- A screen has: write(text), size() -> columns and rows, hide(text), paint, and
-- rest = a function that shows what is left of the last value, if anything.
local screen_methods = {}
local screen_mt = { __index = screen_methods }

local DEFAULT_ROWS, DEFAULT_COLUMNS = 40, 80
local RESERVED_ROWS = 4 -- for a heading, a note and the prompt

--- Returns the columns, and the rows that a value may fill.
local function room(screen)
  local columns, rows = screen.size()
  return columns or DEFAULT_COLUMNS,
    math.max(5, (rows or DEFAULT_ROWS) - RESERVED_ROWS)
end

local function options_of(screen, more)
  local options = { width = (room(screen)), paint = screen.paint,
    hide = screen.hide }
  for name, option in pairs(more or {}) do
    options[name] = option
  end
  return options
end

--- Writes a line that is safe to print, with its colours.
function screen_methods:line(text)
  self.write(text .. "\n")
end

--- Writes a text, wrapped.
function screen_methods:text(text)
  text = width.plain_lines(text)
  for _, line in ipairs(paragraph.wrap(text, (room(self)))) do
    self:line(line)
  end
end

--- Returns a text with its long lines wrapped, on a terminal.
function screen_methods:fit(text)
  return paragraph.fit(text, (self.size()))
end

--- Writes a note about a value on one dimmed line, cut to the width.
function screen_methods:note(text)
  self:line(self.paint("dim", width.cut(width.plain(text),
    (room(self)))))
end

--- Writes lines from `first` (1) on, as many as fit.
function screen_methods:lines(lines, first)
  local _, rows = room(self)
  first = first or 1
  local last = #lines - first < rows + 2 and #lines or first + rows - 1
  for i = first, last do
    self:line(self.hide and self.hide(lines[i]) or lines[i])
  end
  self.rest = nil
  if last < #lines then
    self:note(("… %d lines more: more"):format(#lines - last))
    self.rest = function() self:lines(lines, last + 1) end
  end
end

--- Returns the note below a part of a list, or nil when it is complete.
local function list_note(list, last, source, total)
  local left = (total or #list) - last
  if last >= #list and not source then
    return nil
  elseif total or not source then
    return ("… %d of %d. more goes on"):format(last, last + left)
  end
  return ("… %d so far. more goes on"):format(last)
end

--- Shows the items of a list from `first` on.
-- @param source pager that has further items, or nil; they are added to `list`
local function show_list(screen, list, first, options, source)
  local _, rows = room(screen)
  if source then
    local more, _, err = source:totable(first + rows - 1 - #list)
    for _, item in ipairs(more or error(err, 0)) do
      list[#list + 1] = item
    end
    source = source:cursor() and source
  end
  local last = math.min(#list, first + rows - 1)
  last = not source and #list - last <= 2 and #list or last
  local lines, hidden, fields = show.lines(list, options_of(screen, options),
    first, last)
  for _, line in ipairs(lines) do
    screen:line(line)
  end
  local note = list_note(list, last, source, source and source.counted)
  if note then
    screen:note(note)
    screen.rest = function() -- in the same columns
      show_list(screen, list, last + 1,
        members.add(members.copy(options), { fields = fields }), source)
    end
  else
    screen.rest = nil
  end
  if first == 1 and hidden and hidden[1] and
      not (options and options.fields) then
    screen:note("also: " .. table.concat(hidden, ", "))
  end
end

--- Shows a value; of a list, as much as fits. Takes the options of show.lines.
function screen_methods:value(object, options)
  local layout = show.layout(object)
  self.rest = nil
  if layout == "table" or layout == "list" then
    show_list(self, object, 1, options)
  elseif layout == "record" then
    self:lines(show.lines(object, options_of(self, options)))
  elseif type(object) == "string" then
    for line in (object .. "\n"):gmatch("([^\n]*)\n") do
      self:line(width.plain(self.hide and self.hide(line) or line))
    end
  else
    self:line(value.is_data(object) and "{}" or
      value.text(nil, object, options_of(self)))
  end
end

--- Shows the first items of a pager, which it takes from a copy of the pager.
-- Returns the list of items, which grows with more().
function screen_methods:pager(pager, copy)
  local list = {}
  self.rest = nil
  show_list(self, list, 1, { type = pager.op.returns }, copy)
  if #list == 0 then
    self:note("there is none")
  end
  return list
end

--- Shows several values on one line.
-- @param count integer: how many there are, nils included
function screen_methods:values(values, count)
  local parts = {}
  for i = 1, count do
    parts[i] = type(values[i]) == "string" and width.plain(values[i]) or
      value.brief(values[i], { depth = 2, hide = self.hide })
  end
  self:line(table.concat(parts, "\t"))
end

--- Shows more of what was shown in part.
function screen_methods:more()
  if self.rest then
    self.rest()
  else
    self:note("there is no more")
  end
end

--- Returns a screen.
-- @param output table: write(text), size() -> columns and rows, has_colours,
-- hide(text) that returns it without secrets
local function new(output)
  return setmetatable({ write = output.write, size = output.size,
    paint = paint_of.new(output.has_colours), hide = output.hide }, screen_mt)
end

return { new = new }
