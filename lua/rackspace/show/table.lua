--- table.lua - shows a list of records as a table
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local columns_of = require("rackspace.show.columns")
local paint_of = require("rackspace.show.paint")
local secret = require("rackspace.show.secret")
local types = require("rackspace.row.types")
local value = require("rackspace.show.value")
local width = require("rackspace.show.width")

local show_table = {}

local gap = "  "

--- Returns whether every item of a list is a record: a table of named fields.
function show_table.is_table(list)
  if type(list) ~= "table" or rawget(list, 1) == nil then
    return false
  end
  for i = 1, #list do
    local item = rawget(list, i)
    if not value.is_data(item) or next(item) == nil or
        rawget(item, 1) ~= nil then
      return false
    end
  end
  return true
end

-- The styles of the values of statuses.
local styles = { active = "good", online = "good", solved = "good",
  delinquent = "bad", suspended = "bad", offline = "bad",
  terminated = "bad", emergency = "bad", urgent = "bad" }

local function style_of(column, cell)
  if cell == secret.mask then
    return "secret"
  end
  return styles[ascii.lower(cell)] or column.is_number and "number" or nil
end

local function padded(column, text, is_last)
  text = width.cut(text, column.width)
  if is_last and not column.is_number then
    return text
  end
  return width.pad(text, column.width, column.is_number)
end

local function line_of(columns, cell_of)
  local parts = {}
  for i, column in ipairs(columns) do
    parts[i] = cell_of(column, i == #columns)
  end
  return (table.concat(parts, gap):gsub(" +$", ""))
end

--- Returns the line above a table's rows.
function show_table.heading(columns, options)
  local paint = options.paint or paint_of.plain
  return line_of(columns, function(column, is_last)
    return paint("heading", padded(column, column.title, is_last))
  end)
end

local function row(columns, i, paint)
  return line_of(columns, function(column, is_last)
    local cell = column.cells[i]
    local text = padded(column, cell, is_last)
    local style = style_of(column, cell)
    return style and paint(style, text) or text
  end)
end

--- Returns the columns for rows `first` to `last` of a list (all by default),
-- and the names of the fields that have no room. Further rows can be shown in
-- the same columns.
-- @param options table: width (80), hide, fields, chosen, order: see
-- columns.fit
function show_table.columns(list, options, first, last)
  return columns_of.fit(list, first or 1, math.min(last or #list, #list),
    options)
end

--- Returns the lines of a list's rows in given columns.
function show_table.rows(columns, list, options, first, last)
  first, last = first or 1, math.min(last or #list, #list)
  local paint, lines = options.paint or paint_of.plain, {}
  columns_of.fill(columns, list, first, last, options)
  for i = first, last do
    lines[#lines + 1] = row(columns, i, paint)
  end
  return lines
end

--- Returns the lines of a table: a heading and rows `first` to `last` of a
-- list.
-- @param options table: those of show_table.columns, and paint
-- @return a list of lines, the names of the fields that have no room, and the
-- names of those that are shown
function show_table.lines(list, options, first, last)
  options = options or {}
  local columns, hidden = show_table.columns(list, options, first, last)
  local lines = show_table.rows(columns, list, options, first, last)
  table.insert(lines, 1, show_table.heading(columns, options))
  return lines, hidden, types.names(columns)
end

return show_table
