--- report.lua - the table of a benchmark, and whether its bounds are met
-- SPDX-License-Identifier: MIT

-- report.lua RESULTS [JSON] reads lines of "measure side number" and ends
-- with 1 when a bound is not met. Sides are ours and beside; where a measure
-- was taken in rounds, the ratio is the median of the rounds' own ratios.

local results, json = ...

local rows = {
  { "get_apart", "one account, nginx on another processor",
    beside = "libcurl alone", unit = "calls/s", least = 0.70 },
  { "get_together", "one account, nginx on the same processor",
    beside = "libcurl alone", unit = "calls/s" },
  { "walk_apart", "1,000 pages, nginx on another processor",
    beside = "lua-cjson alone", unit = "pages/s" },
  { "walk_together", "1,000 pages, nginx on the same processor",
    beside = "lua-cjson alone", unit = "pages/s", least = 0.55 },
  { "memory", "peak memory, 1,000,000 accounts walked",
    beside = "1,000 walked", unit = "MB", scale = 1 / 1024, most_above = 5 },
  { "start", "start of the program", beside = "lua5.4", unit = "ms" },
}

local function read(path)
  local measures = {}
  for line in io.lines(path) do
    local name, side, value = line:match("^(%S+) (%S+) (%S+)$")
    assert(tonumber(value), "not a result: " .. line)
    measures[name] = measures[name] or { ours = {}, beside = {} }
    table.insert(measures[name][side], tonumber(value))
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

local function ratios(measure)
  local list = {}
  for i, value in ipairs(measure.ours) do
    list[i] = value / measure.beside[i]
  end
  return list
end

local function fill(row, measure)
  assert(measure and #measure.ours > 0 and #measure.ours == #measure.beside,
    "no results of " .. row[1])
  local scale = row.scale or 1
  row.ours = median(measure.ours) * scale
  row.other = median(measure.beside) * scale
  row.ratio = median(ratios(measure))
  if row.least then
    row.bound, row.ok = (">= %.2f"):format(row.least), row.ratio >= row.least
  elseif row.most_above then
    row.bound = ("<= +%g MB"):format(row.most_above)
    row.ok = row.ours - row.other <= row.most_above
  end
end

local function figure(number, unit)
  if number >= 1000 then
    return ("%.0f %s"):format(number, unit)
  end
  return ("%.2f %s"):format(number, unit)
end

local line = "%-41s %14s  %14s %-16s %5s  %-9s %s"

local function show(row)
  print((line:format(row[2], figure(row.ours, row.unit),
    figure(row.other, row.unit), row.beside, ("%.2f"):format(row.ratio),
    row.bound or "-", row.bound and (row.ok and "ok" or "FAIL") or "")
    :gsub("%s+$", "")))
end

local function write_json(path, measures)
  local encode = require("rackspace.engine.json").encode
  local list = {}
  for i, row in ipairs(rows) do
    list[i] = { name = row[1], what = row[2], beside = row.beside,
      unit = row.unit, ours = row.ours, other = row.other, ratio = row.ratio,
      bound = row.bound, ok = row.ok, rounds = measures[row[1]] }
  end
  local file = assert(io.open(path, "w"))
  assert(file:write(assert(encode(list)), "\n"))
  assert(file:close())
end

local measures, failed = read(results), false
print((line:format("what", "ours", "beside", "", "ratio", "bound", "")
  :gsub("%s+$", "")))
for _, row in ipairs(rows) do
  fill(row, measures[row[1]])
  show(row)
  failed = failed or row.ok == false
end
if json then
  write_json(json, measures)
end
os.exit(failed and 1 or 0, true)
