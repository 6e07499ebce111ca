--- sandbox_keys_spec.lua - the sandbox's limits of Email & Apps calls
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local keys = require("rackspace.email_customers.sandbox.keys")
local sandbox = { new = require("rackspace").sandbox }
local users = require("rackspace.sandbox.users")

local demo, second = users.by_name.demo, users.by_name.second

describe("the keys of Email & Apps", function()
  local now, box

  before_each(function()
    now = 1700000000
    box = sandbox.new{ clock = function() return now end }
  end)

  local function count_passed(user, method, calls)
    local passed = 0
    for _ = 1, calls do
      passed = passed + (keys.is_throttled(box, user, method) and 0 or 1)
    end
    return passed
  end

  it("have sixty reads and thirty writes a minute each", function()
    assert.equal(60, count_passed(demo, "GET", 70))
    assert.equal(30, count_passed(demo, "POST", 25) + count_passed(demo, "DELETE", 15))
    assert.equal(60, count_passed(second, "GET", 61))
  end)

  it("stay blocked while they are hammered with, and no longer", function()
    count_passed(demo, "GET", 100)
    for _ = 1, 5 do
      now = now + 30
      assert.equal(0, count_passed(demo, "GET", 61))
    end
    now = now + 60
    assert.equal(60, count_passed(demo, "GET", 61))
  end)

  it("have none where limits are off", function()
    box = sandbox.new{ limits = false }
    assert.equal(500, count_passed(demo, "GET", 500))
  end)

  it("sign calls", function()
    local signed = core.signature(demo.email.user_key, "agent", "20240229235959",
      demo.email.secret_key):reveal()
    local function signer(agent, text)
      return keys.signer{ headers = { ["user-agent"] = agent, ["x-api-signature"] = text } }
    end
    assert.equal(demo, signer("agent", signed))
    assert.is_nil(signer("Agent", signed))
    assert.is_nil(signer(nil, signed))
    assert.is_nil(signer("agent", nil))
  end)
end)
