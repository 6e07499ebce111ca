--- 50-no-coroutine-at-load_spec.lua - hosts that refuse coroutines while they
-- load modules, as nginx does at a worker's start, could not load the library
-- SPDX-License-Identifier: MIT
local name = "rackspace.task.yield"

-- Loads the module anew where coroutine.create raises.
local function load_without_coroutines()
  local create, loaded = coroutine.create, package.loaded[name]
  coroutine.create = function() error("disabled here", 0) end -- luacheck: ignore 122
  package.loaded[name] = nil
  local ok, module = pcall(require, name)
  coroutine.create, package.loaded[name] = create, loaded -- luacheck: ignore 122
  assert(ok, module)
  return module
end

describe("the library", function()
  it("loads where no coroutine can be made", function()
    local before = require(name)
    local fresh = load_without_coroutines()
    assert.equal(before, require(name))
    assert.equal(before.protected == pcall, fresh.protected == pcall)
  end)
end)
