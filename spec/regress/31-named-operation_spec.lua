--- 31-named-operation_spec.lua - an error names the operation that was called
-- SPDX-License-Identifier: MIT
local stub = require("spec.support.stub")

local KEYS = { token = false, username = "someone", api_key = "0123456789abcdef" }

--- A session to which everything is answered with one status.
local function failing(status, settings)
  return (stub.session(function()
    return stub.reply(status, { fault = { code = status, message = "The reason." } },
      { ["x-trans-id"] = "r-1" })
  end, settings))
end

local function check(operation, value, message, err)
  assert.is_nil(value)
  assert.equal(operation .. ": 503 The reason. (request r-1)", message)
  assert.equal(message, tostring(err))
  assert.equal(operation, err.operation)
  assert.equal("server", err.kind)
  assert.equal(503, err.status)
  assert.equal("r-1", err.request_id)
end

describe("an error on the way of", function()
  it("identity.authenticate names that, and identity.login itself", function()
    check("identity.authenticate", failing(503, KEYS).identity:authenticate())
    check("identity.login", failing(503, KEYS).identity:login())
  end)

  it("identity.whoami names that", function()
    check("identity.whoami", failing(503).identity:whoami())
  end)

  it("identity.passcode names that, and keeps the challenge", function()
    local rs = stub.session(function(_, count)
      return stub.reply(count == 1 and 401 or 503, { f = { message = "The reason." } },
        { ["x-trans-id"] = "r-1", ["www-authenticate"] = count == 1 and
          "OS-MF sessionId='a-session', factor='PASSCODE'" or nil })
    end, { token = false, username = "someone", password = "a-password" })
    local _, _, err = rs.identity:authenticate()
    assert.equal("identity.authenticate", err.operation)
    assert.equal("PASSCODE", err.challenge.factor)
    check("identity.passcode", rs.identity:passcode("1234567"))
  end)

  it("email_customers.create names that, when it only looks", function()
    local rs = failing(503, { email = { user_key = "a-key", secret_key = "a-secret" } })
    check("email_customers.create", rs.email_customers:create{ name = "a" })
  end)

  it("any other call is the log-in's, when that failed", function()
    check("identity.login", failing(503, KEYS).tickets:categories())
  end)
end)
