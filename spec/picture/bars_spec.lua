--- bars_spec.lua - how many of each there are, as a drawing (SVG)
-- SPDX-License-Identifier: MIT
local bars = require("rackspace.picture.bars")
local judge = require("spec.support.judge")

local function draw(items, total)
  return tostring(bars.draw(items, { title = "By <type>", id = "kinds", total = total }))
end

describe("bars", function()
  it("are as long as there are many, beside their numbers", function()
    local svg = draw{ { label = "a", count = 1500, tone = "good" }, { label = "b", count = 500 },
      { label = "c", count = 0 } }
    judge.xml(svg)
    local widths = {}
    for i = 1, 3 do -- 560 pixels, 250 for labels, 120 for numbers
      widths[i] = judge.find(svg, ("string((//*[local-name()='rect'])[%d]/@width)"):format(i), "")
    end
    assert.same({ "190", "63", "1" }, widths)
    assert.truthy(svg:find(">1,500 (75.0%)</text>", 1, true))
    assert.equal("By <type>", judge.find(svg, "string(/*/*[1])", ""))
    assert.equal("a: 1,500 (75.0%). b: 500 (25.0%). c: 0 (0.0%).",
      judge.find(svg, "string(/*/*[2])", ""))
  end)

  it("can be shares of more than their sum", function()
    assert.truthy(draw({ { label = "a", count = 3 } }, 8):find("3 (37.5%)", 1, true))
  end)

  it("fold what is too many into one", function()
    local items = {}
    for i = 1, 20 do
      items[i] = { label = "key" .. i, count = 1 }
    end
    local svg = draw(items)
    assert.equal("15", judge.find(svg, "count(//*[local-name()='rect'])", ""))
    assert.truthy(svg:find("6 others: 6 (30.0%).", 1, true))
    assert.equal(20, #items)
  end)

  it("are no division by nothing", function()
    judge.xml(draw{ { label = "a", count = 0 } })
    judge.xml(draw{})
    assert.equal("0.0%", bars.share(0, 0))
    assert.equal("100.0%", bars.share(7, 7))
  end)
end)
