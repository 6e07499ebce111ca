--- methods_spec.lua - docstrings of methods, read from their sources
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local methods = require("script.document.methods")

local source = { prefix = "x_methods:", types = { one = { "@return integer" }, two = {},
  three = {} } }

-- What a session's methods do for the engine alone.
local inner = { session = { emit = true, ended = true, pause = true, perform = true,
  last_noted = true, note_last = true, remember_meta = true, request = true } }

describe("the methods of a source", function()
  it("come with docstring, arguments and types", function()
    local found = methods.read([[
--- Of the file.
local x = 1

--- Gives one,
-- always.
-- @param a of no interest
function x_methods:one(a, ...)
end

--- Not of the next one.
local y = 2
function x_methods:two()
end

--- Of the helper.
--- Gives three.
function x_methods:three()
end

--- Has no types here.
function x_methods:four()
end
]], source)
    assert.same({
      { name = "one", doc = "Gives one, always.", arguments = { "a", "..." },
        annotations = { "@return integer" } },
      { name = "two", doc = "", arguments = {}, annotations = {} },
      { name = "three", doc = "Gives three.", arguments = {}, annotations = {} },
    }, found)
  end)

  it("are all printed, but for the engine's own", function()
    for _, real in ipairs(methods.sources) do
      local printed = {}
      for _, method in ipairs(methods.read(file.read(real.path), real)) do
        assert.truthy(method.doc:find("%S"), method.name .. " has no docstring")
        printed[method.name] = true
      end
      for name in pairs(real.types) do
        assert.is_true(printed[name], real.name .. "." .. name .. " is gone")
      end
      local pattern = "\nfunction " .. real.prefix:gsub("%p", "%%%0") .. "([%w_]+)"
      for name in file.read(real.path):gmatch(pattern) do
        local is_inner = inner[real.name] and inner[real.name][name]
        assert.is_true(printed[name] or is_inner, real.name .. "." .. name .. " has no types")
      end
    end
  end)
end)
