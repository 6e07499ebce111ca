--- markup_spec.lua - elements of HTML and SVG, in which every text is escaped
-- SPDX-License-Identifier: MIT
local judge = require("spec.support.judge")
local markup = require("rackspace.picture.markup")

local tag = markup.tag

describe("markup", function()
  it("makes elements of attributes, texts, elements and lists of them", function()
    assert.equal('<p class="a" x="3" hidden="">one<b></b><i>two</i><br></p>',
      tostring(tag("p", { "class", "a", "id", false, "x", 2.6, "hidden", true },
        "one", { tag("b"), { tag("i", {}, "two") } }, false, nil, tag("br"))))
    assert.equal("a&amp;b<i></i>", tostring(markup.all("a&b", tag("i"))))
  end)

  it("escapes every string, in elements and attributes", function()
    local evil = [["'><script>alert(1)</script>&amp;]]
    local safe = "&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"
    assert.equal(('<a href="%s">%s</a>'):format(safe, safe),
      tostring(tag("a", { "href", evil }, evil)))
    judge.xml(tostring(tag("a", { "href", evil }, evil)))
    assert.equal(evil, judge.find(tostring(tag("a", {}, evil)), "string(/a)", ""))
  end)

  it("keeps UTF-8, and puts a mark where a text holds none, or controls", function()
    for _, text in ipairs{ "Zażółć 東京 😀", "a b", "é", "\239\191\189" } do
      assert.equal(text, markup.clean(text))
    end
    local mark = "\239\191\189"
    for given, wanted in pairs{ ["a\0b"] = "a?b", ["\27[31m"] = "?[31m", ["a\127"] = "a?",
      ["\255"] = "?", ["\192\175"] = "?", ["\224\128\175"] = "?", ["\237\160\128"] = "?",
      ["\244\144\128\128"] = "?", ["\195"] = "?", ["\195a"] = "?a", ["é\169"] = "é?",
      ["\194\155"] = "?", ["\226\128\174evil"] = "?evil", ["\239\191\191"] = "?",
      ["a\r\n\tb"] = "a   b" } do
      local text = markup.clean(given)
      assert.equal((wanted:gsub("%?", mark)), text)
      judge.xml(tostring(tag("p", {}, given)))
    end
  end)

  it("takes numbers and other values for texts", function()
    assert.equal("<p>12true</p>", tostring(tag("p", {}, 12, true)))
    assert.equal("<p>&lt;secret&gt;</p>", tostring(tag("p", { "x", false },
      tostring(require("rackspace.core").secret("0123456789abcdef")))))
  end)
end)
