--- floors_spec.lua - script/lint refuses what runs up or sideways
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")

local tables = [[
| in `lua/rackspace/` | holds |
| --- | --- |
| `init.lua` | what puts all together |
| `tickets` `accounts` | the services |
| `session` | sessions |
| `base` | what needs nothing |

| in `src/` | holds |
| --- | --- |
| `host` | the library |
| `http` `httpd` | transfers, the server |
| `base` | buffers |
]]

local sources = {
  ["CONTRIBUTING.md"] = tables,
  ["lua/rackspace/init.lua"] = 'return require("rackspace.tickets")\n',
  ["lua/rackspace/services.lua"] = 'return { tickets = "rackspace.tickets" }\n',
  ["lua/rackspace/tickets/init.lua"] = 'return require("rackspace.session")\n',
  ["lua/rackspace/accounts/init.lua"] = 'return require("rackspace.core")\n',
  ["lua/rackspace/session/init.lua"] = "local json = require('rackspace.base.json')\n" ..
    '-- require("rackspace.tickets")\nreturn require("rackspace.base." .. json)\n',
  ["lua/rackspace/base/json.lua"] = 'return pcall(require, "cjson") and "rackspace.new"\n',
  ["src/host/host.c"] = '#include "http/http.h"\nint host_run(void)\n{\n  http_start();\n}\n' ..
    "static void buffer_of_host(void)\n{\n}\n",
  ["src/http/http.c"] = '#include "base/buffer.h"\nvoid http_start(void)\n{\n  buffer_add();\n}\n',
  ["src/http/http.h"] = "void http_start(void);\n",
  ["src/httpd/httpd.c"] = "void httpd_start(\n  int port)\n{\n}\n",
  ["src/base/buffer.c"] = "/* host_run() */\nint buffer_add(void)\n{\n  return 0;\n}\n",
  ["src/base/buffer.h"] = "int buffer_add(void);\n",
}
sources["CONTRIBUTING.md"] = tables:gsub("| `tickets`", "| `services.lua` | a list |\n%0")

local script = assert(io.popen("pwd")):read("*l") .. "/script/floors.lua"

--- Checks the tree with other texts in some of its files. Returns the problems.
local function check(changes)
  local folder = file.folder()
  for path, text in pairs(sources) do
    file.write(folder .. "/" .. path, changes[path] or text)
  end
  for path, text in pairs(changes) do
    file.write(folder .. "/" .. path, text)
  end
  local run = assert(io.popen(("cd '%s' && find lua src -type f | sort | %s '%s' 2>&1"):format(
    folder, os.getenv("RACKSPACE_SPEC_LUA"), script)))
  local said = run:read("*a")
  run:close()
  return said
end

describe("the floors", function()
  after_each(file.clean)

  it("are kept by a tree that only calls down", function()
    assert.equal("", check({}))
  end)

  it("refuse a require that runs up or sideways, however it is written", function()
    for text, problem in pairs{
      ['require("rackspace.tickets")'] = "tickets lies above session",
      ["require('rackspace.tickets')"] = "tickets lies above session",
      ['require "rackspace.tickets"'] = "tickets lies above session",
      ["require[[rackspace.tickets]]"] = "tickets lies above session",
      ["return function() return require [=[rackspace.tickets]=] end"] =
        "tickets lies above session",
      ['pcall(require, "rackspace.tickets")'] = "tickets lies above session",
      ['local load = require load("rackspace.tickets")'] = "tickets lies above session",
      ['package.loaded["rackspace.tickets"] = nil'] = "tickets lies above session",
      ['local name = "rackspace.services"'] = "services.lua lies above session",
      ['return "rackspace"'] = "init.lua lies above session",
      ['require("rackspace.tickets." .. name)'] = "tickets lies above session",
    } do
      assert.matches("lua/rackspace/session/init.lua:1: " .. problem,
        check{ ["lua/rackspace/session/init.lua"] = text .. "\n" }, 1, true, text)
    end
    assert.matches("accounts and tickets are of one row",
      check{ ["lua/rackspace/accounts/init.lua"] = '\nrequire("rackspace.tickets")' }, 1, true)
  end)

  it("refuse the name of a module that is computed", function()
    for _, text in ipairs{ "require(name)", 'require("rackspace." .. name)', "require(a .. b)",
      "local load = require", "pcall(require, name)", '_G["require"](name)',
      'require(name .. ".sandbox")', 'require(("rackspace.x"):rep(1))' } do
      assert.matches("^lua/rackspace/session/init.lua:1: [^\n]*require",
        (check{ ["lua/rackspace/session/init.lua"] = text .. "\n" }), nil, nil, text)
    end
    assert.equal("", check{ ["lua/rackspace/services.lua"] = "return require(name)\n" })
  end)

  it("refuse a module that is not there, and a circle of modules", function()
    assert.matches("there is no module rackspace.base.jsn", check{
      ["lua/rackspace/session/init.lua"] = 'require("rackspace.base.jsn")' }, 1, true)
    assert.matches("a circle: lua/rackspace/base/a.lua -> lua/rackspace/base/b.lua -> " ..
      "lua/rackspace/base/a.lua", check{
      ["lua/rackspace/base/a.lua"] = 'return require("rackspace.base.b")\n',
      ["lua/rackspace/base/b.lua"] = 'return function() require("rackspace.base.a") end\n',
    }, 1, true)
  end)

  it("refuse an include or a call that runs up or sideways in C", function()
    for text, problem in pairs{
      ['#include "host/host.h"\n'] = "host lies above base",
      ["int host_run(void);\n"] = "host lies above base, and has host_run",
      ["void f(void)\n{\n  extern int host_run();\n}\n"] = "host lies above base",
      ["int (*g)(void) = host_run;\n"] = "host lies above base, and has host_run",
      ["#define RUN host_run()\n"] = "host lies above base, and has host_run",
      ["void f(void) { httpd_start(1); }\n"] = "httpd lies above base, and has httpd_start",
    } do
      assert.matches("src/base/other.c:%d: " .. problem,
        (check{ ["src/base/other.c"] = text }), nil, nil, text)
    end
    assert.matches("http and httpd are of one row, and has httpd_start",
      check{ ["src/http/http.c"] = "void http_start(void)\n{\n  httpd_start(1);\n}\n" }, 1, true)
    for _, text in ipairs{ "int f(struct s *s)\n{\n  return s->host_run + s.host_run;\n}\n",
      "/* host_run */\nchar *s = \"host_run\"; // host_run\n", "int buffer_of_host;\n" } do
      assert.equal("", check{ ["src/base/other.c"] = text })
    end
  end)

  it("refuse a folder that is in no row, a row without one, and a crowd", function()
    assert.matches("store is in no row of CONTRIBUTING.md",
      check{ ["lua/rackspace/store/init.lua"] = "return {}\n" }, 1, true)
    assert.matches("there is no src/late", check{ ["CONTRIBUTING.md"] =
      sources["CONTRIBUTING.md"]:gsub("`host`", "%0 `late`") }, 1, true)
    local crowd = {}
    for i = 1, 40 do
      crowd[("lua/rackspace/base/f%d.lua"):format(i)] = "return {}\n"
    end
    assert.matches("lua/rackspace/base has more than %d+ files", (check(crowd)))
    assert.matches("lacks a table of the floors", check{ ["CONTRIBUTING.md"] = "\n" }, 1, true)
  end)
end)
