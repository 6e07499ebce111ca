--- install_spec.lua - what `cmake --install` puts where, and that it works
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local quote = support.quote

local lua = os.getenv("RACKSPACE_SPEC_LUA") or "lua5.4"
local build = os.getenv("RACKSPACE_BUILD") or "build/lua5.4"
local series = lua == "luajit" and "5.1" or lua:match("%d%.%d")

-- A module built for a checker needs that checker's library before it.
if os.getenv("LD_PRELOAD") then
  return
end

describe("an installation", function()
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

  it("shows what its header names, and nothing else", function()
    local here = support.output("cd " .. prefix .. " && find . -name '*.so'")
    local header = support.read(prefix .. "/include/rackspace.h")
    local names = {}
    for name in header:gmatch("\nRACKSPACE_API[^;(]-([%a_]+)%(") do
      names[#names + 1] = name
    end
    table.sort(names)
    local all = table.concat(names, "\n") .. "\n"
    local shown = {}
    for _, name in ipairs{ "rackspace", "rackspace_open" } do
      local path = here:match("(%S*/lib" .. name .. "%.so)")
      shown[name] = support.output(("nm -D --defined-only %s/%s | "
        .. "sed 's/.* //' | LC_ALL=C sort"):format(prefix, path))
    end
    assert.equal((all:gsub("rackspace_open\n", "")), shown.rackspace)
    assert.equal("rackspace_open\nrackspace_version\n", shown.rackspace_open)
  end)

  it("has a library without a Lua for hosts that have one", function()
    local needed = support.output(("objdump -p $(find %s -name "
      .. "'librackspace_open.so')"):format(prefix))
    assert.is_truthy(needed:find("NEEDED", 1, true))
    assert.is_nil(needed:find("NEEDED%s+liblua5%.%d%.so"))
    assert.is_nil(needed:find("NEEDED%s+libluajit"))
  end)

  it("says which Lua is inside", function()
    assert.equal(lua .. "\n", support.output(("PKG_CONFIG_PATH=$(dirname "
      .. "$(find %s -name rackspace.pc)) pkg-config --variable=lua rackspace")
      :format(prefix)))
  end)
end)
