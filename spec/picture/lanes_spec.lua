--- lanes_spec.lua - an account's changes as stretches of time, field by field
-- SPDX-License-Identifier: MIT
local lanes = require("rackspace.picture.lanes")

local function record(day, what, to)
  return { date = ("2015-01-%02dT00:00:00Z"):format(day), what = what, to = to }
end

local first_day = 1420070400 -- date -u -d 2015-01-01 +%s

describe("lanes", function()
  it("have a stretch from each change to the next one of its field, or to now", function()
    local list = { record(1, "nickname", "a"), record(1, "status", "Active"),
      record(3, "status", "Closed"), record(4, "colour", "red"), { what = "status", to = "x" },
      record(5, "rcn", "RCN-1-2-3") }
    local now = first_day + 10 * 86400
    local all, from, to = lanes.of(list, now)
    assert.same({ first_day, now }, { from, to })
    local lines = {}
    for _, lane in ipairs(all) do
      for _, stretch in ipairs(lane) do
        lines[#lines + 1] = ("%s %s %d-%d"):format(lane.what, stretch.record.to,
          (stretch.from - first_day) / 86400, (stretch.to - first_day) / 86400)
      end
    end
    assert.same({ "status Active 0-2", "status Closed 2-10", "rcn RCN-1-2-3 4-10",
      "nickname a 0-10", "colour red 3-10" }, lines)
  end)

  it("end a little after the last change when that is later than now", function()
    local _, from, to = lanes.of({ record(1, "status", "a"), record(25, "status", "b") },
      first_day)
    assert.same({ first_day, first_day + 26 * 86400 }, { from, to })
    _, from, to = lanes.of({ record(1, "status", "a") })
    assert.same({ first_day, first_day + 7200 }, { from, to })
  end)

  it("are none without dates", function()
    assert.is_nil(lanes.of({}))
    assert.is_nil(lanes.of({ { what = "status", to = "a", date = "soon" } }))
  end)
end)
