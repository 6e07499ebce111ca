--- formats_spec.lua - the ways in which results are written, by name
-- SPDX-License-Identifier: MIT
local formats = require("rackspace.command.formats")
local writer = require("spec.support.writer")

describe("the formats", function()
  it("all write lists, values and nothing", function()
    for _, name in ipairs(formats.names()) do
      assert.is_truthy(writer.pages(name, { { { id = 1 } } }):find("1"), name)
      assert.is_truthy(writer.value(name, { id = 2 }):find("2"), name)
      writer.pages(name, {})
    end
  end)

  it("are no others", function()
    assert.same({ "table", "json", "ndjson", "csv", "lua" }, formats.names())
    assert.has_error(function() formats.new("xml", {}) end,
      "there is no format 'xml'")
  end)
end)
