--- statements_spec.lua - finds the statements of a script that are calls
-- SPDX-License-Identifier: MIT
local statements = require("rackspace.scripts.statements")

--- The calls of a text that stand alone, sorted by where they begin.
local function calls(text)
  local read, list = assert(statements.read(text), text), {}
  table.sort(read.calls, function(a, b) return a.from < b.from end)
  for i, call in ipairs(read.calls) do
    list[i] = text:sub(call.from, call.to)
  end
  return list
end

describe("statements.read", function()
  it("finds calls that stand alone, in every form", function()
    for _, text in ipairs{ "f()", "f(1, 2)", "f'x'", "f[[x]]", "f{ 1, a = 2; [3] = 4 }",
        "a.b.c(x)", "a.b:c(x)", "a['b'](x)", "f(x)(y)", "f(x):g(y).h'z'", "(f or g)(x)",
        "('x'):rep(3)", "f\n(\n  x,\n  y\n)", "f(...)", "f(-x ^ 2 // 3 << 1, not #y, ~z)",
        "f(a == b, a ~= b, a <= b, a >= b, a < b, a > b, a .. b)", "goto(x)", "global(x)",
        "f(x --[[ ) ]] )", "f(0x1p+3, 1e-5, 3 .. 4)" } do
      assert.same({ text }, calls(text))
      assert.same({ text, text }, calls("do " .. text .. " end " .. text .. ";"), text)
    end
  end)

  it("finds them inside of all statements and functions", function()
    for _, text in ipairs{ "do @ end", "while f(x) do @ end", "repeat @ until f(x)",
        "if f() then @ elseif g() then @ else @ end", "for i = f(), g(2), 3 do @ end",
        "for k, v in pairs(f()) do @ end", "function a.b:c(x, ...) @ end",
        "local function f(x) @ return g(x) end", "local f = function() @ return end",
        "return function() @ end", "return f(function() @ end), 2;",
        "local t = { f = function() @ end, [g()] = g(), h() }", "goto done @ ::done:: @",
        "x.y, z[f()] = f(), function() @ end", "local a <const>, b <close> = f(), g() @",
        "f = g @ ::again:: ; @ goto again", "while true do @ break end",
        "global x, y <const> = f() @", "global function f() @ end", "global * @",
        "global <const> a @", "goto = f() @", "local <const> a, b = f() @" } do
      local list = calls((text:gsub("@", "call(1)")))
      local _, count = text:gsub("@", "")
      assert.equal(count, #list, text)
      for _, call in ipairs(list) do
        assert.equal("call(1)", call, text)
      end
    end
  end)

  it("finds none in what is assigned, tested, returned or passed on", function()
    for _, text in ipairs{ "local a = f()", "a = f()", "a.b, c = f(), g()", "return f()",
        "if f() then end", "while f() do end", "repeat until f()", "for _ in f() do end",
        "local a = b or f()", "local t = { f(), x = f() }", "a[f()] = 1", "return (f())",
        "local function f() return g() end" } do
      assert.same({}, calls(text), text)
    end
    assert.same({ "print(f())" }, calls("print(f())"))
  end)

  it("reads one statement where Lua reads one", function()
    assert.same({ "f(x)\n(g)(y)" }, calls("f(x)\n(g)(y)"))
    assert.same({ "g(y)" }, calls("a = f\ng(y)"))
    assert.same({ "f()", "g()" }, calls("f()g()"))
    assert.same({ "f()", "g()" }, calls("f() ::g:: g()"))
  end)

  it("tells what is assigned, and the parameters of functions", function()
    local read = statements.read("local a, b = f()\nc.d, e = f()\n" ..
      "local g = function(x, y, ...) end")
    assert.same({ { a = true, b = true }, { d = true, e = true }, { g = true } },
      { read.assigned[1].names, read.assigned[2].names, read.assigned[3].names })
    assert.same({ x = true, y = true }, read.functions[1].parameters)
  end)

  it("says so when a text is no Lua", function()
    for _, text in ipairs{ "f(", "f", "f(x", "do f()", "end", "x = ", "f(x))", "'a'", "a.1()" } do
      assert.is_nil(statements.read(text), text)
    end
  end)
end)
