--- axis.lua - chooses the ticks of a time axis
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local axis = {}

local DAY = 86400
local months = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
  "Oct", "Nov", "Dec" }

-- The steps from one tick to the next, and about how long each is.
local steps = {
  { unit = "day", count = 1, seconds = DAY },
  { unit = "day", count = 7, seconds = 7 * DAY },
  { unit = "month", count = 1, seconds = 30 * DAY },
  { unit = "month", count = 3, seconds = 91 * DAY },
  { unit = "month", count = 12, seconds = 365 * DAY },
  { unit = "month", count = 24, seconds = 730 * DAY },
  { unit = "month", count = 60, seconds = 1826 * DAY },
  { unit = "month", count = 120, seconds = 3652 * DAY },
  { unit = "month", count = 600, seconds = 18262 * DAY },
  { unit = "month", count = 2400, seconds = 73048 * DAY },
  { unit = "month", count = 12000, seconds = 365243 * DAY },
}

--- Returns the seconds at which a month starts, by its number since year 0.
local function month_start(number)
  return core.time(("%04d-%02d-01T00:00:00Z"):format(math.floor(number / 12),
    number % 12 + 1))
end

local function month_label(number, step)
  local year, month = math.floor(number / 12), number % 12 + 1
  if step.count % 12 == 0 then
    return ("%04d"):format(year)
  end
  return ("%s %04d"):format(months[month], year)
end

local function month_ticks(from, to, step)
  local date = core.date(from)
  local number = date.year * 12 + date.month - 1
  number = number - number % step.count
  local ticks = {}
  local time = month_start(number)
  while time and time <= to do
    if time >= from then
      ticks[#ticks + 1] = { time = time, label = month_label(number, step) }
    end
    number = number + step.count
    time = month_start(number)
  end
  return ticks
end

local function day_ticks(from, to, step)
  local ticks = {}
  local length = step.count * DAY
  for time = math.ceil(from / length) * length, to, length do
    local date = core.date(time)
    ticks[#ticks + 1] = { time = time,
      label = ("%d %s %04d"):format(date.day, months[date.month], date.year) }
  end
  return ticks
end

--- Returns the ticks between two times.
-- @param from number, @param to number: seconds
-- @param most integer: about how many ticks there may be
-- @return a list of { time =, label = }
function axis.ticks(from, to, most)
  local chosen = steps[#steps]
  for i = #steps, 1, -1 do
    if (to - from) / steps[i].seconds <= most then
      chosen = steps[i]
    end
  end
  local ticks = chosen.unit == "day" and day_ticks or month_ticks
  return ticks(from, to, chosen)
end

return axis
