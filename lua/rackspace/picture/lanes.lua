--- lanes.lua - arranges an account's changes as spans of time, a lane per field
-- SPDX-License-Identifier: MIT
local format = require("rackspace.picture.format")

local lanes = {}

-- The lanes that come first; those of other fields follow in order of time.
local order = { status = 1, rcn = 2, collectionsStatus = 3, nickname = 4 }

local DAY = 86400

--- Returns when the axis begins and ends: at the first change, and at `now` or,
-- without it, a little after the last change.
local function range_of(dated, now)
  local first, last = dated[1].time, dated[#dated].time
  if not now or now <= last then
    now = last + math.max(last - first, DAY) / 12
  end
  return first, now
end

local function dated_records(list)
  local dated = {}
  for _, record in ipairs(list) do
    local time = format.time(record.date)
    if time then
      dated[#dated + 1] = { time = time, record = record }
    end
  end
  return dated
end

local function add_span(lane, item, last)
  local before = lane[#lane]
  if before then
    before.to = item.time
  end
  lane[#lane + 1] = { from = item.time, to = last, record = item.record }
end

--- Returns the lanes of a timeline, or nil when no record has a date.
-- @param list the records of rs.accounts:timeline()
-- @param now number: the seconds at which the axis ends, or nil
-- @return a list of lanes { what = the field, { from =, to =, record = }, ... }
-- and the seconds at which the axis begins and ends
function lanes.of(list, now)
  local dated = dated_records(list)
  if not dated[1] then
    return nil
  end
  local first, last = range_of(dated, now)
  local all, by_field = {}, {}
  for _, item in ipairs(dated) do
    local what = item.record.what
    local lane = by_field[what]
    if not lane then
      lane = { what = what, rank = order[what] or #all + 10 }
      all[#all + 1], by_field[what] = lane, lane
    end
    add_span(lane, item, last)
  end
  table.sort(all, function(a, b) return a.rank < b.rank end)
  return all, first, last
end

return lanes
