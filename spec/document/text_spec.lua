--- text_spec.lua - lines, words and calls of what is printed
-- SPDX-License-Identifier: MIT
local text = require("script.document.text")

local function op(args, needs_options)
  return { service = "things", name = "get", args = args, needs_options = needs_options or false,
    routes = { { method = "GET", path = "/a" }, { method = "PUT", path = "/b" } } }
end

describe("lines", function()
  it("are formatted only when there is something to format", function()
    local lines = text.lines()
    lines:add("100%")
    lines:add("%d of %s", 2, "%s")
    lines:add()
    assert.equal("100%\n2 of %s\n\n", lines:text())
  end)

  it("are wrapped within the width, each after the prefix", function()
    local lines = text.lines()
    lines:wrap("-- ", ("word "):rep(40))
    assert.equal(3, #lines)
    for _, line in ipairs(lines) do
      assert.truthy(line:find("^%-%- word") and #line <= 79)
    end
    assert.equal(40, select(2, lines:text():gsub("word", "")))
  end)

  it("hold a word that is longer than the width", function()
    local lines = text.lines()
    lines:wrap("", "a " .. ("b"):rep(100) .. " c")
    assert.same({ "a", ("b"):rep(100), "c" }, { lines[1], lines[2], lines[3] })
  end)
end)

describe("a call", function()
  it("shows which arguments can be left out", function()
    assert.equal("rs.things:get([options])", text.call(op{}))
    assert.equal("rs.things:get(options)", text.call(op({}, true)))
    assert.equal("rs.things:get(id[, options])", text.call(op{ { name = "id" } }))
    assert.equal("rs.things:get(id, options)", text.call(op({ { name = "id" } }, true)))
  end)

  it("has its routes and its arguments' names", function()
    assert.same({ "GET /a", "PUT /b" }, text.routes(op{}))
    assert.same({ "id", "options" }, text.arguments(op{ { name = "id" } }))
  end)
end)
