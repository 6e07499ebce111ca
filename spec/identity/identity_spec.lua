--- identity_spec.lua - who a session is, against the sandbox over HTTP
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local rackspace = require("rackspace")
local sandbox = require("spec.support.sandbox")
local strings = require("spec.support.strings")
local stub = require("spec.support.stub")

describe("identity", function()
  local service, rs

  setup(function()
    service = sandbox.start()
  end)

  teardown(child.close_all)

  local function open(settings)
    rs = assert(rackspace.new(service:settings(settings)))
    return rs
  end

  local function user(number)
    return service.users[number]
  end

  after_each(function()
    if rs then
      rs:close()
    end
  end)

  it("logs in by API key, and tells who that is, without the token", function()
    local access = assert(open().identity:login())
    assert.equal("demo", access.user.name)
    assert.is_true(rackspace.time(access.token.expires) > os.time())
    assert.is_nil(access.token.id)
    assert.is_false(strings.shows(access, rs.auth.secret:reveal()))
    assert.equal(200, rs:meta(access).status)
    assert.equal("identity.login", rs:meta(access).operation)
  end)

  it("logs in by password", function()
    local access = assert(open{ api_key = false, password = user(1).password }.identity:login())
    assert.equal("demo", access.user.name)
    assert.equal("PASSWORD", access.token["RAX-AUTH:authenticatedBy"][1])
  end)

  it("logs in by a token and its tenant", function()
    local first = open()
    local tenant = assert(first.identity:login()).token.tenant.id
    local token = first.auth.secret
    first:close()
    local access = assert(open{ username = false, api_key = false, token = token,
      tenant = tenant }.identity:login())
    assert.equal("demo", access.user.name)
    assert.equal(tenant, access.token.tenant.id)
  end)

  it("takes a token alone as it is", function()
    local first = open()
    first.identity:login()
    local token = first.auth.secret
    first:close()
    assert(open{ username = false, api_key = false, token = token }.accounts:get("CLOUD/10101"))
    assert.equal("demo", assert(rs.identity:validate()).user.name)
  end)

  it("asks for one more factor where the user has it", function()
    local factor
    open{ username = user(3).username, api_key = false, password = user(3).password,
      passcode = function(name)
        factor = name
        return user(3).passcode
      end }
    assert.equal(user(3).username, assert(rs.identity:login()).user.name)
    assert.equal("PASSCODE", factor)
    rs:close()
    open{ username = user(3).username, api_key = false, password = user(3).password }
    local access, message, err = rs.identity:login()
    assert.is_nil(access)
    assert.equal("auth", err.kind)
    assert.matches("set `passcode`", message, 1, true)
  end)

  it("refuses wrong credentials, as the service puts it", function()
    local access, message, err = open{ api_key = "wrong" }.identity:login()
    assert.is_nil(access)
    assert.equal("auth", err.kind)
    assert.equal(401, err.status)
    assert.equal("unauthorized", err.code)
    assert.matches("^identity%.login: 401 Unable to authenticate user", message)
    assert.is_string(err.request_id)
  end)

  it("refuses a user who is disabled", function()
    local _, _, err = open{ username = user(4).username, api_key = user(4).api_key }
      .identity:login()
    assert.equal("forbidden", err.kind)
    assert.equal("userDisabled", err.code)
  end)

  it("validates the session's token, logging in for it when there is none yet", function()
    local access = assert(open().identity:validate())
    assert.equal("demo", access.user.name)
    assert.is_nil(access.token.id)
    assert.equal("identity.validate", rs:meta(access).operation)
  end)

  it("revokes the token, and the next call logs in again", function()
    open()
    assert(rs.accounts:get("CLOUD/10101"))
    local before = rs.auth.secret
    assert.is_true(rs.identity:revoke())
    assert.is_nil(rs.auth.secret)
    assert(rs.accounts:get("CLOUD/10101"))
    assert.are_not.equal(before, rs.auth.secret)
    rs:close()
    local _, _, err = open{ username = false, api_key = false, token = before }
      .accounts:get("CLOUD/10101")
    assert.equal("auth", err.kind)
  end)

  it("tells the tenants, which are other ones for another user", function()
    local mine = assert(open().identity:tenants())
    assert.is_true(#mine > 1)
    assert.is_string(mine[1].id)
    rs:close()
    local theirs = assert(open{ username = user(2).username, api_key = user(2).api_key }
      .identity:tenants())
    local seen = {}
    for _, tenant in ipairs(theirs) do
      seen[tenant.id] = true
    end
    local others = 0
    for _, tenant in ipairs(mine) do
      others = others + (seen[tenant.id] and 0 or 1)
    end
    assert.is_true(others > 0)
  end)
end)

describe("a token in a path", function()
  it("is encoded", function()
    local rs, requests = stub.session(function()
      return stub.reply(200, { access = { token = { id = "x" }, user = { name = "n" } } })
    end, { token = "a/b?c d" })
    assert.equal("n", assert(rs.identity:validate()).user.name)
    assert.equal("http://localhost/v2.0/tokens/a%2Fb%3Fc%20d", requests[1].url)
  end)

  it("may be answered with less than was promised", function()
    for body, kind in pairs{ ['{"access":{}}'] = false, ['{"access":{"token":5}}'] = false,
      ["{}"] = "protocol" } do
      local rs = stub.session(function() return stub.reply(200, body) end)
      local access, _, err = rs.identity:validate()
      if kind then
        assert.equal(kind, err.kind)
      else
        assert.same({}, access.token)
      end
    end
  end)
end)
