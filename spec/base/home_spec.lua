--- home_spec.lua - the folders that hold a user's files
-- SPDX-License-Identifier: MIT
local home = require("rackspace.base.home")

local function folder(variable, values)
  return home.folder(variable, function(name) return values[name] end)
end

describe("home.folder", function()
  it("is where the variable says, or else below HOME", function()
    for variable, default in pairs{ XDG_CACHE_HOME = ".cache",
      XDG_CONFIG_HOME = ".config", XDG_STATE_HOME = ".local/state" } do
      assert.equal("/there/rackspace",
        folder(variable, { [variable] = "/there", HOME = "/home/a" }))
      assert.equal("/home/a/" .. default .. "/rackspace",
        folder(variable, { XDG_OTHER_HOME = "/there", HOME = "/home/a" }))
    end
  end)

  it("takes no path that depends on the working directory", function()
    for _, path in ipairs{ "", ".", "here", "./here", "../here", "~/here" } do
      assert.equal("/home/a/.config/rackspace",
        folder("XDG_CONFIG_HOME", { XDG_CONFIG_HOME = path, HOME = "/home/a" }))
      assert.is_nil(folder("XDG_CONFIG_HOME", { XDG_CONFIG_HOME = path, HOME = path }))
    end
    assert.is_nil(folder("XDG_STATE_HOME", {}))
  end)

  it("has no slashes too many", function()
    assert.equal("/home/a/.cache/rackspace", folder("XDG_CACHE_HOME", { HOME = "/home/a//" }))
    assert.equal("/rackspace", folder("XDG_CACHE_HOME", { XDG_CACHE_HOME = "/" }))
    assert.equal("/.cache/rackspace", folder("XDG_CACHE_HOME", { HOME = "/" }))
  end)
end)

describe("home.file", function()
  local function path(value)
    return home.file(".rack/config", function(name) return name == "HOME" and value or nil end)
  end

  it("is below HOME, when that is a folder's whole path", function()
    assert.equal("/home/a/.rack/config", path("/home/a"))
    for _, value in ipairs{ "", ".", "home" } do
      assert.is_nil(path(value))
    end
    assert.is_nil(path(nil))
  end)
end)
