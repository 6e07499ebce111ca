--- axis_spec.lua - the marks along a line of time
-- SPDX-License-Identifier: MIT
local axis = require("rackspace.picture.axis")
local rackspace = require("rackspace")

--- The marks between two days, as "label=day".
local function marks(from, to, most)
  local list = {}
  for i, mark in ipairs(axis.ticks(rackspace.time(from .. "T00:00:00Z"),
      rackspace.time(to .. "T00:00:00Z"), most)) do
    list[i] = mark.label .. "=" .. os.date("!%Y-%m-%d %H:%M", math.floor(mark.time))
  end
  return list
end

describe("an axis", function()
  it("has years, where there are some", function()
    assert.same({ "2013=2013-01-01 00:00", "2014=2014-01-01 00:00", "2015=2015-01-01 00:00" },
      marks("2012-07-15", "2015-04-21", 9))
    assert.same({ "2000=2000-01-01 00:00", "2010=2010-01-01 00:00", "2020=2020-01-01 00:00" },
      marks("1999-06-01", "2026-01-01", 4))
  end)

  it("has months and days of shorter times", function()
    assert.same({ "Jan 2016=2016-01-01 00:00", "Feb 2016=2016-02-01 00:00",
      "Mar 2016=2016-03-01 00:00" }, marks("2015-12-15", "2016-03-14", 4))
    assert.same({ "28 Feb 2016=2016-02-28 00:00", "29 Feb 2016=2016-02-29 00:00",
      "1 Mar 2016=2016-03-01 00:00" }, marks("2016-02-28", "2016-03-01", 4))
  end)

  it("has no more marks than requested, at any length", function()
    for years = 1, 9000, 250 do
      local to = ("%04d-01-01"):format(math.min(9999, 970 + years))
      assert.is_true(#marks("0970-01-01", to, 9) <= 10, to)
    end
  end)
end)
