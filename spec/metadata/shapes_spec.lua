--- shapes_spec.lua - metadata as a map, as entries, as one value
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local shapes = require("rackspace.metadata.shapes")

local map = { ["support:level"] = "navigator", ["billing:a"] = "1" }
local list = { { key = "support:level", value = "navigator", category = "support" },
  { key = "billing:a", value = "1", category = "billing" } }

describe("metadata's shapes", function()
  it("are a map, whatever came", function()
    assert.same(map, shapes.map(map))
    assert.same(map, shapes.map(list))
    assert.same({}, shapes.map({}))
    assert.same({}, shapes.map(assert(json.decode("[]"))))
  end)

  it("are entries by key, with what the service says of each", function()
    assert.same({ { key = "billing:a", namespace = "billing", name = "a", value = "1" },
      { key = "support:level", namespace = "support", name = "level", value = "navigator" } },
      shapes.entries(map))
    assert.same({ list[2], list[1] }, shapes.entries(list))
    assert.equal("support:level", list[1].key)
    assert.same({}, shapes.entries(assert(json.decode("[]"))))
  end)

  it("tell the namespace of a key, up to its first colon, and its name", function()
    for key, parts in pairs{ ["creation:faws:levelid"] = { "creation", "faws:levelid" },
        plain = { nil, "plain" }, [":x"] = { "", "x" }, ["x:"] = { "x", "" },
        [""] = { nil, "" } } do
      local entry = shapes.entries{ [key] = "1" }[1]
      assert.same({ key = key, value = "1", namespace = parts[1], name = parts[2] }, entry)
    end
  end)

  it("are one value, bare or by its key", function()
    assert.equal("x", shapes.value("x"))
    assert.equal("x", shapes.value{ ["a:b"] = "x" })
    assert.equal("", shapes.value{ ["a:b"] = "" })
  end)

  it("take entries that lack their key or value", function()
    local entries = { { key = "b", value = "1" }, { value = "x" }, { key = "a" } }
    assert.same({ b = "1" }, shapes.map(entries))
    assert.same({ entries[2], entries[3], entries[1] }, shapes.entries(entries))
  end)

  it("refuse what is no metadata", function()
    for _, shape in ipairs{ "map", "entries" } do
      for _, value in ipairs{ "text", { "a" }, { { key = 1 } } } do
        local made, problem = shapes[shape](value)
        assert.is_nil(made)
        assert.matches("^the answer's metadata", problem)
      end
    end
    for _, value in ipairs{ {}, { a = "1", b = "2" } } do
      assert.same({ nil, "the answer holds not one value" }, { shapes.value(value) })
    end
  end)
end)
