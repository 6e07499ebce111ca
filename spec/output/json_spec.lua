--- json_spec.lua - results as one JSON value
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")
local writer = require("spec.support.writer")

describe("json", function()
  it("is one value, of pages too", function()
    local text = writer.pages("json", { { { a = 1 }, { a = 2 } }, {}, { { a = 3 } } })
    assert.equal('[\n{"a":1},\n{"a":2},\n{"a":3}\n]\n', text)
    assert.equal("6", support.jq(text, "map(.a) | add"))
    assert.equal("[]\n", writer.pages("json", { {} }))
    assert.equal('{"a":1}\n', writer.value("json", { a = 1 }))
  end)
end)
