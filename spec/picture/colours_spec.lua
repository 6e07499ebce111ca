--- colours_spec.lua - the colours of pictures, for light rooms and dark ones
-- SPDX-License-Identifier: MIT
local colours = require("rackspace.picture.colours")

-- The contrast of two colours by WCAG 2.2, 1.4.3: text needs 4.5.
local function luminance(colour)
  local sum, weights = 0, { 0.2126, 0.7152, 0.0722 }
  for i = 1, 3 do
    local part = tonumber(colour:sub(2 * i, 2 * i + 1), 16) / 255
    part = part <= 0.04045 and part / 12.92 or ((part + 0.055) / 1.055) ^ 2.4
    sum = sum + weights[i] * part
  end
  return sum
end

local function contrast(one, other)
  local bright, dark = luminance(one), luminance(other)
  if bright < dark then
    bright, dark = dark, bright
  end
  return (bright + 0.05) / (dark + 0.05)
end

describe("colours", function()
  it("are judged rightly here", function()
    assert.equal(21, math.floor(contrast("#000000", "#ffffff") + 0.5))
    assert.equal(454, math.floor(contrast("#767676", "#ffffff") * 100)) -- a known pair
  end)

  for name, theme in pairs(colours.themes) do
    it("can be read where it is " .. name, function()
      for _, tone in ipairs(colours.tones) do
        local ground, ink = theme[tone][1], theme[tone][2]
        assert.is_true(contrast(ground, ink) >= 4.5, tone)
      end
      for _, ink in ipairs{ "ink", "quiet", "link" } do
        assert.is_true(contrast(theme.page, theme[ink]) >= 4.5, ink)
        assert.is_true(contrast(theme.panel, theme[ink]) >= 4.5, ink .. " on a panel")
      end
      for _, tone in ipairs(colours.tones) do -- a box is told from the page by its edge
        assert.is_true(contrast(theme.page, theme[tone][2]) >= 3, tone)
      end
    end)
  end

  it("mean what is known, and keep to a value otherwise", function()
    local tone_of = colours.chooser()
    assert.equal("good", tone_of("Active"))
    assert.equal("bad", tone_of("WRITTEN_OFF"))
    assert.same({ "one", "two", "one", "three", "four", "one" }, { tone_of("a"), tone_of("b"),
      tone_of("a"), tone_of("c"), tone_of("d"), tone_of("e") })
    assert.equal("one", colours.chooser()(nil))
    assert.is_nil(colours.meaning("a"))
  end)

  it("are written for both themes", function()
    for _, css in ipairs{ colours.drawing_css(), colours.page_css() } do
      local light, dark = css:match("^(.*)@media%(prefers%-color%-scheme:dark%)(.*)$")
      assert.truthy(light:find(colours.themes.light.ink, 1, true))
      assert.truthy(dark:find(colours.themes.dark.ink, 1, true))
    end
  end)
end)
