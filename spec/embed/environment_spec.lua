--- environment_spec.lua - the globals of a confined script
-- SPDX-License-Identifier: MIT
local environment = require("rackspace.embed.environment")

local load_text = loadstring or load -- luacheck: ignore 143

--- Runs a text under these globals.
local function run(globals, text)
  return assert(globals.load(text))()
end

describe("the globals of a confined script", function()
  local charged, globals

  before_each(function()
    charged = 0
    globals = environment.new{ charge = function(work)
      charged = charged + (work and 0 or 1)
    end }
  end)

  it("lack what reaches files, processes and the library", function()
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

  it("have io and os when the options say so", function()
    local with = environment.new{ charge = print, io = true, os = true }
    assert.equal(io.open, with.io.open)
    assert.equal(os.getenv, with.os.getenv)
  end)

  it("are copies: the library's stay as they are", function()
    run(globals, "string.format = nil; math.floor = nil; x = 1")
    assert.is_function(string.format)
    assert.is_function(math.floor)
    assert.is_nil(rawget(_G, "x"))
    assert.equal(1, globals.x)
  end)

  it("load text, but no bytecode", function()
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

  it("name a loaded text in its errors", function()
    local function message_of(...)
      return select(2, pcall(assert(globals.load(...))))
    end
    assert.equal("rule:1: x", message_of("error('x')", "=rule"))
    assert.equal("rule.lua:2: x", message_of("\nerror('x')", "@rule.lua"))
    assert.equal("(load):1: x", message_of("error('x')"))
    assert.equal("rule:1: x", message_of("error('x')", "=rule", "t",
      { error = error }))
    assert.matches("^rule:1: ", (select(2, globals.load("x = =", "=rule"))))
  end)

  it("give a script its own metatables, and no others", function()
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

  it("leave the garbage collector alone", function()
    assert.is_number(globals.collectgarbage("count"))
    assert.equal(0, globals.collectgarbage("stop"))
  end)
end)
