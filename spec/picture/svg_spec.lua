--- svg_spec.lua - what every drawing is made of
-- SPDX-License-Identifier: MIT
local svg = require("rackspace.picture.svg")

describe("a drawing", function()
  it("is of a size, is described, and shows its texts as they are", function()
    local made = tostring(svg.drawing(30, 20, { id = "a", title = "1 < 2",
      description = "It's so.", css = ".b{}" },
      svg.text(1, 2.5, "p-ink", "<&>"), svg.text(3, 4, "p-ink", "x", "end")))
    assert.matches('^<svg xmlns="http://www.w3.org/2000/svg" role="img" ' ..
      'width="30" height="20" viewBox="0 0 30 20" ' ..
      'aria%-labelledby="a%-title a%-description">' ..
      '<title id="a%-title">1 &lt; 2</title>' ..
      '<desc id="a%-description">It&#39;s so.</desc><style>text{font%-family:', made)
    assert.is_truthy(made:find(".b{}", 1, true) < made:find("</style>", 1, true))
    assert.is_truthy(made:find('</style><text x="1" y="3" class="p-ink">&lt;&amp;&gt;</text>' ..
      '<text x="3" y="4" class="p-ink" text-anchor="end">x</text></svg>', 1, true))
  end)
end)
