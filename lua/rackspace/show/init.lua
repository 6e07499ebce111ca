--- init.lua - values as people read them: tables, records, texts
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")
local names_of = require("rackspace.row.types").names
local record = require("rackspace.show.record")
local types = require("rackspace.show.types")
local value = require("rackspace.show.value")
local view_table = require("rackspace.show.table")
local width = require("rackspace.show.width")

local view = {}

--- The order of a nested record's fields, by the type that it has.
local function order_of(object)
  local fields = types.of(object)
  return fields and names_of(fields)
end

--- The options with what the type of a record says beside them.
function view.with_type(options, sample)
  local copy = members.copy(options)
  local fields = types.of(sample, copy.type)
  copy.order = copy.order or fields and names_of(fields)
  copy.chosen = copy.chosen or fields and fields.columns
  copy.order_of = order_of
  return copy
end

--- A list of other things than records: one to a line, by its number.
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

--- What a value is to its reader: "table" (a list of records), "list",
-- "record", or "text".
function view.form(object)
  if not value.is_data(object) or next(object) == nil then
    return "text"
  elseif not value.is_list(object) then
    return "record"
  end
  return view_table.is_table(object) and "table" or "list"
end

--- The lines of a value. Of a list, those of items `first` to `last` (all).
-- `options`: width (80), paint = paint.new(true), hide = function(text) ->
-- text without secrets, type = the name of the records' type, fields = the
-- columns to show. Returns the lines, and of a table the names of the fields
-- that had no room, and of those that had.
function view.lines(object, options, first, last)
  options = options or {}
  local form = view.form(object)
  if form == "record" then
    return record.lines(object, view.with_type(options, object))
  elseif form == "text" then
    local text = type(object) == "string" and options.hide and
      options.hide(object) or object
    return { value.is_data(object) and "{}" or
      value.text(nil, text, options) }
  end
  first, last = first or 1, math.min(last or #object, #object)
  if form == "table" then
    return view_table.lines(object, view.with_type(options, rawget(object, 1)),
      first, last)
  end
  return list_lines(object, options, first, last)
end

return view
