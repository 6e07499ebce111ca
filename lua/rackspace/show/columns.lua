--- columns.lua - which fields of a list's records a table shows, how wide
-- SPDX-License-Identifier: MIT
local value = require("rackspace.show.value")
local width = require("rackspace.show.width")

local columns = {}

local gap = 2
local least = 16 -- columns of a text that is cut
local looked_at = 50 -- records of a list

--- The names of a list's fields, those of `order` first.
function columns.names(list, order)
  local all = {}
  for i = 1, math.min(#list, looked_at) do
    local item = rawget(list, i)
    for key in next, type(item) == "table" and item or {} do
      all[key] = true
    end
  end
  return value.keys(all, order)
end

-- What is worth a column when the row says nothing: what it is called by
-- first, then its name and how it stands, then the other short things.
local merits = {
  { "^id$", "Id$", "Number$", "^number$", "^key$", "^rcn$", "^uuid$" },
  { "[nN]ame$", "^subject$", "^title$", "^value$" },
  { "[sS]tatus$", "^type$", "[sS]everity$", "[kK]ind$" },
  { "^field$", "^previous", "^new", "[tT]ype$" },
  { "^email", "[dD]ate$", "At$", "^created", "^updated" },
}

local function merit(name)
  for rank, patterns in ipairs(merits) do
    for _, pattern in ipairs(patterns) do
      if type(name) == "string" and name:find(pattern) then
        return rank
      end
    end
  end
  return #merits + 1
end

--- Whether a field says in all records the same nothing, or what no cell can.
local function is_poor(list, name)
  for i = 1, math.min(#list, looked_at) do
    local cell = value.cell(name, rawget(rawget(list, i), name))
    if cell ~= "" and not cell:find("^{…}$") and not cell:find("^%(%d+%)$") then
      return false
    end
  end
  return true
end

--- The names in the order in which they are worth a column.
function columns.choose(list, options)
  local chosen, rank = {}, {}
  for i, name in ipairs(options.chosen or {}) do
    rank[name] = i - 1000
  end
  for i, name in ipairs(columns.names(list, options.order)) do
    rank[name] = rank[name] or merit(name) * 100 + i / 100
    if rank[name] < 0 or not is_poor(list, name) then
      chosen[#chosen + 1] = name
    end
  end
  table.sort(chosen, function(a, b) return rank[a] < rank[b] end)
  return chosen
end

--- A column: its name, its cells' texts, how wide they are.
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
    math.max(least, width.of(column.title)))
  return column
end

--- Puts the cells of other rows into columns, which stay as wide as they are.
function columns.fill(shown, list, first, last, options)
  for _, column in ipairs(shown) do
    column.cells = {}
    for i = first, last do
      column.cells[i] = value.cell(column.name,
        rawget(rawget(list, i), column.name), options)
    end
  end
end

--- Takes what is too much from the widest columns.
local function shrink(shown, room)
  local total = -gap
  for _, column in ipairs(shown) do
    total = total + column.width + gap
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

--- Whether there is room for one more column. One that was wished for may be
-- cut; no other is taken, and no other takes what one of those could use.
local function has_room(shown, column, room, is_wished)
  local used = is_wished and column.floor or column.natural
  for _, other in ipairs(shown) do
    used = used + gap + (is_wished and other.floor or other.natural)
  end
  return used <= room or #shown == 0
end

local function names_hidden(list, shown, options)
  local hidden, is_shown = {}, {}
  for _, column in ipairs(shown) do
    is_shown[column.name] = true
  end
  for _, name in ipairs(columns.names(list, options.order)) do
    hidden[#hidden + 1] = not is_shown[name] and tostring(name) or nil
  end
  return hidden
end

--- The columns that fit, in their order, and the names of those that don't.
-- `options`: width, fields = names to show and no other, chosen = names that
-- come first, order = the names' order.
function columns.fit(list, first, last, options)
  local shown, room = {}, options.width or 80
  local wishes = #(options.chosen or {})
  for i, name in ipairs(options.fields or columns.choose(list, options)) do
    local column = measure(list, name, first, last, options)
    if has_room(shown, column, room, options.fields or i <= wishes) then
      shown[#shown + 1] = column
    end
  end
  shrink(shown, room)
  return shown, names_hidden(list, shown, options)
end

return columns
