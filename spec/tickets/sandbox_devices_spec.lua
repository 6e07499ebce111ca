--- sandbox_devices_spec.lua - what tickets can be about
-- SPDX-License-Identifier: MIT
local devices = require("rackspace.tickets.sandbox.devices")
local sandbox = { new = require("rackspace").sandbox }
local users = require("rackspace.sandbox.users")

describe("the devices", function()
  local box = sandbox.new()

  local function find(query, user)
    return devices.find(box, { query = query, base = "http://x",
      user = users.by_name[user or "demo"] })
  end

  it("belong to the dedicated accounts that the user sees", function()
    local all, mine = find{ status = "all" }, find({ status = "all" }, "second")
    assert.is_true(#mine > 0 and #mine < #all)
    for _, device in ipairs(all) do
      assert.is_truthy(device.accountId:find("^hybrid:%d+$"))
      assert.equal("http://x/resources/" .. device.id, device._links.self)
    end
  end)

  it("are found by any of their texts", function()
    local one = find{}[5]
    for _, text in ipairs{ one.id, one.name:upper(), one.network.privateIp } do
      local found = find{ q = text }
      assert.same(one, found[1])
    end
    assert.equal(0, #find{ q = "no such device" })
    for _, device in ipairs(find{ q = one.location }) do
      assert.equal(one.location, device.location)
    end
  end)

  it("are online, offline or both", function()
    local on, off = find{ status = "online" }, find{ status = "offline" }
    assert.is_true(#on > 0 and #off > 0)
    assert.equal(#on + #off, #find{ status = "all" })
    assert.same(on, find{})
  end)

  it("come in the order that is asked for", function()
    for _, key in ipairs{ "id", "name" } do
      local up = find{ sortBy = key, sort = "asc" }
      local down = find{ sortBy = key, sort = "desc" }
      for i = 2, #up do
        assert.is_true(up[i - 1][key] < up[i][key])
        assert.equal(up[i].id, down[#up - i + 1].id)
      end
    end
  end)
end)
