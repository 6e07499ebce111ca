--- script_spec.lua - compiles scripts whose lone calls are heard
-- SPDX-License-Identifier: MIT
local script = require("rackspace.scripts.script")
local statements = require("rackspace.scripts.statements")
local support = require("spec.sandbox.support")

local load_text = loadstring or load -- luacheck: ignore 143

describe("script.compile", function()
  local heard

  before_each(function()
    heard = {}
  end)

  local function hear(...)
    local info = debug.getinfo(2, "Sl")
    heard[#heard + 1] = { info.short_src .. ":" .. info.currentline, ... }
  end

  local function run(text, ...)
    return assert(script.compile(text, "@x.lua", hear))(...)
  end

  it("hears what a call returns that stands alone, and where", function()
    local function f(...) return ... end
    run("local f = ...\nf(1, nil, 3)\nlocal a = f(4)\nif f(5) then\n  f(6)\nend\n" ..
      "f(\n  7,\n  f(8)\n)\nreturn f(9)", f)
    assert.same({ { "x.lua:2", 1, nil, 3 }, { "x.lua:5", 6 }, { "x.lua:7", 7, 8 } }, heard)
  end)

  it("hears functions, coroutines and loops of the script", function()
    run("local f = ...\nlocal function g() f('in') end g()\n" ..
      "coroutine.wrap(function() f('co') coroutine.yield('up') end)()\n" ..
      "for i = 1, 2 do f(i) end\nlocal t = setmetatable({}, { __index = function(_, k)\n" ..
      "f(k) end }) local _ = t.key\npcall(function() f('pc') end)",
      function(x) return x end)
    local list = {}
    for i, call in ipairs(heard) do
      list[i] = call[1] .. "=" .. tostring(call[2])
    end
    assert.same({ "x.lua:2=in", "x.lua:2=nil", "x.lua:3=co", "x.lua:3=up", "x.lua:4=1",
      "x.lua:4=2", "x.lua:6=key", "x.lua:7=pc", "x.lua:7=true" }, list)
  end)

  it("leaves lines, arguments, results and globals as they are", function()
    local text = "local x = ...\nlocal function f(n)\n  if n == 0 then\n" ..
      "    error('here')\n  end\n  f(n - 1)\nend\n\nf(\n x)\n"
    local _, marked = pcall(run, text, 3)
    local _, plain = pcall(assert(load_text(text, "@x.lua")), 3)
    assert.equal(plain, marked)
    assert.matches("^x.lua:4: here$", marked)
    local function noop() end
    assert.equal(3, select("#", run("local f = ... f() return ...", noop, nil, nil)))
    assert.is_nil(rawget(_G, "_told"))
  end)

  it("needs no global while the script runs", function()
    local function noop() end
    run("local f = ... local strict = setmetatable({}, { __index = function(_, k)\n" ..
      "error('no ' .. k) end })\nif setfenv then setfenv(1, strict) f(1) else\n" ..
      "local _ENV = strict f(1) end", noop)
    assert.equal(1, #heard - (setfenv and 1 or 0)) -- luacheck: ignore 113
    run("local _told = ... _told(2)", function(x) return x end)
    assert.equal(2, heard[#heard][2])
  end)

  it("takes texts as files have them", function()
    assert.equal(3, run("#!/usr/bin/env rackspace\nlocal f = ... f(1) return 3", function() end))
    assert.equal("x.lua:2", heard[1][1])
    assert.equal(3, run("\239\187\191local f = ... f(1) return 3", function() end))
    assert.equal(4, run(string.dump(assert(load_text("return 4")))))
  end)

  it("returns the message of a text that is wrong, at its line", function()
    local made, message = script.compile("f()\nx = = 1", "@x.lua", hear)
    assert.is_nil(made)
    assert.matches("^x.lua:2: ", message)
  end)

  it("runs what leaves no room for a local or an upvalue", function()
    local lines = { "local f = ..." }
    for i = 2, 200 do
      lines[i] = ("local v%d = %d"):format(i, i)
    end
    assert.equal(200, run(table.concat(lines, "\n") .. "\nf() return v200", function() end))
  end)

  it("can be read in every file of this project", function()
    local paths = support.output("find lua spec examples script bench -name '*.lua'")
    local count = 0
    for path in paths:gmatch("[^\n]+") do
      local opened = assert(io.open(path, "rb"))
      local text = opened:read("*a")
      opened:close()
      if load_text((text:gsub("^#", "--"))) then
        count = count + 1
        assert(script.compile(text, "@" .. path, hear))
        assert(statements.read((text:gsub("^#", "--"))), path)
      end
    end
    assert.is_true(count > 500)
  end)
end)
