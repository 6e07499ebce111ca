--- rockspec_spec.lua - the rockspec says what CMake and the sources say
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local members = require("rackspace.base.members")
local rackspace = require("rackspace")
local support = require("spec.sandbox.support")

local function load_rockspec()
  local found = {}
  local text = support.read("rockspec/rackspace-scm-1.rockspec")
  if setfenv then -- luacheck: ignore 113
    setfenv(assert(loadstring(text)), found)() -- luacheck: ignore 113
  else
    assert(load(text, "=rockspec", "t", found))()
  end
  return found
end

--- The files of a list in src/cmake/files.cmake, as a set with a prefix.
local function cmake_list(name, prefix)
  local text = support.read("src/cmake/files.cmake")
  local set = {}
  for file in text:match("set%(" .. name .. "([^)]*)%)"):gmatch("[^%s]+") do
    set[prefix .. file] = true
  end
  return set
end

local function set_of(...)
  local set = {}
  for _, list in ipairs{ ... } do
    for _, file in ipairs(list) do
      assert(not set[file], file .. " is listed twice")
      set[file] = true
    end
  end
  return set
end

describe("the rockspec", function()
  local modules = load_rockspec().build.modules

  it("has the C sources that CMake has", function()
    assert.same(members.add(cmake_list("RACKSPACE_CORE_C", "src/"),
      cmake_list("RACKSPACE_CORE_BINDINGS", "src/")),
      set_of(modules["rackspace.core"].sources))
    assert.same(members.add(cmake_list("RACKSPACE_HTTPD_C", "src/"),
      cmake_list("RACKSPACE_HTTPD_SHARED", "src/")), set_of(modules["rackspace.httpd"].sources))
  end)

  it("has the Lua files that CMake has, each by its name", function()
    local files = {}
    for name, file in pairs(modules) do
      if type(file) == "string" then
        files[file] = true
        assert.equal(name, (file:gsub("^lua/", ""):gsub("%.lua$", "")
          :gsub("/init$", ""):gsub("/", ".")))
      end
    end
    assert.same(cmake_list("RACKSPACE_LUA_FILES", "lua/"), files)
  end)

  it("takes every Lua from 5.1 to 5.5", function()
    assert.equal("lua >= 5.1, < 5.6", load_rockspec().dependencies[1])
  end)
end)

describe("the version", function()
  it("is the same wherever it stands", function()
    local version = rackspace._VERSION
    assert.is_truthy(version:find("^%d+%.%d+%.%d+$"))
    assert.equal(version, core._VERSION)
    local defined
    local defines = load_rockspec().build.modules["rackspace.core"].defines
    for _, define in ipairs(defines) do
      defined = define:match('^RACKSPACE_VERSION="(.*)"$') or defined
    end
    assert.equal(version, defined)
    assert.equal(("rackspace %s"):format(version), support.output(
      support.quote(support.program) .. " --version"):match("^rackspace %S+"))
    assert.is_truthy(support.read("src/rackspace.h")
      :find('"' .. version .. '"', 1, true))
  end)
end)
