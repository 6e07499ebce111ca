--- mark_spec.lua - byte order marks at the beginning of a text
-- SPDX-License-Identifier: MIT
local mark = require("rackspace.base.mark")

local MARK = "\239\187\191"

describe("mark.skip", function()
  it("returns a text without the marks at its beginning", function()
    for given, expected in pairs{ [""] = "", a = "a", [MARK] = "", [MARK .. "a"] = "a",
      [MARK .. MARK .. "a" .. MARK] = "a" .. MARK, [" " .. MARK] = " " .. MARK,
      ["\239"] = "\239", ["\239\187"] = "\239\187", ["\187\191a"] = "\187\191a",
      ["\239\239\187\191"] = "\239\239\187\191", [MARK .. "\239\187x"] = "\239\187x" } do
      assert.equal(expected, mark.skip(given))
    end
  end)
end)

-- Each reader of a text of others, given it after two marks.
describe("a mark before a text", function()
  it("is passed over by all that read it", function()
    local ini = require("rackspace.base.ini")
    local reason = require("rackspace.base.reason")
    local value_of = require("rackspace.command.value")
    assert.same({ [""] = { a = "1" } }, (ini.parse(MARK .. MARK .. "a=1")))
    assert.equal("gone", (reason.read(MARK .. MARK .. '{"message":"gone"}')))
    assert.is_true(reason.is_html(MARK .. MARK .. "<html>"))
    assert.same({ a = 1 }, (value_of(MARK .. MARK .. '{"a":1}', "NewComment")))
    assert.same({ 1 }, (value_of(MARK .. " [1]", "integer[]")))
  end)
end)
