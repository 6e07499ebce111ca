--- date_spec.lua - dates, clocks, and waiting
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

-- By `date -u -d ... +%s`.
local DATES = {
  ["1970-01-01"] = 0,
  ["1970-01-01T00:00:00Z"] = 0,
  ["1969-12-31T23:59:59Z"] = -1,
  ["1900-02-28"] = -2203977600,
  ["1900-03-01"] = -2203891200,
  ["2000-02-29"] = 951782400,
  ["2016-02-29T12:34:56Z"] = 1456749296,
  ["2024-02-29"] = 1709164800,
  ["2038-01-19T03:14:08Z"] = 2147483648,
  ["0001-01-01"] = -62135596800,
  ["9999-12-31T23:59:59Z"] = 253402300799,
  ["2012-06-14T10:42:42-05:00"] = 1339688562,
  ["2012-06-14T10:42:42.000-05:00"] = 1339688562,
  ["2012-06-14T10:42:42+0530"] = 1339650762,
  ["2012-06-14T15:42:42"] = 1339688562,
  ["2012-06-14 15:42:42"] = 1339688562,
  ["2013-05-17T07:14Z"] = 1368774840,
  ["2016-12-31T23:59:60Z"] = 1483228800,
  ["Sun, 06 Nov 1994 08:49:37 GMT"] = 784111777,
  ["Sunday, 06-Nov-94 08:49:37 GMT"] = 784111777,
  ["Sun Nov  6 08:49:37 1994"] = 784111777,
  ["sun, 06 nov 1994 08:49:37 gmt"] = 784111777,
  ["Sun, 06 Nov 1994 08:49:37 UTC"] = 784111777,
  ["Sun, 06 Nov 1994 08:49:37 Z"] = 784111777,
  ["Sun, 06 Nov 1994 08:49:37 +0000"] = 784111777,
  ["Sun, 06 Nov 1994 03:49:37 -0500"] = 784111777,
  ["2024-02-28T24:00:00Z"] = 1709164800,
  ["2024-02-28T24:00Z"] = 1709164800,
  ["20120614T104242-0500"] = 1339688562,
  ["20120614T154242Z"] = 1339688562,
  ["20120614T154242.000"] = 1339688562,
  ["20130517T0714Z"] = 1368774840,
  ["20240229"] = 1709164800,
}

local NO_DATES = {
  "", "now", "2024", "2024-13-01", "2024-00-01", "2024-01-00", "2024-04-31", "2023-02-29",
  "1900-02-29", "0000-01-01", "2024-01-01T24:00:01Z", "2024-01-01T24:01:00Z",
  "2024-01-01T25:00:00Z", "202401",
  "2024-0101", "20240101T00:00:00Z", "2024-01-01T000000Z", "Sun, 06 Nov 1994 08:49:37 +00",
  "2024-01-01T00:60:00Z",
  "2024-01-01T00:00:61Z", "2024-01-01T00:00.5Z", "2024-01-01T00:00:00+24:00",
  "2024-01-01\0", "Sun, 06 Nov 1994 08:49:37 EST", "Sun, 31 Nov 1994 08:49:37 GMT",
  "10000-01-01",
}

describe("core.time", function()
  it("reads dates", function()
    for text, seconds in pairs(DATES) do
      assert.equal(seconds, core.time(text), text)
    end
  end)

  it("reads fractions", function()
    assert.equal(1339688562.5, core.time("2012-06-14T15:42:42.5Z"))
    assert.equal(-0.25, core.time("1969-12-31T23:59:59.75Z"))
    assert.near(1339688562.123456, core.time("2012-06-14T15:42:42.123456Z"), 1e-6)
  end)

  if math.type then
    it("gives integers where the time is whole", function()
      assert.equal("integer", math.type(core.time("2012-06-14T15:42:42.000Z")))
      assert.equal("float", math.type(core.time("2012-06-14T15:42:42.5Z")))
    end)
  end

  it("gives nil and a message for anything else", function()
    for _, text in ipairs(NO_DATES) do
      local seconds, message = core.time(text)
      assert.is_nil(seconds)
      assert.matches("is not a date of ISO 8601 or HTTP", message, 1, true)
    end
    assert.has_error(function() core.time() end)
    assert.has_error(function() core.time({}) end)
  end)

  it("agrees with date about every month's ends", function()
    local expected, texts = {}, {}
    for year = 1896, 2104, 4 do
      for month = 1, 12 do
        texts[#texts + 1] = ("%04d-%02d-01T12:00:00Z"):format(year + month % 4, month)
      end
    end
    local pipe = assert(io.popen("printf '%s\\n' " .. table.concat(texts, " ")
      .. " | date -u -f - +%s"))
    for line in pipe:lines() do
      expected[#expected + 1] = tonumber(line)
    end
    pipe:close()
    assert.equal(#texts, #expected)
    for i, text in ipairs(texts) do
      assert.equal(expected[i], core.time(text), text)
    end
  end)
end)

describe("core.retry_after", function()
  it("reads seconds", function()
    assert.equal(0, core.retry_after("0", 1e9))
    assert.equal(120, core.retry_after("120", 1e9))
  end)

  it("reads dates of all forms", function()
    assert.equal(7, core.retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111770))
    assert.equal(7, core.retry_after("Sunday, 06-Nov-94 08:49:37 GMT", 784111770))
    assert.equal(7, core.retry_after("Sun Nov  6 08:49:37 1994", 784111770))
    assert.equal(62, core.retry_after("2012-06-14T10:42:42-05:00", 1339688500))
    assert.equal(0.5, core.retry_after("2012-06-14T15:42:42.5Z", 1339688562))
  end)

  it("is never negative", function()
    assert.equal(0, core.retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111778))
  end)

  it("gives nil for anything else", function()
    for _, text in ipairs({ "", "-1", "1,5", "soon", " 5", "1.2.3" }) do
      assert.is_nil(core.retry_after(text, 0))
    end
    assert.has_error(function() core.retry_after("5") end)
  end)
end)

describe("core's clocks", function()
  it("tell the time of day", function()
    local before = os.time()
    local now = core.now()
    assert.is_true(before <= now and now < os.time() + 2) -- which may lag behind
  end)

  it("go forward", function()
    local first = core.monotonic()
    core.sleep(0.02)
    local seconds = core.monotonic() - first
    assert.is_true(seconds >= 0.02 and seconds < 5)
  end)

  it("do not sleep for nothing", function()
    local first = core.monotonic()
    core.sleep(0)
    core.sleep(-1)
    core.sleep(0 / 0)
    assert.is_true(core.monotonic() - first < 5)
    assert.has_error(function() core.sleep() end)
  end)
end)

describe("core.date", function()
  it("has the parts of a time that os.date has", function()
    for seconds = -86400, 2147483647, 86399 * 13 + 1 do
      local expected = os.date("!*t", seconds)
      expected.isdst, expected.yday = nil, nil
      assert.same(expected, core.date(seconds + 0.5))
    end
  end)

  it("reads back what core.time gives, in every year that it has", function()
    for year = 1, 9999 do
      local parts = core.date(core.time(("%04d-02-28T23:59:58Z"):format(year)))
      assert.same({ year, 2, 28, 23, 59, 58 }, { parts.year, parts.month, parts.day,
        parts.hour, parts.min, parts.sec })
    end
  end)

  it("is nil for what is in none of these years", function()
    for _, seconds in ipairs{ -62135596801, 253402300800, 1e300, -1e300, 1 / 0, -1 / 0, 0 / 0 } do
      assert.is_nil(core.date(seconds))
    end
  end)
end)
