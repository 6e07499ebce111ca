--- sheet.lua - writes results for people: a table page by page, or a record
-- SPDX-License-Identifier: MIT
local picture = require("rackspace.picture")
local show = require("rackspace.show")
local show_table = require("rackspace.show.table")

local writer_methods = {}
local writer_mt = { __index = writer_methods }

local function options_of(sheet)
  return { width = sheet.width, paint = sheet.paint, hide = sheet.hide,
    fields = sheet.fields, type = sheet.type }
end

local function write_lines(sheet, lines)
  for _, line in ipairs(lines) do
    sheet.write(line .. "\n")
  end
end

--- Returns the lines of a list's picture, or nil: only on a terminal, for an
-- operation that has one, and without requested columns.
local function drawn_lines(sheet, list)
  local pictured = sheet.is_terminal and not sheet.fields and
    picture.of(sheet.operation)
  return pictured and pictured.lines(list, { account = sheet.subject,
    width = sheet.width, paint = sheet.paint })
end

--- Writes a page of a list. The columns are fitted to the first page; wider
-- cells of later ones are cut.
function writer_methods:page(list)
  local options = options_of(self.sheet)
  local lines = #list > 0 and drawn_lines(self.sheet, list)
  if #list == 0 then
    return
  elseif lines then
    write_lines(self.sheet, lines)
  elseif self.columns then
    write_lines(self.sheet, show_table.rows(self.columns, list, options))
  elseif show.layout(list) == "table" then
    options = show.with_type(options, list[1])
    self.columns, self.hidden = show_table.columns(list, options)
    write_lines(self.sheet, { show_table.heading(self.columns, options) })
    write_lines(self.sheet, show_table.rows(self.columns, list, options))
  else
    write_lines(self.sheet, (show.lines(list, options)))
  end
  self.has_items = true
end

function writer_methods:value(value)
  self.has_items = true
  local lines = show.lines(value, options_of(self.sheet))
  write_lines(self.sheet, lines)
end

function writer_methods:finish()
  if not self.has_items then
    self.sheet.note("there is none")
  elseif self.hidden and self.hidden[1] and not self.sheet.fields then
    self.sheet.note("also: " .. table.concat(self.hidden, ", ") ..
      " (--fields=NAMES, --output=ndjson)")
  end
end

local function new(sheet)
  return setmetatable({ sheet = sheet }, writer_mt)
end

return { new = new }
