--- failures_spec.lua - the failed calls of scripts: dropped, told, kept
-- SPDX-License-Identifier: MIT
local failures_of = require("rackspace.scripts.failures")
local returned = require("rackspace.base.returned")
local script = require("rackspace.scripts.script")
local stub = require("spec.support.stub")

describe("failures", function()
  local pass, told, failures, rs

  before_each(function()
    pass, told = returned.pass, {}
    failures = failures_of.new(function(text) told[#told + 1] = text end)
    failures:listen()
    rs = stub.session(function(request)
      return request.url:find("10101") and stub.reply(200, { id = "10101" }) or
        stub.reply(404, { message = "Not here" })
    end)
  end)

  after_each(function()
    returned.pass = pass
  end)

  --- Runs a script as the program does. Returns what it told, on a line each.
  local function run(text)
    failures:add_chunk("@x.lua", text)
    local made = assert(script.compile(text, "@x.lua", failures:listener()))
    failures:judge("@x.lua", made(rs))
    return table.concat(told, "\n")
  end

  --- The same, with the cause of the error that the script raises.
  local function cause_of(text)
    failures.recent = {}
    failures:add_chunk("@x.lua", text)
    local made = assert(script.compile(text, "@x.lua", failures:listener()))
    local arguments = { rs }
    local ok, found = xpcall(function() made(arguments[1]) end, function(problem)
      return failures:cause_of(tostring(problem)) or "none of " .. tostring(problem)
    end)
    assert.is_false(ok)
    return found
  end

  local missing = "accounts.get: 404 Not here"

  it("tells where a call stands alone that fails", function()
    for text, line in pairs{ ["local rs = ...\nrs.accounts:get('CLOUD/9')"] = 2,
        ["local rs = ...\n\nrs.accounts:get(\n  'CLOUD/9'\n)"] = 3,
        ["local rs = ... rs.accounts\n:get('CLOUD/9')"] = 1,
        ["local rs = ...\nlocal function f(x)\n return rs.accounts:get(x) end\nf('CLOUD/9')"] = 4,
        ["local rs = ...\nfor _ = 1, 1 do\n  if rs then rs.accounts:get('CLOUD/9') end end"] = 3,
        ["local rs = ...\ncoroutine.wrap(function()\n rs.accounts:get('CLOUD/9') end)()"] = 3,
        ["local rs = ...\npcall(rs.accounts.get, rs.accounts, 'CLOUD/9')"] = 2,
        ["local rs = ...\nfor _ in rs:map({ 1 }, function()\n rs.accounts:get('CLOUD/9')\n" ..
          "return 1 end) do end"] = 3,
        ["local rs = ...\nrs.contacts:list('CLOUD/9'):totable()"] = 2,
        ["local rs = ...\nrs:all{ function() return rs.accounts:get('CLOUD/9') end }"] = 2,
        ["local rs = ...\ncoroutine.resume(coroutine.create(function()\n" ..
          "return rs.accounts:get('CLOUD/9') end))"] = 2 } do
      told = {}
      local said = run(text)
      assert.equal(1, #told, text)
      assert.matches("^x.lua:" .. line .. ": [%a.]+: 404 Not here$", said, nil, text)
      assert.equal("not_found", failures.first.kind)
    end
  end)

  it("tells what a whole script returns", function()
    assert.equal("x.lua: " .. missing, run("local rs = ... return rs.accounts:get('CLOUD/9')"))
  end)

  it("tells nothing of what is assigned, tested, returned, passed on or fine", function()
    for _, text in ipairs{ "local a = rs.accounts:get('CLOUD/9')",
        "local a = { rs.accounts:get('CLOUD/9') }", "local _ = rs.accounts:get('CLOUD/9')",
        "if not rs.accounts:get('CLOUD/9') then return 1 end",
        "while rs.accounts:get('CLOUD/9') do end", "local x = rs.accounts:get('CLOUD/9') or 1",
        "local function f() return rs.accounts:get('CLOUD/9') end local a = f()",
        "tostring(rs.accounts:get('CLOUD/9'))", "pcall(assert, rs.accounts:get('CLOUD/9'))",
        "pcall(function() for _ in rs.contacts:list('CLOUD/9') do end end)",
        "rs.accounts:get('CLOUD/10101')", "io.open('/none/there')", "rs.accounts:list()",
        "return nil, 'no', {}" } do
      local ok, said = pcall(run, "local rs = ... " .. text)
      assert.same({ true, "" }, { ok, said }, text)
      assert.is_false(failures.first)
    end
  end)

  it("tells nothing where the failures are meant", function()
    failures.is_quiet = true
    assert.equal("", run("local rs = ... rs.accounts:get('CLOUD/9')"))
    assert.is_false(failures.first)
  end)

  it("tells nothing of tasks that were cancelled", function()
    run("local rs = ...\nfor _ in rs:map({ 1, 2 }, function(i)\n  if i == 2 then\n" ..
      "    rs:sleep(1000)\n  end\nend) do break end")
    assert.same({}, told)
  end)

  it("keeps the first failure, and the message of each", function()
    run("local rs = ... rs.accounts:get('CLOUD/9') rs.metadata:list('CLOUD/9')")
    assert.equal(2, #told)
    assert.equal("accounts.get", failures.first.operation)
  end)

  it("names the failed call that an error about nil comes of", function()
    for _, text in ipairs{ "local a = rs.accounts:get('CLOUD/9')\nprint(a.name)",
        "local t = {} t.a = rs.accounts:get('CLOUD/9')\nprint(t.a.name)",
        "local a = rs.accounts:get(\n  'CLOUD/9'\n)\nlocal function f() return a.name end\nf()",
        "local _ = rs.accounts:get('CLOUD/9').name",
        "local a = rs.accounts:get('CLOUD/9')\nrs.contacts:list(a)",
        "local a = rs.accounts:get('CLOUD/9')\nfor k in pairs(a) do print(k) end",
        "local a = rs.accounts:get('CLOUD/9')\nlocal _ = 'x' .. a",
        "local a = rs.accounts:get('CLOUD/9')\nlocal _ = a + 1",
        "local a = rs.accounts:get('CLOUD/9')\na()",
        "local function find(x)\n  return (rs.accounts:get(x))\nend\nlocal a = find('CLOUD/9')\n" ..
          "print(a.name)",
        "local function show(x)\n  print(x.name)\nend\nshow(rs.accounts:get('CLOUD/9'))",
        "local function show(x)\n  print(x.name)\nend\nlocal a = rs.accounts:get('CLOUD/9')\n" ..
          "show(a)",
        "for _ in rs:map({ 1 }, function()\n  local a = rs.accounts:get('CLOUD/9')\n" ..
          "  return a.name\nend) do end" } do
      assert.matches("^x.lua:%d+: " .. missing .. "$", cause_of("local rs = ...\n" .. text),
        nil, text)
    end
  end)

  it("names none for an error that comes of something else", function()
    for _, text in ipairs{
        "if not rs.accounts:get('CLOUD/9') then print('') end\nlocal t\nprint(t.x)",
        "local a = rs.accounts:get('CLOUD/9')\nlocal b = a or {}\nprint(b.c.d)",
        "local a = rs.accounts:get('CLOUD/9')\nerror('broken')",
        "local a = rs.accounts:get('CLOUD/9')\nlocal function f(x) return x.y end\nf(nil)",
        "local a, message = rs.accounts:get('CLOUD/9')\nerror(message .. ' (nil)')",
        "local a = rs.accounts:get('CLOUD/10101')\na = nil\nprint(a.name)" } do
      assert.matches("^none of ", cause_of("local rs = ...\n" .. text), nil, text)
    end
  end)
end)
