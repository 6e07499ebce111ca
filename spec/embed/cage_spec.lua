--- cage_spec.lua - units of embed/cage.lua
-- SPDX-License-Identifier: MIT
local cage = require("rackspace.embed.cage")

local load_text = loadstring or load -- luacheck: ignore 143

--- Runs a text with globals of its own.
local function run(globals, text)
  return assert(globals.load(text))()
end

describe("the globals of a confined script", function()
  local charged, globals

  before_each(function()
    charged = 0
    globals = cage.new{ charge = function() charged = charged + 1 end }
  end)

  it("lack what reaches out", function()
    for _, name in ipairs{ "io", "debug", "require", "package", "dofile",
      "loadfile", "getfenv", "setfenv", "newproxy", "module", "jit" } do
      assert.is_nil(globals[name], name)
    end
    for _, name in ipairs{ "execute", "getenv", "exit", "remove", "rename",
      "tmpname", "setlocale" } do
      assert.is_nil(globals.os[name], name)
    end
    assert.is_nil(globals.string.dump)
    assert.equal(globals, globals._G)
  end)

  it("have io and os when they are given", function()
    local given = cage.new{ charge = print, io = true, os = true }
    assert.equal(io.open, given.io.open)
    assert.equal(os.getenv, given.os.getenv)
  end)

  it("are copies: the engine's stay as they are", function()
    run(globals, "string.format = nil; math.floor = nil; x = 1")
    assert.is_function(string.format)
    assert.is_function(math.floor)
    assert.is_nil(rawget(_G, "x"))
    assert.equal(1, globals.x)
  end)

  it("load texts alone", function()
    local code = string.dump(load_text("return 1"))
    assert.same({ nil, "bytecode is not run here" },
      { globals.load(code) })
    local parts = { code:sub(1, 1), code:sub(2) }
    assert.is_nil((globals.load(function() return table.remove(parts, 1) end)))
    assert.equal(3, run(globals, "return load('return 1 + 2')()"))
    assert.equal(4, run(globals, "return load('return y', '=y', 't', { y = 4 })()"))
    assert.is_nil((globals.load("x = =")))
    assert.is_nil((globals.load(7)))
  end)

  it("give a script its own metatables, and no other", function()
    assert.is_false(globals.getmetatable(""))
    assert.is_false(globals.getmetatable(setmetatable({}, {})))
    local metatable = {}
    local value = globals.setmetatable({}, metatable)
    assert.equal(metatable, globals.getmetatable(value))
    assert.is_nil(globals.getmetatable({}))
    assert.has_error(function()
      globals.setmetatable({}, { __gc = print })
    end, "setmetatable: __gc is not for confined scripts")
    assert.has_error(function()
      globals.setmetatable("", {})
    end, "setmetatable: takes a table, not a string")
  end)

  it("count each coroutine", function()
    assert.equal(7, run(globals,
      "return coroutine.wrap(function(a) return a end)(7)"))
    run(globals, "coroutine.create(print)")
    assert.equal(2, charged)
    assert.has_error(function()
      run(globals, "coroutine.wrap(function() error('x', 0) end)()")
    end, "x")
    assert.is_nil(globals.coroutine.close)
  end)

  it("have an xpcall whose handler is called afterwards", function()
    assert.same({ true, 1, 2 }, { globals.xpcall(function(...) return ... end,
      print, 1, 2) })
    assert.same({ false, "<x>" }, { globals.xpcall(function() error("x", 0) end,
      function(message) return "<" .. message .. ">" end) })
  end)

  it("let the collector alone", function()
    assert.is_number(globals.collectgarbage("count"))
    assert.equal(0, globals.collectgarbage("stop"))
  end)
end)
