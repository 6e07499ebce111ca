--- lanes.lua - an account's changes as stretches of time, field by field
-- SPDX-License-Identifier: MIT
local words = require("rackspace.picture.words")

local lanes = {}

-- Which lane comes first; those of other fields follow as they come.
local order = { status = 1, rcn = 2, collectionsStatus = 3, nickname = 4 }

local DAY = 86400

--- Where the line of time begins and ends: at the first change, and now; or
-- a little after the last one.
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
    local time = words.time(record.date)
    if time then
      dated[#dated + 1] = { time = time, record = record }
    end
  end
  return dated
end

local function add_stretch(lane, item, last)
  local before = lane[#lane]
  if before then
    before.to = item.time
  end
  lane[#lane + 1] = { from = item.time, to = last, record = item.record }
end

--- The lanes of a timeline: a list of { what =, { from =, to =, record = },
-- ... } and the times where it begins and ends; nil when nothing has a date.
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
      lane = { what = what, place = order[what] or #all + 10 }
      all[#all + 1], by_field[what] = lane, lane
    end
    add_stretch(lane, item, last)
  end
  table.sort(all, function(one, other) return one.place < other.place end)
  return all, first, last
end

return lanes
