--- home_spec.lua - the folders where a program keeps a user's files
-- SPDX-License-Identifier: MIT
local home = require("rackspace.base.home")

local function folder(variable, values)
  return home.folder(variable, function(name) return values[name] end)
end

describe("a user's folder", function()
  it("is where the variable says, or else below the home", function()
    assert.equal("/cache/rackspace",
      folder("XDG_CACHE_HOME", { XDG_CACHE_HOME = "/cache", HOME = "/home/a" }))
    assert.equal("/home/a/.cache/rackspace", folder("XDG_CACHE_HOME",
      { XDG_STATE_HOME = "/state", HOME = "/home/a" }))
    assert.equal("/home/a/.local/state/rackspace",
      folder("XDG_STATE_HOME", { HOME = "/home/a" }))
  end)

  it("is none that depends on where the program was started", function()
    assert.equal("/home/a/.cache/rackspace",
      folder("XDG_CACHE_HOME", { XDG_CACHE_HOME = "cache", HOME = "/home/a" }))
    assert.is_nil(folder("XDG_CACHE_HOME", { XDG_CACHE_HOME = "", HOME = "here" }))
    assert.is_nil(folder("XDG_STATE_HOME", {}))
  end)
end)
