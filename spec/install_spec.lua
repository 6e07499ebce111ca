--- install_spec.lua - what `cmake --install` puts where, and that it works
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local quote = support.quote

local lua = os.getenv("RACKSPACE_SPEC_LUA") or "lua5.4"
local build = os.getenv("RACKSPACE_BUILD") or "build/lua5.4"
local series = lua == "luajit" and "5.1" or lua:match("%d%.%d")

-- A module built for a checker needs that checker's library before it.
local describe_plain = os.getenv("LD_PRELOAD") and pending or describe

describe_plain("an installation", function()
  local prefix, share, lib

  setup(function()
    prefix = support.folder()
    share = prefix .. "/share/lua/" .. series
    lib = prefix .. "/lib/lua/" .. series
    support.output(("cmake --install %s --prefix %s"):format(quote(build),
      prefix))
  end)

  teardown(function()
    support.remove(prefix)
  end)

  --- Runs a command from the root folder, with only these variables set.
  local function run(variables, command)
    local job = support.start(("sh -c 'cd / && exec env -i %s \"$@\"' sh %s")
      :format(variables, command), "/dev/null")
    return { job:finish() }
  end

  it("has every Lua file, and nothing else", function()
    local here = support.output("cd lua && find . -name '*.lua' | sort")
    assert.equal(here, support.output(("cd %s && find . -type f | sort")
      :format(share)))
    assert.is_truthy(here:find("./rackspace/sandbox/init.lua\n", 1, true))
    for file in here:gmatch("[^\n]+") do
      assert.equal(support.read("lua/" .. file),
        support.read(share .. "/" .. file))
    end
  end)

  it("has the modules, the program, the library and its header", function()
    assert.equal("core.so\nhttpd.so\n",
      support.output(("ls %s/rackspace"):format(lib)))
    assert.equal("rackspace\n", support.output("ls " .. prefix .. "/bin"))
    local files = support.output("cd " .. prefix .. " && find . -type f")
    assert.is_truthy(files:find("/librackspace%.[as]"))
    assert.is_truthy(files:find("./include/rackspace.h\n", 1, true))
    assert.equal(support.read("doc/rackspace.1"),
      support.read(prefix .. "/share/man/man1/rackspace.1"))
  end)

  it("is found by the interpreter", function()
    local code = [[local rs = require("rackspace").new{ sandbox = true }
      print(rs.accounts:get("CLOUD/10101").number, package.loaded.rackspace
        and #rs.accounts:list():totable())
      require("rackspace.httpd").listen{}:close()]]
    local paths = ('LUA_PATH="%s/?.lua;%s/?/init.lua;;" LUA_CPATH="%s/?.so;;"')
      :format(share, share, lib)
    assert.same({ 0, "10101\t137\n", "" },
      run(paths, lua .. " -e " .. quote(code)))
  end)

  it("has a program that needs no variable and no folder", function()
    local program = prefix .. "/bin/rackspace"
    assert.same({ 0, "MyRackspaceAcct\n", "" }, run("", program
      .. " --sandbox -e " .. quote([[print(require("rackspace").new()
      .accounts:get("CLOUD/10101").name)]])))
    local result = run("", program .. " --version")
    assert.equal(0, result[1])
    assert.is_truthy(result[2]:find("^rackspace %d"))
  end)

  it("has modules that show the loader one symbol each", function()
    for _, name in ipairs{ "core", "httpd" } do
      assert.equal("luaopen_rackspace_" .. name .. "\n", support.output(
        ("nm -D --defined-only %s/rackspace/%s.so | sed 's/.* //'"):format(lib,
          name)))
    end
  end)

  it("has modules that are tied to no Lua", function()
    for _, name in ipairs{ "core", "httpd" } do
      local needed = support.output(("objdump -p %s/rackspace/%s.so"):format(
        lib, name))
      assert.is_truthy(needed:find("NEEDED", 1, true))
      assert.is_nil(needed:find("NEEDED%s+liblua"))
    end
  end)

  it("lets a C program be built against it", function()
    if series ~= "5.4" then
      return -- one is enough: it is the same library and header
    end
    local folder = support.folder()
    local command = ("cc -std=c99 -Wall -Wextra -Werror -I%s/include -o %s/a "
      .. "examples/embed.c $(find %s -name 'librackspace.*') "
      .. "$(pkg-config --libs lua5.4 libcurl libcrypto libmicrohttpd) "
      .. "-l:$(basename $(ls /usr/lib/*/liblua5.4-cjson.so | head -1)) "
      .. "-lpthread -lm 2>&1"):format(prefix, folder, prefix)
    assert.equal("", support.output(command))
    assert.same({ 0, "10101\tMyRackspaceAcct\tActive\n", "" },
      run("RACKSPACE_SANDBOX=1", folder .. "/a"))
    support.remove(folder)
  end)
end)
