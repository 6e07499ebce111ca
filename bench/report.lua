--- report.lua - prints a benchmark's results, and plots them
-- SPDX-License-Identifier: MIT

-- report.lua RESULTS PLOT [JSON] reads lines of "measure side number". A side
-- is "ours", "beside" (the baseline) or the name of another client. The ratio
-- is the median of the ratios of the rounds. A bound that is not met is
-- reported, and is no failure. PLOT is "" to plot nothing.

local plot = require("bench.plot")

local results, picture, json = ...

local rows = {
  { "get_apart", "one after another, nginx on another processor",
    beside = "libcurl", unit = "calls/s", least = 0.78 },
  { "get_together", "one after another, nginx on the same processor",
    beside = "libcurl", unit = "calls/s" },
  { "get_tls", "one after another, TLS and HTTP/2", beside = "libcurl",
    unit = "calls/s" },
  { "many", "64 at once", beside = "libcurl multi", unit = "calls/s",
    least = 0.55 },
  { "many_tls", "64 at once, TLS and HTTP/2", beside = "libcurl multi",
    unit = "calls/s" },
  { "walk_apart", "pages of 50, nginx on another processor",
    beside = "libcurl, then lua-cjson", unit = "pages/s", least = 0.70 },
  { "walk_together", "pages of 50, nginx on the same processor",
    beside = "libcurl, then lua-cjson", unit = "pages/s" },
  { "late", "1,000 calls of 50 ms, 64 at once", beside = "16 turns",
    unit = "calls/s", least = 1 / 1.15 },
  { "work", "100 pages of 50 ms, 50 ms of work on each", beside = "the work",
    unit = "s", most = 1.15 },
  { "instructions", "user-space instructions of a call", beside = "libcurl",
    unit = "thousand", scale = 1e-3, most = 2.0 },
  { "inflight", "memory of a call, 5,000 in flight", beside = "none in flight",
    unit = "KB", scale = 1 / 5000, most_above = 30 },
  { "memory", "peak memory of a long walk", beside = "of 1,000 accounts",
    unit = "MB", scale = 1 / 1024, most_above = 5 },
  { "start", "rackspace -e ''", beside = "lua5.4", unit = "ms",
    most_above = 4 },
  { "require", 'require("rackspace")', beside = "lua5.4", unit = "ms",
    most_above = 4 },
}

local function read(path)
  local measures = {}
  for line in io.lines(path) do
    local name, side, value = line:match("^(%S+) (%S+) (%S+)$")
    assert(tonumber(value), "not a result: " .. line)
    local sides = measures[name] or {}
    measures[name] = sides
    sides[side] = sides[side] or {}
    table.insert(sides[side], tonumber(value))
  end
  return measures
end

local function median(list)
  local sorted = {}
  for i, value in ipairs(list) do
    sorted[i] = value
  end
  table.sort(sorted)
  local middle = (#sorted + 1) / 2
  return (sorted[math.floor(middle)] + sorted[math.ceil(middle)]) / 2
end

local function ratios(sides)
  local list = {}
  for i, value in ipairs(sides.ours) do
    list[i] = value / sides.beside[i]
  end
  return list
end

local function judge(row)
  if row.least then
    row.bound = (">= %.2f"):format(row.least)
    row.ok = row.ratio >= row.least
  elseif row.most then
    row.bound, row.ok = ("<= %.2f"):format(row.most), row.ratio <= row.most
  elseif row.most_above then
    row.bound = ("<= +%g %s"):format(row.most_above, row.unit)
    row.ok = row.ours - row.other <= row.most_above
  end
end

local function fill(row, sides)
  assert(sides.ours and #sides.ours == #(sides.beside or {}),
    "no results of " .. row[1])
  local scale = row.scale or 1
  row.ours, row.other = median(sides.ours) * scale,
    median(sides.beside) * scale
  row.ratio = median(ratios(sides))
  judge(row)
  row.peers = {}
  for side, values in pairs(sides) do
    if side ~= "ours" and side ~= "beside" then
      table.insert(row.peers, { name = side, value = median(values) * scale })
    end
  end
  table.sort(row.peers, function(a, b) return a.value > b.value end)
end

local function figure(number, unit)
  return (number >= 1000 and "%.0f %s" or "%.2f %s"):format(number, unit)
end

local line = "%-47s %15s  %15s %-23s %5s  %-9s %s"

local function put(...)
  print((line:format(...):gsub("%s+$", "")))
end

local function show(row)
  put(row[2], figure(row.ours, row.unit), figure(row.other, row.unit),
    row.beside, ("%.2f"):format(row.ratio), row.bound or "",
    row.bound and (row.ok and "ok" or "not met") or "")
  for _, peer in ipairs(row.peers) do
    put("", "", figure(peer.value, row.unit), peer.name,
      ("%.2f"):format(row.ours / peer.value), "", "")
  end
end

--- Returns the slope of log(time) over log(count), by least squares.
local function exponent(points)
  local n, x, y, xx, xy = #points, 0, 0, 0, 0
  for _, point in ipairs(points) do
    local a, b = math.log(point.count), math.log(point.seconds)
    x, y, xx, xy = x + a, y + b, xx + a * a, xy + a * b
  end
  return (n * xy - x * y) / (n * xx - x * x)
end

--- Returns how the time grows with the number of pages, or of calls at once.
local function growth_of(measures, prefix, side, seconds_of)
  local points = {}
  for name, sides in pairs(measures) do
    local count = tonumber(name:match("^" .. prefix .. "_(%d+)$"))
    if count then
      table.insert(points, { count = count,
        seconds = seconds_of(count, median(sides[side])) })
    end
  end
  table.sort(points, function(a, b) return a.count < b.count end)
  return points[1] and { name = prefix, side = side, points = points,
    exponent = exponent(points) }
end

local function show_growth(growth, what)
  if not growth then
    return
  end
  local parts = {}
  for _, point in ipairs(growth.points) do
    parts[#parts + 1] = ("%d: %.3g s"):format(point.count, point.seconds)
  end
  print(("%s: %s; exponent %.2f"):format(what, table.concat(parts, ", "),
    growth.exponent))
end

local function write(path, text)
  local file = assert(io.open(path, "w"))
  assert(file:write(text, "\n"))
  assert(file:close())
end

local function write_json(measures, growths)
  local list = {}
  for i, row in ipairs(rows) do
    list[i] = { name = row[1], what = row[2], beside = row.beside,
      unit = row.unit, ours = row.ours, other = row.other, ratio = row.ratio,
      bound = row.bound, ok = row.ok, peers = row.peers,
      rounds = measures[row[1]] }
  end
  write(json, assert(require("rackspace.base.json").encode{ rows = list,
    growth = growths }))
end

local function seconds_of_walk(count, rate)
  return count / rate
end

local function seconds_of_calls(_, rate)
  return 10000 / rate
end

--- Returns the rows that were measured.
local function measured(measures)
  local list = {}
  for _, row in ipairs(rows) do
    list[#list + 1] = measures[row[1]] and row
  end
  return list
end

local measures = read(results)
rows = measured(measures)
put("what", "ours", "beside", "", "ratio", "bound", "")
for _, row in ipairs(rows) do
  fill(row, measures[row[1]])
  show(row)
end
local pages = growth_of(measures, "pages", "ours", seconds_of_walk)
local at_once = growth_of(measures, "at_once", "ours", seconds_of_calls)
local floor = growth_of(measures, "at_once", "beside", seconds_of_calls)
show_growth(pages, "a walk over so many pages")
show_growth(at_once, "10,000 calls, so many at once")
show_growth(floor, "libcurl alone, so many at once")
if picture ~= "" then
  write(picture, plot(rows))
end
if json then
  write_json(measures, { pages, at_once, floor })
end
