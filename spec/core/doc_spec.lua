--- doc_spec.lua - doc/core.md names all that the core has
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("spec.support.file")

describe("doc/core.md", function()
  local text = file.read("doc/core.md")

  local function expect(name)
    assert.truthy(text:find(name, 1, true), name .. " is not documented")
  end

  it("names every function of the module", function()
    for name, value in pairs(core) do
      if type(value) == "table" then
        for inner in pairs(value) do
          expect("core." .. name .. "." .. inner)
        end
      else
        expect("core." .. name)
      end
    end
  end)

  it("names every method of a client, a cursor and a pollset", function()
    local methods = { client = { "start", "poll", "cancel", "running",
      "wakeup", "timeout", "step", "close" }, cursor = { "query", "follow_link",
      "follow_marker", "follow_offset" }, pollset = { "fd", "close" } }
    local objects = { client = core.client(), cursor = core.cursor(""),
      pollset = core.pollset() }
    for class, names in pairs(methods) do
      for _, name in ipairs(names) do
        assert.is_function(objects[class][name])
        expect(class .. ":" .. name .. "(")
      end
    end
  end)
end)
