--- find_spec.lua - the Lua and the lua-cjson that the build finds
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local support = require("spec.sandbox.support")

local quote = support.quote

-- Finds as the build does, without a compiler.
local project = [[
cmake_minimum_required(VERSION 3.25)
project(find LANGUAGES NONE)
set(CMAKE_FIND_LIBRARY_PREFIXES lib)
set(CMAKE_FIND_LIBRARY_SUFFIXES .so .a)
set(CMAKE_INSTALL_LIBDIR lib)
find_package(PkgConfig REQUIRED)
include(${CMAKE_FOLDER}/lua.cmake)
include(${CMAKE_FOLDER}/cjson.cmake)
message("found ${RACKSPACE_PC_LUA_NAME} ${RACKSPACE_PC_LUA_VERSION}")
message("cjson [${RACKSPACE_CJSON}] ${RACKSPACE_CJSON_C}")
]]

describe("the build", function()
  local folder, here

  before_each(function()
    folder = file.folder()
    here = support.output("pwd"):gsub("\n$", "")
    file.write(folder .. "/CMakeLists.txt", project)
    file.write(folder .. "/prefix/lib/lua/5.4/cjson.so", "")
  end)

  after_each(file.clean)

  --- Writes a .pc file of a Lua below a prefix of its own.
  local function provide(name, version, prefix)
    prefix = prefix or folder .. "/prefix"
    file.write(("%s/lib/pkgconfig/%s.pc"):format(prefix, name),
      ("INSTALL_CMOD=%s/lib/lua/%s\nName: Lua\nDescription: Lua\nVersion: %s\n")
      :format(prefix, version:match("^%d%.%d"), version))
  end

  --- Configures the project with only these .pc files. Returns what it says,
  -- its lines joined.
  local function configure(options)
    local text = support.output(("PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR="
      .. "%s/prefix/lib/pkgconfig cmake -S %s -B %s/build -DCMAKE_FOLDER=%s %s 2>&1")
      :format(folder, folder, folder, quote(here .. "/src/cmake"), options))
    return (text:gsub("%s+", " "))
  end

  for _, name in ipairs{ "lua5.4", "lua-5.4", "lua54", "lua" } do
    it("finds a Lua 5.4 that is called " .. name, function()
      provide(name, "5.4.7")
      assert.is_truthy(configure("-DRACKSPACE_LUA=lua5.4")
        :find("found " .. name .. " 5.4.7", 1, true))
    end)
  end

  it("refuses a Lua of another version, and says what to do", function()
    for _, version in ipairs{ "5.3.6", "5.5.0" } do
      provide("lua", version)
      local said = configure("-DRACKSPACE_LUA=lua5.4")
      assert.is_truthy(said:find("No lua5.4 here", 1, true))
      assert.is_truthy(said:find("CMAKE_PREFIX_PATH", 1, true))
      assert.is_nil(said:find("found lua", 1, true))
    end
  end)

  it("finds LuaJIT by its own name only", function()
    provide("lua5.1", "5.1.5")
    assert.is_truthy(configure("-DRACKSPACE_LUA=luajit")
      :find("No luajit here: pkg-config has none of luajit", 1, true))
  end)

  it("notices another Lua in the same folder", function()
    provide("lua5.4", "5.4.7")
    provide("lua5.3", "5.3.6")
    file.write(folder .. "/prefix/lib/liblua5.4-cjson.so", "")
    file.write(folder .. "/prefix/lib/lua/5.3/cjson.so", "")
    local prefix = " -DCMAKE_PREFIX_PATH=" .. folder .. "/prefix"
    local said = configure("-DRACKSPACE_LUA=lua5.4" .. prefix)
    assert.is_truthy(said:find("found lua5.4 5.4.7", 1, true))
    assert.is_truthy(said:find("/liblua5.4-cjson.so] lua/lcjson.c", 1, true))
    said = configure("-DRACKSPACE_LUA=lua5.3" .. prefix)
    assert.is_truthy(said:find("found lua5.3 5.3.6", 1, true))
    assert.is_truthy(said:find("[] lua/lcjson_module.c", 1, true))
  end)

  it("looks into a prefix of one's own", function()
    local own = folder .. "/own"
    provide("lua", "5.5.1", own)
    file.write(own .. "/lib/lua/5.5/cjson.so", "")
    local said = configure("-DRACKSPACE_LUA=lua5.5 -DCMAKE_PREFIX_PATH=" .. own)
    assert.is_truthy(said:find("found lua 5.5.1", 1, true))
    assert.is_truthy(said:find("cjson [] lua/lcjson_module.c", 1, true))
  end)

  it("says what to do where there is no lua-cjson", function()
    provide("lua5.4", "5.4.7")
    os.remove(folder .. "/prefix/lib/lua/5.4/cjson.so")
    local said = configure("-DRACKSPACE_LUA=lua5.4 -DRACKSPACE_CJSON_LIBRARY=")
    assert.is_truthy(said:find("No lua-cjson for Lua 5.4 here", 1, true))
    assert.is_truthy(said:find("luarocks --lua-version 5.4 install lua-cjson",
      1, true))
    assert.is_truthy(said:find("RACKSPACE_CJSON_SOURCE", 1, true))
    said = configure("-DRACKSPACE_LUA=lua5.4 -DRACKSPACE_CJSON_SOURCE=" .. folder)
    assert.is_truthy(said:find("RACKSPACE_CJSON_SOURCE has no lua-cjson", 1, true))
  end)
end)
