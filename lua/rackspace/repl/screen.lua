--- screen.lua - values on a terminal, as much at a time as it holds
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")
local paint_of = require("rackspace.show.paint")
local paragraph = require("rackspace.show.paragraph")
local show = require("rackspace.show")
local value = require("rackspace.show.value")
local width = require("rackspace.show.width")

local screen_methods = {}
local screen_mt = { __index = screen_methods }

local default_rows, default_columns = 40, 80
local spare = 4 -- rows for a heading, what is below, and the prompt

--- Columns, and rows that a value may fill.
local function room(self)
  local columns, rows = self.size()
  return columns or default_columns,
    math.max(5, (rows or default_rows) - spare)
end

local function options_of(self, more)
  local options = { width = (room(self)), paint = self.paint, hide = self.hide }
  for name, option in pairs(more or {}) do
    options[name] = option
  end
  return options
end

function screen_methods:line(text)
  self.write(text .. "\n")
end

--- A text, broken between its words.
function screen_methods:text(text)
  for _, line in ipairs(paragraph.wrap(text, (room(self)))) do
    self:line(line)
  end
end

--- A text whose long lines are broken between words, on a terminal.
function screen_methods:fit(text)
  return paragraph.fit(text, (self.size()))
end

--- A line below a value, not of it; cut where it is too long.
function screen_methods:note(text)
  self:line(self.paint("dim", width.cut(text, (room(self)))))
end

--- Lines, page by page.
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

--- What is below a part of a list.
local function list_note(list, last, source, total)
  local left = (total or #list) - last
  if last >= #list and not source then
    return nil
  elseif total or not source then
    return ("… %d of %d. more goes on"):format(last, last + left)
  end
  return ("… %d so far. more goes on"):format(last)
end

--- Items of a list from `first` on. `source` is a pager that has more of them.
local function show_list(self, list, first, options, source)
  local _, rows = room(self)
  if source then
    local more, _, err = source:totable(first + rows - 1 - #list)
    for _, item in ipairs(more or error(err, 0)) do
      list[#list + 1] = item
    end
    source = source:cursor() and source
  end
  local last = math.min(#list, first + rows - 1)
  last = not source and #list - last <= 2 and #list or last
  local lines, hidden, fields = show.lines(list, options_of(self, options),
    first, last)
  for _, line in ipairs(lines) do
    self:line(line)
  end
  local note = list_note(list, last, source, source and source.counted)
  if note then
    self:note(note)
    self.rest = function() -- in the columns that it began with
      show_list(self, list, last + 1,
        members.add(members.copy(options), { fields = fields }), source)
    end
  else
    self.rest = nil
  end
  if first == 1 and hidden and hidden[1] and
      not (options and options.fields) then
    self:note("also: " .. table.concat(hidden, ", "))
  end
end

--- Shows a value; a list in parts. `options` are those of show.lines.
function screen_methods:value(object, options)
  local form = show.layout(object)
  self.rest = nil
  if form == "table" or form == "list" then
    show_list(self, object, 1, options)
  elseif form == "record" then
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

--- Shows the first items of a pager, by one that is its copy. Returns the list
-- that is shown, which grows with more().
function screen_methods:pager(pager, copy)
  local list = {}
  self.rest = nil
  show_list(self, list, 1, { type = pager.op.returns }, copy)
  if #list == 0 then
    self:note("there is none")
  end
  return list
end

--- Several values in one line.
function screen_methods:values(values, count)
  local parts = {}
  for i = 1, count do
    parts[i] = type(values[i]) == "string" and width.plain(values[i]) or
      value.brief(values[i], { depth = 2, hide = self.hide })
  end
  self:line(table.concat(parts, "\t"))
end

--- Goes on with what was shown in part.
function screen_methods:more()
  if self.rest then
    self.rest()
  else
    self:note("there is no more")
  end
end

--- `output`: write(text), size() -> columns and rows, has_colours, hide(text).
local function new(output)
  return setmetatable({ write = output.write, size = output.size,
    paint = paint_of.new(output.has_colours), hide = output.hide }, screen_mt)
end

return { new = new }
