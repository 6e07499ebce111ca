--- timeline_svg_spec.lua - an account's timeline as a drawing (SVG)
-- SPDX-License-Identifier: MIT
local timeline_svg = require("rackspace.picture.timeline_svg")
local judge = require("spec.support.judge")

local function record(year, what, to)
  return { date = year .. "-01-01T00:00:00Z", what = what, to = to, who = "abc" }
end

--- A list of so many changes of the status.
local function changes(count)
  local list = {}
  for i = 1, count do
    list[i] = record(2000 + i % 20, "status", i % 2 == 0 and "Active" or "Closed")
  end
  return list
end

local function draw(list, options)
  options = options or {}
  options.title = options.title or "Title"
  return tostring(timeline_svg.draw(list, options))
end

local function number(svg, path)
  return tonumber(judge.find(svg, path, ""))
end

describe("a drawing", function()
  it("is as high as what is in it", function()
    -- 24 above, 64 of heading, a lane of 46 and 44 of axis, rows of 26, 24.
    assert.equal(24 + 64 + 46 + 44 + 2 * 26 + 24, number(draw(changes(2)), "string(/*/@height)"))
    assert.equal(24 + 46 + 44 + 24, number(draw(changes(2), { heading = false, rows = false }),
      "string(/*/@height)"))
    assert.equal(24 + 64 + 28 + 24, number(draw({}), "string(/*/@height)"))
  end)

  it("has nothing outside of its edges", function()
    local svg = draw({ record(2000, "status", ("東京"):rep(200)), record(2001,
      ("W"):rep(200), "a"), record(2001, "nickname", ("m"):rep(300)) },
      { title = ("W"):rep(300), subtitle = ("M"):rep(400) })
    judge.xml(svg)
    local text_width = require("rackspace.picture.text_width")
    for x, anchor, text in svg:gmatch('<text x="(%d+)"[^>]-(text%-anchor="%l+")?>([^<]*)</text>') do
      local _ = anchor
      assert.is_true(tonumber(x) + text_width.pixels(text) <= 960, text)
    end
    for x, wide in svg:gmatch('<rect class="g[^>]* x="(%d+)"[^>]* width="(%d+)"') do
      assert.is_true(tonumber(x) + tonumber(wide) <= 960)
    end
  end)

  it("describes the period under the pointer", function()
    local svg = draw({ record(2000, "status", "Active"), record(2002, "status", "Closed") })
    assert.equal("Status: Active, 2000-01-01 to 2002-01-01", judge.find(svg,
      "string((//*[local-name()='g'])[1]/*[1])", ""))
    assert.equal("Status: Closed, 2002-01-01 to now", judge.find(svg,
      "string((//*[local-name()='g'])[2]/*[1])", ""))
  end)

  it("has ids of its own in a page with others", function()
    local svg = draw(changes(1), { id = "one" })
    assert.equal("one-title one-description", judge.find(svg, "string(/*/@aria-labelledby)", ""))
    assert.equal("2", judge.find(svg, "count(//*[@id])", ""))
  end)
end)
