--- doubles.lua - items of a page that the page before had
-- SPDX-License-Identifier: MIT
local links = require("rackspace.many.links")

--- Returns the set of the indices of a page's items that are left out: those
-- that the last page with items had and, on the first page, those before the
-- cursor that the list was started with.
local function indices_to_drop(pager, items)
  local found = {}
  if pager.op.key and #items > 0 then
    found, pager.last_records = links.find_doubles(items, pager.op.key,
      pager.last_records)
  end
  local drop = links.set(found)
  if pager.page then
    pager.base = 0
    return drop
  end
  for index = 1, math.min(pager.base, #items) do
    drop[index] = true
  end
  for _, index in ipairs(pager.dropped) do
    drop[index] = true
  end
  return drop
end

--- Returns a page's items without those that are left out. pager.indices then
-- has the index that each of them had (false: all are there), pager.dropped
-- those of the others.
local function drop(pager, items)
  local dropped = indices_to_drop(pager, items)
  pager.indices, pager.dropped = false, {}
  if next(dropped) == nil then
    return items
  end
  local left, indices = {}, {}
  for index = 1, #items do
    if dropped[index] then
      pager.dropped[#pager.dropped + 1] = index
    else
      left[#left + 1], indices[#indices + 1] = items[index], index
    end
  end
  pager.indices = indices
  return left
end

--- Returns the index in its page of the last item that was returned.
local function position_of(pager)
  if not pager.page or pager.at == 0 then
    return pager.base
  end
  return pager.indices and pager.indices[pager.at] or pager.at
end

return { drop = drop, position = position_of }
