--- columns.lua - chooses a table's columns from its records, and their widths
-- SPDX-License-Identifier: MIT
local value = require("rackspace.show.value")
local width = require("rackspace.show.width")

local columns = {}

local GAP = 2 -- between two columns
local MIN_WIDTH = 16 -- of a column whose texts are cut
local SAMPLE = 50 -- records that are examined

--- Returns the names of the fields of a list's records.
-- @param list list of records
-- @param order list of the names that come first, or nil
function columns.names(list, order)
  local all = {}
  for i = 1, math.min(#list, SAMPLE) do
    local item = rawget(list, i)
    for key in next, type(item) == "table" and item or {} do
      all[key] = true
    end
  end
  return value.keys(all, order)
end

-- The names that deserve a column when the record's type names none: ids first,
-- then names and statuses, then other short values. Each rank is a list of
-- patterns.
local ranks = {
  { "^id$", "Id$", "Number$", "^number$", "^key$", "^rcn$", "^uuid$" },
  { "[nN]ame$", "^subject$", "^title$", "^value$" },
  { "[sS]tatus$", "^type$", "[sS]everity$", "[kK]ind$" },
  { "^field$", "^previous", "^new", "[tT]ype$" },
  { "^email", "[dD]ate$", "At$", "^created", "^updated" },
}

local function rank_of(name)
  for rank, patterns in ipairs(ranks) do
    for _, pattern in ipairs(patterns) do
      if type(name) == "string" and name:find(pattern) then
        return rank
      end
    end
  end
  return #ranks + 1
end

--- Returns whether a field is empty in all records, or holds only values that
-- no cell can show.
local function is_poor(list, name)
  for i = 1, math.min(#list, SAMPLE) do
    local cell = value.cell(name, rawget(rawget(list, i), name))
    if cell ~= "" and not cell:find("^{…}$") and not cell:find("^%(%d+%)$") then
      return false
    end
  end
  return true
end

--- Returns the names of fields, the most important first, without poor ones.
-- @param options table: chosen = names that come first, order = a list of names
function columns.choose(list, options)
  local chosen, rank = {}, {}
  for i, name in ipairs(options.chosen or {}) do
    rank[name] = i - 1000
  end
  for i, name in ipairs(columns.names(list, options.order)) do
    rank[name] = rank[name] or rank_of(name) * 100 + i / 100
    if rank[name] < 0 or not is_poor(list, name) then
      chosen[#chosen + 1] = name
    end
  end
  table.sort(chosen, function(a, b) return rank[a] < rank[b] end)
  return chosen
end

--- Returns a column: { name =, title =, cells = { [row] = text }, is_number =,
-- natural = the width of its widest text, floor = the least width it may be
-- cut to, width = its width in the table }.
local function measure(list, name, first, last, options)
  local column = { name = name, title = width.plain(tostring(name)), cells = {},
    is_number = true }
  column.natural = width.of(column.title)
  for i = first, last do
    local object = rawget(rawget(list, i), name)
    local cell = value.cell(name, object, options)
    column.cells[i] = cell
    column.natural = math.max(column.natural, width.of(cell))
    column.is_number = column.is_number and
      (object == nil or type(object) == "number")
  end
  column.width = column.natural
  column.floor = math.min(column.natural,
    math.max(MIN_WIDTH, width.of(column.title)))
  return column
end

--- Replaces the cells of columns by those of other rows; keeps the widths.
function columns.fill(shown, list, first, last, options)
  for _, column in ipairs(shown) do
    column.cells = {}
    for i = first, last do
      column.cells[i] = value.cell(column.name,
        rawget(rawget(list, i), column.name), options)
    end
  end
end

--- Narrows the widest columns until all fit.
local function shrink(shown, room)
  local total = -GAP
  for _, column in ipairs(shown) do
    total = total + column.width + GAP
  end
  while total > room do
    local widest
    for _, column in ipairs(shown) do
      if column.width > column.floor and
          (not widest or column.width > widest.width) then
        widest = column
      end
    end
    if not widest then
      return
    end
    widest.width, total = widest.width - 1, total - 1
  end
end

--- Returns whether there is room for one more column. A column that was asked
-- for may be cut to its floor; any other needs its natural width, beside the
-- natural widths of those before it.
local function has_room(shown, column, room, is_requested)
  local used = is_requested and column.floor or column.natural
  for _, other in ipairs(shown) do
    used = used + GAP + (is_requested and other.floor or other.natural)
  end
  return used <= room or #shown == 0
end

local function names_hidden(list, shown, options)
  local hidden, is_shown = {}, {}
  for _, column in ipairs(shown) do
    is_shown[column.name] = true
  end
  for _, name in ipairs(columns.names(list, options.order)) do
    hidden[#hidden + 1] = not is_shown[name] and
      width.plain(tostring(name)) or nil
  end
  return hidden
end

--- Chooses the columns for rows `first` to `last` of a list.
-- @param options table: width (80), fields = the only names to show, chosen =
-- names that come first, order = a list of names, hide = see value.lua
-- @return a list of columns, and a list of the names that have no room
function columns.fit(list, first, last, options)
  local shown, room = {}, options.width or 80
  local requested = #(options.chosen or {})
  for i, name in ipairs(options.fields or columns.choose(list, options)) do
    local column = measure(list, name, first, last, options)
    if has_room(shown, column, room, options.fields or i <= requested) then
      shown[#shown + 1] = column
    end
  end
  shrink(shown, room)
  return shown, names_hidden(list, shown, options)
end

return columns
