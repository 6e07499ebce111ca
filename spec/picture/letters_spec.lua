--- letters_spec.lua - about how wide a text is in a drawing, in pixels
-- SPDX-License-Identifier: MIT
local letters = require("rackspace.picture.letters")

describe("letters", function()
  it("are wider where they are capitals or take two columns", function()
    assert.is_true(letters.pixels("AAAA") > letters.pixels("aaaa"))
    assert.equal(letters.pixels("aaaa"), letters.pixels("東京"))
    assert.equal(0, letters.pixels(""))
  end)

  it("are cut to what fits, whole characters only", function()
    assert.equal("plain", letters.fit("plain", 100))
    assert.equal("pla…", letters.fit("plain", 4 * 7.7))
    assert.equal("東…", letters.fit("東京都", 4 * 7.7))
    assert.equal("", letters.fit("plain", 0))
    for _, text in ipairs{ "FANATICAL_SUPPORT_FOR_AWS", "Zażółć gęślą jaźń", "東京 Logistics" } do
      for room = 1, 240, 7 do
        local cut = letters.fit(text, room)
        assert.is_true(letters.pixels(cut) <= room)
        assert.is_nil(cut:find("\239\191\189"))
      end
    end
  end)
end)
