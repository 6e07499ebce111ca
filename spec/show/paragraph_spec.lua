--- paragraph_spec.lua - texts within the width of a terminal
-- SPDX-License-Identifier: MIT
local paragraph = require("rackspace.show.paragraph")

describe("paragraph", function()
  it("fits a text to a width, line by line", function()
    assert.equal("one\ntwo\n\n\tone", paragraph.fit("one two\n\n\tone", 6))
    assert.equal("one two", paragraph.fit("one two"))
    assert.equal("  in\n  one", paragraph.fit("  in one", 6))
  end)

  it("breaks between words, by the columns that they take", function()
    assert.same({ "one two", "  three" }, paragraph.wrap("one two  three", 8, "  "))
    assert.same({ "東京 東", "東京" }, paragraph.wrap("東京 東 東京", 8))
    assert.same({ "unbreakable" }, paragraph.wrap("unbreakable", 4))
    assert.same({ "" }, paragraph.wrap("", 4))
  end)

  it("puts names before what is said of them", function()
    local lines = {}
    paragraph.entries(lines, { { "id", "its name" },
      { "longer", "one two three four five" } }, { width = 32 })
    assert.same({ "  id      its name", "  longer  one two three four",
      "          five" }, lines)
  end)

  it("indents a text", function()
    local lines = {}
    paragraph.add(lines, "one two three", { width = 10 }, "  ")
    assert.same({ "  one two", "  three" }, lines)
  end)
end)
