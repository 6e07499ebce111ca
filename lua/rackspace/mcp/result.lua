--- result.lua - what a call gave, as a text of a bounded size
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.base.json")

local result = {}

-- A model reads all of it, so that it is bounded: the items of a list, and the
-- bytes of a result.
local MOST_ITEMS, USUAL_ITEMS, MOST_BYTES = 200, 50, 60000

-- The first bounds of lists and texts inside a result. They are halved until it
-- fits.
local FIRST_ITEMS, FIRST_BYTES, LEAST_BYTES = 1024, 16384, 64

local MOST_DEPTH = 32

--- Returns the field by which a caller bounds a list, or nil.
function result.count_field(op)
  return op.is_list and { name = "max_items", type = "integer", min = 1,
    max = MOST_ITEMS, doc = ("The most items to give; %d by default."):format(
      USUAL_ITEMS) } or nil
end

local copy

local function copy_list(list, bounds, depth)
  local items = json.array{}
  for i = 1, math.min(#list, bounds.items) do
    items[i] = copy(list[i], bounds, depth)
  end
  if #list > bounds.items then
    bounds.is_cut = true
    items[#items + 1] = ("... %d of %d items"):format(bounds.items, #list)
  end
  return items
end

--- Returns a copy of a value without secrets and functions, its lists and texts
-- cut to the bounds.
function copy(value, bounds, depth)
  local kind = type(value)
  if kind == "string" and #value > bounds.bytes then
    bounds.is_cut = true
    return core.cut(value, bounds.bytes) ..
      ("... (%d bytes in all)"):format(#value)
  elseif kind == "userdata" then
    return "<secret>"
  elseif kind == "function" or kind == "thread" then
    return nil
  elseif kind == "table" and depth > MOST_DEPTH then
    bounds.is_cut = true
    return "..."
  elseif kind ~= "table" then
    return value
  elseif json.is_array(value) or #value > 0 then
    return copy_list(value, bounds, depth + 1)
  end
  local members = {}
  for key, inner in pairs(value) do
    members[tostring(key)] = copy(inner, bounds, depth + 1)
  end
  return members
end

--- Returns a value as JSON of `most` bytes at most, and whether something was
-- left out.
local function bounded(value, most)
  local items, bytes = FIRST_ITEMS, FIRST_BYTES
  repeat
    local bounds = { items = items, bytes = bytes, is_cut = false }
    local text = json.plain(copy(value, bounds, 1))
    if #text <= most then
      return text, bounds.is_cut
    end
    items, bytes = math.max(1, math.floor(items / 2)), math.floor(bytes / 2)
  until bytes < LEAST_BYTES
  return '"(too large to show)"', true
end

--- Returns the items of an iterator until the bounds are reached, each as JSON,
-- and whether something of them was left out.
local function collect(next_item, most)
  local texts, bytes, was_cut = {}, 0, false
  while #texts < most and bytes < MOST_BYTES do
    local item = next_item()
    if item == nil then
      break
    end
    local text, is_cut = bounded(item, MOST_BYTES / 2)
    texts[#texts + 1], bytes = text, bytes + #text
    was_cut = was_cut or is_cut
  end
  return texts, was_cut
end

--- Returns an object of items and further members as JSON.
local function envelope(texts, members)
  local rest = json.plain(members)
  return ('{"items":[%s]%s%s'):format(table.concat(texts, ","),
    rest == "{}" and "" or ",", rest:sub(2))
end

local function of_pager(pager, most)
  local texts, is_cut = collect(function() return pager() end, most)
  return envelope(texts, { next_cursor = pager:cursor(),
    total = pager:total() }), is_cut
end

local function of_list(list, most)
  local at = 0
  local texts, is_cut = collect(function()
    at = at + 1
    return list[at]
  end, most)
  local left = #list - #texts
  return envelope(texts, { left_out = left > 0 and left or nil }), is_cut
end

--- Returns the text of a call's result, and whether something of it was left
-- out. Raises an error value when a page can't be read. May yield.
-- @param op the operation
-- @param value what its method gave
-- @param most number: the items to give, or nil
function result.text(op, value, most)
  most = most or USUAL_ITEMS
  if value == nil then
    return '{"done":true}', false
  elseif op.pages then
    return of_pager(value, most)
  elseif op.is_list then
    return of_list(value, most)
  end
  return bounded(value, MOST_BYTES)
end

return result
