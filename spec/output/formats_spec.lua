--- formats_spec.lua - the ways in which results are written, by name
-- SPDX-License-Identifier: MIT
local formats = require("rackspace.output.formats")
local writer = require("spec.support.writer")

describe("the formats", function()
  it("all write lists, and those that are no pictures also values", function()
    for _, format in ipairs(formats.list) do
      local name = format.name
      local sheet = { operation = "accounts.timeline" }
      local record = { what = "status", to = "Act1ve", date = "2015-01-01T00:00:00Z" }
      assert.is_truthy(writer.pages(name, { { record } }, sheet):find("Act1ve"), name)
      writer.pages(name, {}, sheet)
      if not format.is_picture then
        assert.is_truthy(writer.value(name, { id = 2 }):find("2"), name)
      end
    end
  end)

  it("are no others", function()
    assert.same({ "table", "json", "ndjson", "csv", "lua", "svg", "html" }, formats.names())
    assert.has_error(function() formats.new("xml", {}) end,
      "there is no format 'xml'")
  end)

  it("are pictures only of what has one, and of all its fields", function()
    for _, format in ipairs{ "svg", "html" } do
      assert.is_nil(formats.problem({ output = format }, "accounts.timeline"))
      assert.equal(("there is no %s of it, only of accounts.timeline"):format(format),
        formats.problem({ output = format }, "accounts.list"))
      assert.equal("--fields is not for pictures",
        formats.problem({ output = format, fields = "date" }, "accounts.timeline"))
    end
    assert.is_nil(formats.problem({ output = "csv", fields = "id" }, "accounts.list"))
    assert.is_nil(formats.problem({}, "status"))
  end)
end)
