--- systems_spec.lua - the page of what runs where has the versions that are here
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("spec.support.file")
local support = require("spec.sandbox.support")

describe("doc/systems.md", function()
  --- The row of this system; nil, and the spec is pending, where it has none.
  local function row()
    local system = support.output(". /etc/os-release && printf '%s %s, %s' \"$ID\" "
      .. '"$VERSION_ID" "$(dpkg --print-architecture 2>/dev/null)"')
    for line in file.read("doc/systems.md"):gmatch("[^\n]+") do
      if line:lower():find("| " .. system .. " |", 1, true) then
        return line
      end
    end
    return pending("the page has no row for " .. system)
  end

  --- The version of an interpreter by its own word; nothing without it.
  local function version_of(interpreter)
    return support.output(interpreter .. " -v 2>&1 || true"):match("^Lua%w* [%w.-]*")
  end

  it("has the libcurl of this system", function()
    local text = row()
    if text then
      local version = core.library:match("libcurl/([%d.]+)")
      assert.truthy(text:find("libcurl " .. version .. ",", 1, true), text)
    end
  end)

  it("has the Luas of this system", function()
    local text = row()
    for _, name in ipairs(text and { "lua5.1", "lua5.2", "lua5.3", "lua5.4", "luajit" } or {}) do
      local version = version_of(name)
      if version then
        assert.truthy(text:find(version .. ",", 1, true), version)
      end
    end
  end)
end)
