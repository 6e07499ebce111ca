--- literal_spec.lua - results as Lua that returns them
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local writer = require("spec.support.writer")

local load_text = loadstring or load -- luacheck: ignore 143

describe("lua", function()
  it("gives the values when it is run", function()
    local list = { { a = 'q"\\\n\r\0\t1', ["end"] = 1, ["a b"] = true },
      { nested = { 1, 2.5, { "x" } }, empty = {} }, "text" }
    assert.same(list, assert(load_text((writer.pages("lua", { { list[1], list[2] },
      { list[3] } }))))())
    assert.same(list[1], assert(load_text(writer.value("lua", list[1])))())
    assert.same({}, assert(load_text((writer.pages("lua", {}))))())
  end)

  it("is as people write it", function()
    assert.equal('return { a = "x", b = { 1, 2 }, ["end"] = nil }\n',
      writer.value("lua", { a = "x", b = { 1, 2 }, ["end"] = json.null }))
  end)
end)
