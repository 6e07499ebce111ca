--- reason_spec.lua - pages of HTML among the bodies of responses
-- SPDX-License-Identifier: MIT
local reason = require("rackspace.base.reason")

describe("a body", function()
  it("is told from a page of HTML by its beginning only", function()
    assert.is_true(reason.is_html(" <html><body>"))
    assert.is_true(reason.is_html("<!DOCTYPE HTML PUBLIC>"))
    assert.is_false(reason.is_html('{"name":"<html>"}'))
    assert.is_false(reason.is_html("<fault/>"))
  end)
end)
