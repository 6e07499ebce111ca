--- tally.lua - counts values, up to a bounded number of distinct ones
-- SPDX-License-Identifier: MIT
local markup = require("rackspace.picture.markup")
local width = require("rackspace.show.width")

local tally_methods = {}
local tally_mt = { __index = tally_methods }

-- Bounds what is kept in memory: distinct values, and columns of each.
local MOST, WIDEST = 1000, 120

local others = "(others)"

--- Counts a value. Returns the label under which it is counted.
function tally_methods:add(value, count)
  local key = value ~= nil and value ~= "" and
    width.cut(markup.clean(value), WIDEST) or self.none
  if not self.counts[key] then
    if self.distinct >= MOST then
      key = others
    else
      self.distinct = self.distinct + 1
    end
  end
  self.counts[key] = (self.counts[key] or 0) + (count or 1)
  self.total = self.total + (count or 1)
  return key
end

--- Returns a list of { label =, count = }, the most frequent first.
function tally_methods:items()
  local items = {}
  for label, count in pairs(self.counts) do
    items[#items + 1] = { label = label, count = count }
  end
  table.sort(items, function(one, other)
    if one.count ~= other.count then
      return one.count > other.count
    end
    return one.label < other.label
  end)
  return items
end

--- Returns a tally.
-- @param none string: the label of a missing value ("(none)")
local function new(none)
  return setmetatable({ counts = {}, distinct = 0, total = 0,
    none = none or "(none)" }, tally_mt)
end

return { new = new }
