--- init.lua - shows values to people: as tables, lists, records or texts
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")
local names_of = require("rackspace.row.types").names
local record = require("rackspace.show.record")
local record_types = require("rackspace.show.record_types")
local value = require("rackspace.show.value")
local show_table = require("rackspace.show.table")
local width = require("rackspace.show.width")

local show = {}

--- Returns the field names of a nested record's type.
local function order_of(object)
  local fields = record_types.of(object)
  return fields and names_of(fields)
end

--- Returns a copy of options that has also the order of the fields and the
-- columns that the type of a record defines.
function show.with_type(options, sample)
  local copy = members.copy(options)
  local fields = record_types.of(sample, copy.type)
  copy.order = copy.order or fields and names_of(fields)
  copy.chosen = copy.chosen or fields and fields.columns
  copy.order_of = order_of
  return copy
end

--- Returns the lines of a list of other values than records, numbered.
local function list_lines(list, options, first, last)
  local lines = {}
  local columns = #tostring(last)
  for i = first, last do
    local number = width.pad(tostring(i), columns, true)
    local text = value.brief(rawget(list, i), options)
    lines[#lines + 1] = (options.paint and options.paint("dim", number) or
      number) .. "  " .. width.cut(text, math.max(20,
        (options.width or 80) - columns - 2))
  end
  return lines
end

--- Returns how a value is laid out: "table" (a list of records), "list",
-- "record" or "text".
function show.layout(object)
  if not value.is_data(object) or next(object) == nil then
    return "text"
  elseif not value.is_list(object) then
    return "record"
  end
  return show_table.is_table(object) and "table" or "list"
end

--- Returns the lines that show a value.
-- @param options table: width (80), paint = a function of paint.new, hide =
-- function(text) that returns it without secrets, type = the name of the
-- records' type, fields = the columns to show
-- @param first integer, @param last integer: the items of a list (all)
-- @return a list of lines; of a table also the names of the fields that have
-- no room, and the names of those that are shown
function show.lines(object, options, first, last)
  options = options or {}
  local layout = show.layout(object)
  if layout == "record" then
    return record.lines(object, show.with_type(options, object))
  elseif layout == "text" then
    local text = type(object) == "string" and options.hide and
      options.hide(object) or object
    return { value.is_data(object) and "{}" or
      value.text(nil, text, options) }
  end
  first, last = first or 1, math.min(last or #object, #object)
  if layout == "table" then
    return show_table.lines(object, show.with_type(options, rawget(object, 1)),
      first, last)
  end
  return list_lines(object, options, first, last)
end

return show
