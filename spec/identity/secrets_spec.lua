--- secrets_spec.lua - Identity's operations whose answers hold secrets
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local sandbox = { new = require("rackspace").sandbox }
local strings = require("spec.support.strings")
local stub = require("spec.support.stub")

-- A session of a sandbox's user; with a password, or an API key.
local function as(box, number, settings)
  local user = box:describe().users[number]
  settings = settings or { api_key = user.api_key }
  settings.sandbox, settings.username = box, user.username
  return assert(rackspace.new(settings)), user
end

describe("rs.identity:passcode", function()
  local box, rs, user

  before_each(function()
    box = sandbox.new()
    local password = box:describe().users[3].password
    rs, user = as(box, 3, { password = password })
  end)

  it("completes the log-in that asked for one more factor", function()
    local _, message, err = rs.accounts:get("CLOUD/10101")
    assert.equal("auth", err.kind)
    assert.equal("PASSCODE", err.challenge.factor)
    assert.equal("<secret>", tostring(err.challenge.session))
    assert.matches("rs.identity:passcode", message, 1, true)
    local access = assert(rs.identity:passcode(user.passcode))
    assert.equal("careful", access.user.name)
    assert.is_nil(access.token.id)
    assert.equal("10101", assert(rs.accounts:get("CLOUD/10101")).id)
    assert.equal(2, box:count("identity.authenticate"))
  end)

  it("can be tried again, and is over then", function()
    rs.identity:login()
    local _, _, err = rs.identity:passcode("7654321")
    assert.equal("auth", err.kind)
    assert.equal(401, err.status)
    assert(rs.identity:passcode(user.passcode))
    local value, message = rs.identity:passcode(user.passcode)
    assert.is_nil(value)
    assert.equal("identity.passcode: no log-in waits for a passcode", message)
  end)

  it("needs a log-in that waits, and a text", function()
    assert.equal("auth", select(3, rs.identity:passcode("1234567")).kind)
    assert.matches("'code' is missing", raises(function() rs.identity:passcode() end))
    assert.matches("'code' must be a string", raises(function() rs.identity:passcode(1) end))
    assert.equal(0, box:count("identity.authenticate"))
  end)
end)

describe("rs.identity:setup_mfa", function()
  local NEWCOMER = 6

  it("is what a log-in leads to whose user must set up multi-factor", function()
    local box = sandbox.new()
    local rs, user = as(box, NEWCOMER,
      { password = box:describe().users[NEWCOMER].password })
    local value, message, err = rs.accounts:get("CLOUD/10101")
    assert.is_nil(value)
    assert.same({ "forbidden", 403, "forbidden" }, { err.kind, err.status, err.code })
    assert.matches("^identity%.login: 403 User must setup multi%-factor; " ..
      "rs%.identity:setup_mfa gives a token to do that with %(request ", message)
    assert.is_nil(err.challenge)
    assert.equal("identity.authenticate",
      select(3, rs.identity:authenticate()).operation)

    local setup = assert(rs.identity:setup_mfa())
    assert.equal("<secret>", tostring(setup.token))
    assert.equal("newcomer", setup.user.name)
    assert.is_number(rackspace.time(setup.expires))
    assert.equal("identity.setup_mfa", rs:meta(setup).operation)
    assert.is_false(strings.shows(setup, setup.token:reveal()))
    assert.is_nil(rs.auth.secret)
    assert.equal("forbidden", select(3, rs.identity:validate()).kind)
    rs:close()
    assert.equal("10101", assert(as(box, NEWCOMER).accounts:get("CLOUD/10101")).id)
    assert.equal(user.username, assert(as(box, NEWCOMER).identity:whoami()).user.name)
  end)

  it("gives a token that no other call takes", function()
    local box = sandbox.new()
    local rs = as(box, NEWCOMER, { password = box:describe().users[NEWCOMER].password })
    local token = assert(rs.identity:setup_mfa()).token
    local scoped = assert(rackspace.new{ sandbox = box, token = token })
    for service, name in pairs{ accounts = "list", tickets = "list", identity = "tenants" } do
      local result, message, err = scoped[service][name](scoped[service])
      if err == nil then
        result, message, err = result:totable()
      end
      assert.is_nil(result)
      assert.equal("forbidden", err.kind)
      assert.matches("403 the token is good for setting up multi-factor only", message, 1, true)
    end
  end)

  it("sends the documented body, and wants a password", function()
    local rs, requests = stub.session(function()
      return stub.reply(200, { access = { token = { id = "abcdefgh", expires = "x" },
        user = { name = "a" } } })
    end, { token = false, username = 'a"b', password = "p\\w\"d!" })
    local setup = assert(rs.identity:setup_mfa())
    assert.same({ "abcdefgh", "x" }, { setup.token:reveal(), setup.expires })
    local sent = requests[1]
    assert.equal("POST http://localhost/v2.0/tokens", sent.method .. " " .. sent.url)
    assert.is_nil(sent.headers["X-Auth-Token"])
    local body = type(sent.body) == "userdata" and sent.body:reveal() or sent.body
    assert.same({ auth = { ["RAX-AUTH:scope"] = "SETUP-MFA",
      passwordCredentials = { username = 'a"b', password = "p\\w\"d!" } } }, json.decode(body))
    local _, message, err = stub.session(nil).identity:setup_mfa()
    assert.equal("config", err.kind)
    assert.equal("identity.setup_mfa: it takes a username and a password", message)
  end)

  it("tells of an answer without a token, and repeats no password", function()
    local rs = stub.session(function()
      return stub.reply(200, { access = { token = {} } })
    end, { token = false, username = "a", password = "pass-word" })
    assert.equal("protocol", select(3, rs.identity:setup_mfa()).kind)
    rs = stub.session(function()
      return stub.reply(401, { f = { message = "not pass-word" } })
    end, { token = false, username = "a", password = "pass-word" })
    local _, message = rs.identity:setup_mfa()
    assert.equal("identity.setup_mfa: 401 not <secret>", message)
  end)
end)

describe("rs.identity:whoami", function()
  it("tells user, roles, region, tenant, expiry and catalog, without a call", function()
    local box = sandbox.new()
    local rs = as(box, 1)
    local me = assert(rs.identity:whoami())
    assert.equal("demo", me.user.name)
    assert.same({ "identity:user-admin", "ticketing:admin" }, me.roles)
    assert.equal("ORD", me.region)
    assert.equal("10101", me.tenant.id)
    assert.is_number(rackspace.time(me.expires))
    assert.equal("rax:feeds", me.catalog[1].type)
    assert.is_nil(me.impersonator)
    assert.equal(0, box:count("identity.validate"))
    assert.equal(200, rs:meta(me).status)
    assert.is_false(strings.shows(me, rs.auth.secret:reveal()))
  end)

  it("asks the service when there is only a token", function()
    local box = sandbox.new()
    local rs = as(box, 1)
    assert(rs.identity:login())
    local token = rs.auth.secret
    local other = assert(rackspace.new{ sandbox = box, token = token })
    local me = assert(other.identity:whoami())
    assert.equal("demo", me.user.name)
    assert.equal("cloudFeeds", me.catalog[1].name)
    assert.equal("ORD", me.catalog[1].endpoints[1].region)
    assert.equal(1, box:count("identity.validate"))
    assert.is_false(strings.shows(me, token:reveal()))
  end)

  it("does without a catalog that it may not have, and without a region", function()
    local status = 403
    local rs = stub.session(function(request)
      return request.url:find("endpoints") and stub.reply(status) or stub.reply(200, { access = {
        token = { id = stub.TOKEN, expires = "2030-01-01T00:00:00Z" },
        user = { name = "x", ["rax-auth:defaultRegion"] = "" } } })
    end)
    local me = assert(rs.identity:whoami())
    assert.is_nil(me.catalog)
    assert.is_nil(me.region)
    assert.same({}, me.roles)
    status = 503
    assert.equal("server", select(3, rs.identity:whoami()).kind)
    local refused = stub.session(function() return stub.reply(404) end)
    assert.equal("not_found", select(3, refused.identity:whoami()).kind)
  end)
end)

describe("rs.identity", function()
  local box, rs

  before_each(function()
    box = sandbox.new()
    rs = as(box, 1)
  end)

  it("finds users by name, id, record and address", function()
    assert.equal(5, #assert(rs.identity:users()))
    local second = assert(rs.identity:user{ name = "second" })
    assert.equal("100002", second.id)
    assert.same(second, rs.identity:user_by_id(second))
    assert.same(second, rs.identity:user_by_id(100002))
    assert.same({ second }, rs.identity:users{ email = second.email })
    assert.equal("not_found", select(3, rs.identity:user{ name = "nobody" }).kind)
    assert.equal("not_found", select(3, rs.identity:user_by_id("1")).kind)
    assert.matches("'name' is missing", raises(function() rs.identity:user() end))
  end)

  it("shows others to administrators only", function()
    local second = as(box, 2)
    local list = assert(second.identity:users())
    assert.equal("second", list[1].username)
    assert.is_nil(list[2])
    for _, call in ipairs{
      function() return second.identity:user{ name = "demo" } end,
      function() return second.identity:user_by_id("100001") end,
      function() return second.identity:credentials("100001") end,
      function() return second.identity:api_key("100001") end,
      function() return rs.identity:api_key("100005") end,
    } do
      assert.equal("forbidden", select(3, call()).kind)
    end
    assert(second.identity:credentials("100002"))
  end)

  it("gives keys as secrets that log in", function()
    local key = box:describe().users[2].api_key
    local list = assert(rs.identity:credentials("100002"))
    local one = assert(rs.identity:api_key("100002"))
    for _, found in ipairs{ list[1], one } do
      assert.equal("second", found.username)
      assert.equal("<secret>", tostring(found.apiKey))
      assert.equal(key, found.apiKey:reveal())
      assert.is_false(strings.shows(found, key))
    end
    local second = assert(rackspace.new{ sandbox = box, username = "second",
      api_key = one.apiKey })
    assert.equal("second", assert(second.identity:whoami()).user.name)
  end)

  it("keeps every kind of credentials secret", function()
    local session = stub.session(function()
      return stub.reply(200, { credentials = { { passwordCredentials = { username = "x",
        password = "pass-word" } } } })
    end)
    local list = assert(session.identity:credentials("1"))
    assert.equal("pass-word", list[1].password:reveal())
    assert.is_false(strings.shows(list, "pass-word"))
  end)

  it("lists the endpoints of its token", function()
    local list = assert(rs.identity:endpoints())
    assert.equal("rax:feeds", list[1].type)
    assert.equal(1, list[1].id)
    assert.equal(1, box:count("identity.endpoints"))
  end)
end)

describe("rs.identity:impersonate", function()
  it("gives a Racker a token of another user, for as long as was asked", function()
    local box = sandbox.new()
    local racker = as(box, 5)
    local given = assert(racker.identity:impersonate{ username = "second",
      expire_in_seconds = 100 })
    assert.equal("<secret>", tostring(given.token))
    assert.is_true(math.abs(rackspace.time(given.expires) - box:time() - 100) < 5)
    local second = assert(rackspace.new{ sandbox = box, token = given.token })
    local me = assert(second.identity:whoami())
    assert.equal("second", me.user.name)
    assert.equal("racker", me.impersonator.name)
    assert.is_nil(me.tenant)
    assert.equal("not_found", select(3, second.accounts:get("CLOUD/10101")).kind)
    box:advance(101)
    assert.equal("auth", select(3, second.accounts:get("CLOUD/10101")).kind)
  end)

  it("is for Rackers, and of users that can log in", function()
    local box = sandbox.new()
    local _, message, err = as(box, 1).identity:impersonate{ username = "second" }
    assert.equal("forbidden", err.kind)
    assert.matches("this takes the role Racker (", message, 1, true)
    local identity = as(box, 5).identity
    assert.equal("not_found", select(3, identity:impersonate{ username = "x" }).kind)
    assert.equal("userDisabled", select(3, identity:impersonate{ username = "disabled" }).code)
    assert.equal("invalid", select(3, identity:impersonate{ username = "second",
      expire_in_seconds = 1000000 }).kind)
    assert.matches("'username' is missing", raises(function() identity:impersonate{} end))
  end)

  it("sends the documented body, and wants a token", function()
    local answer = { access = { token = { id = "abcdefgh", expires = "x" } } }
    local rs, requests = stub.session(function() return stub.reply(200, answer) end)
    local given = assert(rs.identity:impersonate{ username = "a", expire_in_seconds = 10800 })
    assert.is_false(strings.shows(given, "abcdefgh"))
    assert.same({ ["RAX-AUTH:impersonation"] = { user = { username = "a" },
      ["expire-in-seconds"] = 10800 } }, json.decode(requests[1].body))
    assert.equal("http://localhost/v2.0/RAX-AUTH/impersonation-tokens", requests[1].url)
    answer.access.token.id = nil
    assert.equal("protocol", select(3, rs.identity:impersonate{ username = "a" }).kind)
  end)
end)
