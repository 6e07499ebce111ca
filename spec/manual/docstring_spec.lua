--- docstring_spec.lua - what stands above a function where it is written
-- SPDX-License-Identifier: MIT
local docstring = require("rackspace.manual.docstring")
local file = require("spec.support.file")

local source = [[
--- Adds two numbers,
-- which may be none.
local function add(a, b) return a + b end

local list = { of = {} }
  -- Of a list.
  function list.of:this(...) return ... end

local plain = function() end
return add, list.of.this, plain
]]

describe("a docstring", function()
  local add, this, plain

  setup(function()
    add, this, plain = dofile(file.write(file.folder() .. "/functions.lua", source))
  end)

  it("is the comment above a function, beside its signature", function()
    assert.same({ "add(a, b)", "Adds two numbers, which may be none." },
      { docstring.of(add) })
    assert.same({ "this(...)", "Of a list." }, { docstring.of(this) })
  end)

  it("is not there where none was written", function()
    assert.same({}, { docstring.of(plain) })
    assert.is_nil(docstring.of(print))
    local made = (loadstring or load)("return function() end") -- luacheck: ignore 143
    assert.same({}, { docstring.of(made()) })
  end)

  it("is that of the library's own", function()
    local signature, text = docstring.of(require("rackspace").new)
    assert.equal("new(options)", signature)
    assert.is_truthy(#text > 40)
  end)
end)
