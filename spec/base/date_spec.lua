--- date_spec.lua - times as texts
-- SPDX-License-Identifier: MIT
local date = require("rackspace.base.date")

describe("a time", function()
  it("is written to the day, the minute and the millisecond", function()
    assert.equal("2018-04-03", date.day(1522773867.644))
    assert.equal("2018-04-03 16:44", date.minute(1522773867.644))
    assert.equal("2018-04-03T16:44:27.644Z", date.iso(1522773867.644))
    assert.equal("1969-12-31T23:59:59.750Z", date.iso(-0.25))
    assert.equal("0987-06-05T04:03:02.000Z", date.iso(-31007044618))
  end)

  it("is written beyond what 32 bits can hold", function()
    assert.equal("2038-01-19T03:14:08.000Z", date.iso(2147483648))
    assert.equal("2106-02-07 06:28", date.minute(4294967296))
    assert.equal("9999-12-31", date.day(253402300799))
  end)

  it("is its seconds where no calendar reaches", function()
    assert.equal("253402300800", date.iso(253402300800))
    assert.is_nil(date.day(253402300800))
    assert.is_nil(date.minute(-62135596801))
  end)
end)
