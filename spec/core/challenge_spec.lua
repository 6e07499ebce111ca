--- challenge_spec.lua - WWW-Authenticate headers
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

-- As one value, since it may give none at all.
local function read(value)
  local challenge = core.challenge(value)
  return challenge
end

describe("core.challenge", function()
  it("reads what asks for a passcode", function()
    assert.same({
      scheme = "OS-MF",
      parameters = { sessionId = "eyJhbGciOi-_J9==", factor = "PASSCODE" },
    }, read("OS-MF sessionId='eyJhbGciOi-_J9==', factor='PASSCODE'"))
  end)

  it("reads a bare value", function()
    assert.same({
      scheme = "Keystone", parameters = { uri = "https://identity.example.com/v2.0" },
    }, read("Keystone uri=https://identity.example.com/v2.0"))
  end)

  it("reads double quotes", function()
    assert.same({ scheme = "Basic", parameters = { realm = "a, b='c'", charset = "UTF-8" } },
      read('Basic realm="a, b=\'c\'", charset="UTF-8"'))
    assert.same({ scheme = "Basic", parameters = { realm = 'a \\"b\\"', x = "" } },
      read([[Basic realm="a \"b\"", x=""]]))
  end)

  it("reads a scheme alone", function()
    assert.same({ scheme = "Negotiate", parameters = {} }, read("Negotiate"))
  end)

  it("stops at what it cannot read", function()
    assert.same({ scheme = "Basic", parameters = { realm = "x" } },
      read('Basic realm="x", Bearer realm="y"'))
    assert.same({ scheme = "Basic", parameters = {} }, read('Basic realm="x'))
    assert.same({ scheme = "Basic", parameters = { a = "b\0c" } }, read("Basic a=b\0c, \0=d"))
  end)

  it("gives nil where there is no scheme", function()
    for _, value in ipairs({ "", " ", ",", "='x'", "realm='x'", "\0", '"Basic" realm="x"' }) do
      assert.is_nil(read(value))
    end
    assert.has_error(function() core.challenge() end)
    assert.has_error(function() core.challenge({}) end)
  end)
end)
