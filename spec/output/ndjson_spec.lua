--- ndjson_spec.lua - results as JSON, one item to a line
-- SPDX-License-Identifier: MIT
local writer = require("spec.support.writer")

describe("ndjson", function()
  it("has a line for each item, whatever is in it", function()
    assert.equal('{"a":"x\\ny/z"}\n{"a":1}\n"text"\n', writer.pages("ndjson",
      { { { a = "x\ny/z" }, { a = 1 } }, { "text" } }))
    assert.equal('{"b":{},"path":"\\\\/"}\n',
      writer.value("ndjson", { path = "\\/", b = {} }))
    assert.equal("", writer.pages("ndjson", {}))
  end)
end)
