--- text_width_spec.lua - the width of a text in a drawing, in pixels
-- SPDX-License-Identifier: MIT
local text_width = require("rackspace.picture.text_width")

describe("text_width", function()
  it("are wider where they are capitals or take two columns", function()
    assert.is_true(text_width.pixels("AAAA") > text_width.pixels("aaaa"))
    assert.equal(text_width.pixels("aaaa"), text_width.pixels("東京"))
    assert.equal(0, text_width.pixels(""))
  end)

  it("are cut to what fits, whole characters only", function()
    assert.equal("plain", text_width.fit("plain", 100))
    assert.equal("pla…", text_width.fit("plain", 4 * 7.7))
    assert.equal("東…", text_width.fit("東京都", 4 * 7.7))
    assert.equal("", text_width.fit("plain", 0))
    for _, text in ipairs{ "FANATICAL_SUPPORT_FOR_AWS", "Zażółć gęślą jaźń", "東京 Logistics" } do
      for room = 1, 240, 7 do
        local cut = text_width.fit(text, room)
        assert.is_true(text_width.pixels(cut) <= room)
        assert.is_nil(cut:find("\239\191\189"))
      end
    end
  end)
end)
