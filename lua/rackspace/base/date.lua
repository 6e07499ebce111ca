--- date.lua - writes times as texts, in UTC
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local date = {}

--- Returns a time to the day, as in 2018-04-03; nil outside the years 1 to
-- 9999.
function date.day(seconds)
  local parts = core.date(seconds)
  return parts and ("%04d-%02d-%02d"):format(parts.year, parts.month,
    parts.day)
end

--- Returns a time to the minute, as in 2018-04-03 16:44; nil outside the years
-- 1 to 9999.
function date.minute(seconds)
  local parts = core.date(seconds)
  return parts and ("%s %02d:%02d"):format(date.day(seconds), parts.hour,
    parts.min)
end

--- Returns a time as in 2018-04-03T16:44:27.644Z. A time outside the years 1 to
-- 9999 is returned as its seconds.
function date.iso(seconds)
  local parts = core.date(seconds)
  return parts and ("%sT%02d:%02d:%02d.%03dZ"):format(date.day(seconds),
    parts.hour, parts.min, parts.sec, math.floor(seconds % 1 * 1000)) or
    core.number.text(seconds)
end

return date
