--- auth_spec.lua - gets and renews a session's token
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local json = require("rackspace.base.json")
local peer = require("spec.support.peer")
local rackspace = require("rackspace")
local sandbox = require("spec.support.sandbox")
local strings = require("spec.support.strings")
local stub = require("spec.support.stub")

local KEY = { token = false, username = "demo", api_key = "the-api-key" }

local function is_login(request)
  return request.operation == "identity.login"
end

local function token_of(request)
  local token = request.headers["X-Auth-Token"]
  return token and token:reveal()
end

local function iso(seconds)
  return os.date("!%Y-%m-%dT%H:%M:%S.000Z", seconds)
end

-- Returns settings of a user with an API key, and `more`.
local function with_key(more)
  local settings = {}
  for _, source in ipairs{ KEY, more or {} } do
    for name, value in pairs(source) do
      settings[name] = value
    end
  end
  return settings
end

-- Returns a date in HTTP's format. The specs' clocks start in November 2023.
local function http_date(seconds)
  return os.date("!%a, %d %b %Y %H:%M:%S GMT", seconds)
end

-- A stub whose log-ins return a new token each, with this life by `clock`.
local function issuer(clock, life, answer)
  local issued = 0
  return function(request, count)
    if is_login(request) then
      issued = issued + 1
      return stub.access("token-" .. issued, iso(clock.now + life))
    end
    return answer and answer(request, count) or stub.reply(200, { id = "1" })
  end
end

describe("a log-in", function()
  local clock

  before_each(function()
    clock = stub.clock()
  end)

  it("happens on first use, and not again while its token lives", function()
    local rs, requests = stub.session(issuer(clock, 86400), with_key{ clock = clock })
    assert.equal(0, #requests)
    assert(rs.accounts:get("CLOUD/1"))
    assert(rs.accounts:get("CLOUD/2"))
    assert.equal(3, #requests)
    assert.equal("POST", requests[1].method)
    assert.equal("http://localhost/v2.0/tokens", requests[1].url)
    assert.is_nil(requests[1].headers["X-Auth-Token"])
    assert.equal("token-1", token_of(requests[2]))
    assert.equal("token-1", token_of(requests[3]))
  end)

  local function body_of(settings)
    local rs, requests = stub.session(issuer(clock, 86400), settings)
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal("<secret>", tostring(requests[1].body))
    assert.equal("application/json", requests[1].headers["Content-Type"])
    return json.decode(requests[1].body:reveal())
  end

  it("is by API key, by password or by token and tenant", function()
    assert.same({ auth = { ["RAX-KSKEY:apiKeyCredentials"] =
      { username = "demo", apiKey = "the-api-key" } } }, body_of(with_key()))
    assert.same({ auth = { passwordCredentials = { username = 'a"b\\c', password = ' p"\\é\t' } } },
      body_of{ token = false, username = 'a"b\\c', password = ' p"\\é\t' })
    assert.same({ auth = { token = { id = "old" }, tenantId = "123" } },
      body_of{ token = "old", tenant = 123 })
    assert.same({ auth = { ["RAX-KSKEY:apiKeyCredentials"] =
      { username = "demo", apiKey = "the-api-key" }, tenantId = "hybrid:1" } },
      body_of(with_key{ tenant = "hybrid:1" }))
  end)

  it("is repeated shortly before the token's end, and not earlier", function()
    local rs, requests = stub.session(issuer(clock, 86400), with_key{ clock = clock })
    assert(rs.accounts:get("CLOUD/1"))
    clock.now = clock.now + 86400 - 601
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal(3, #requests)
    clock.now = clock.now + 2
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal(5, #requests)
    assert.is_true(is_login(requests[4]))
    assert.equal("token-2", token_of(requests[5]))
  end)

  it("is not made for each call when tokens are short-lived", function()
    local rs, requests = stub.session(issuer(clock, 100), with_key{ clock = clock })
    assert(rs.accounts:get("CLOUD/1"))
    clock.now = clock.now + 89
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal(3, #requests)
    clock.now = clock.now + 2
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal(5, #requests)
  end)

  it("is not repeated for a date that is odd or past by this clock", function()
    for _, expires in ipairs{ iso(clock.now - 5), "tomorrow", 5, { 1 }, false } do
      local rs, requests = stub.session(function(request)
        return is_login(request) and stub.access("token-x", expires) or
          stub.reply(200, { id = "1" })
      end, with_key{ clock = clock })
      assert(rs.accounts:get("CLOUD/1"))
      assert(rs.accounts:get("CLOUD/1"))
      assert.equal(3, #requests)
    end
  end)

  it("is repeated by the service's clock, however wrong this one is", function()
    for _, skew in ipairs{ 5 * 3600, -5 * 3600, 40 * 86400 } do
      local issued = 0
      local rs, requests = stub.session(function(request)
        if is_login(request) then
          issued = issued + 1
          local now = clock.now + skew
          return stub.access("token-" .. issued, iso(now + 86400), http_date(now))
        end
        return stub.reply(200, { id = "1" })
      end, with_key{ clock = clock })
      assert(rs.accounts:get("CLOUD/1"))
      clock.now = clock.now + 86400 - 601
      assert(rs.accounts:get("CLOUD/1"))
      assert.equal(3, #requests)
      clock.now = clock.now + 2
      assert(rs.accounts:get("CLOUD/1"))
      assert.equal("token-2", token_of(requests[5]))
      assert.equal(5, #requests)
    end
  end)

  -- A stub that issues one token, for a day, and then refuses the user.
  local function one_token()
    return stub.session(function(request, count)
      if is_login(request) and count > 1 then
        return stub.reply(403, { userDisabled = { message = "User is disabled." } })
      end
      return is_login(request) and stub.access("token-1", iso(clock.now + 86400)) or
        stub.reply(200, { id = "1" })
    end, with_key{ clock = clock })
  end

  it("that fails while the token is good is a warning, and tried again later", function()
    local rs, requests = one_token()
    local warnings = stub.warnings(rs)
    assert(rs.accounts:get("CLOUD/1"))
    clock.now = clock.now + 86400 - 300
    assert(rs.accounts:get("CLOUD/2"))
    assert.equal("token-1", token_of(requests[4]))
    assert(rs.accounts:get("CLOUD/3"))
    assert.equal(5, #requests)
    assert.same({ "the token can't be renewed yet: identity.login: 403 User is disabled." },
      warnings)
    clock.now = clock.now + 61
    assert(rs.accounts:get("CLOUD/4"))
    assert.equal(7, #requests)
    assert.equal(2, #warnings)
  end)

  it("that fails when the token has ended is what the call reports", function()
    local rs, requests = one_token()
    local warnings = stub.warnings(rs)
    assert(rs.accounts:get("CLOUD/1"))
    clock.now = clock.now + 86400
    local _, message = rs.accounts:get("CLOUD/2")
    assert.equal("identity.login: 403 User is disabled.", message)
    assert.equal(3, #requests)
    assert.same({}, warnings)
  end)

  it("is repeated once when a token is refused, and the call with it", function()
    local rs, requests = stub.session(issuer(clock, 86400, function(request)
      return token_of(request) == "token-1" and stub.reply(401) or nil
    end), with_key{ clock = clock })
    local account = assert(rs.accounts:get("CLOUD/1"))
    assert.equal("1", account.id)
    assert.equal(2, rs:meta(account).attempts)
    assert.equal(4, #requests)
    assert.equal("token-2", token_of(requests[4]))
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal(5, #requests)
  end)

  it("is not repeated for ever: the first refusal is the one reported", function()
    local rs, requests = stub.session(issuer(clock, 86400, function(_, count)
      return stub.reply(401, { unauthorized = { message = "refusal " .. count } })
    end), with_key{ clock = clock })
    local account, message, err = rs.accounts:get("CLOUD/1")
    assert.is_nil(account)
    assert.equal("accounts.get: 401 refusal 2", message)
    assert.equal("auth", err.kind)
    assert.equal(2, err.attempts)
    assert.equal(4, #requests)
  end)

  it("that fails is not repeated by a call whose refusal comes later", function()
    local logins, rs, requests = 0
    rs, requests = stub.session(function(request)
      if is_login(request) then
        logins = logins + 1
        return logins == 1 and stub.access("token-1", iso(clock.now + 86400)) or
          stub.reply(401, { unauthorized = { message = "wrong key" } })
      elseif request.url:find("fine") then
        return stub.reply(200, { id = "1" })
      end
      rs.scheduler:sleep(request.url:find("late") and 10 or 1)
      return stub.reply(401)
    end, with_key{ clock = clock })
    assert(rs.accounts:get("CLOUD/fine"))
    local tasks = {}
    for i, name in ipairs{ "soon", "late", "late" } do
      tasks[i] = rs.scheduler:spawn(function()
        return select(2, rs.accounts:get("CLOUD/" .. name))
      end)
    end
    for i = 1, 3 do
      assert.equal("identity.login: 401 wrong key", rs.scheduler:join(tasks[i]))
    end
    assert.equal(2, logins)
    assert.equal(6, #requests)
    assert.equal("identity.login: 401 wrong key", (select(2, rs.accounts:get("CLOUD/new"))))
    assert.equal(3, logins)
  end)

  it("that fails is what the call reports, and nothing else is sent", function()
    local rs, requests = stub.session(function()
      return stub.reply(401, { unauthorized = { code = 401, message = "wrong key" } })
    end, with_key())
    local account, message, err = rs.accounts:get("CLOUD/1")
    assert.is_nil(account)
    assert.equal("identity.login: 401 wrong key", message)
    assert.equal("auth", err.kind)
    assert.equal("identity.login", err.operation)
    assert.equal(1, #requests)
  end)

  it("whose answer holds no token that can be sent is a protocol error", function()
    for _, access in ipairs{ '{}', '{"access":5}', '{"access":{}}', '{"access":{"token":"x"}}',
      '{"access":{"token":{"id":5}}}', '{"access":{"token":{"id":""}}}',
      '{"access":{"token":{"id":"a\\r\\nX-Evil: 1"}}}', '{"access":{"token":{"id":"a\\u0000"}}}',
      '[{"access":1}]' } do
      local rs, requests = stub.session(function()
        return stub.reply(200, access)
      end, with_key())
      local account, message, err = rs.accounts:get("CLOUD/1")
      assert.is_nil(account)
      assert.equal("protocol", err.kind, access)
      assert.matches("^identity%.login: ", message)
      assert.equal(1, #requests)
    end
  end)

  it("needs credentials of an Identity user", function()
    local rs, requests = stub.session(error,
      { token = false, email = { user_key = "u", secret_key = "s" } })
    local _, message, err = rs.accounts:get("CLOUD/1")
    assert.equal("config", err.kind)
    assert.equal("identity.login: there are no credentials of an Identity user (username and " ..
      "api_key)", message)
    assert.equal(0, #requests)
  end)
end)

describe("a token without anything else", function()
  it("is used as it is", function()
    local rs, requests = stub.session(function()
      return stub.reply(200, { id = "1" })
    end)
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal(stub.TOKEN, token_of(requests[1]))
    assert.equal(1, #requests)
  end)

  it("that is refused can't be renewed: nothing more is sent", function()
    local rs, requests = stub.session(function()
      return stub.reply(401)
    end)
    local _, message, err = rs.accounts:get("CLOUD/1")
    assert.equal("auth", err.kind)
    assert.equal("accounts.get: 401 the token or the credentials were not accepted", message)
    _, message, err = rs.accounts:get("CLOUD/1")
    assert.equal("auth", err.kind)
    assert.equal("identity.login: the token was refused, and without an api_key there is no other",
      message)
    assert.equal(1, #requests)
  end)

  it("can't log in, and the message says what that needs", function()
    local rs = stub.session(error)
    local _, message, err = rs.identity:login()
    assert.equal("config", err.kind)
    assert.matches("needs its tenant beside it", message, 1, true)
  end)
end)

describe("a log-in with one more factor", function()
  local CHALLENGE = { ["www-authenticate"] = "OS-MF sessionId='the-session', factor='PASSCODE'" }

  -- A session whose service requires the passcode 123456.
  local function session(passcode)
    return stub.session(function(request)
      if not is_login(request) then
        return stub.reply(200, { id = "1" })
      end
      local id = request.headers["X-SessionId"]
      if not id then
        return stub.reply(401, { unauthorized = { message = "more" } }, CHALLENGE)
      end
      local code = json.decode(request.body:reveal()).auth["RAX-AUTH:passcodeCredentials"].passcode
      local right = code == "123456" and id:reveal() == "the-session"
      return right and stub.access("good-token") or stub.reply(401)
    end, { token = false, username = "demo", password = "the-password", passcode = passcode })
  end

  it("asks the script's function, with the factor's name", function()
    local factor
    local rs, requests = session(function(name)
      factor = name
      return "123456"
    end)
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal("PASSCODE", factor)
    assert.equal(3, #requests)
    assert.equal("good-token", token_of(requests[3]))
  end)

  it("without that function says how to give it", function()
    local rs, requests = session(nil)
    local _, message, err = rs.accounts:get("CLOUD/1")
    assert.equal("auth", err.kind)
    assert.matches("set `passcode` to a function", message, 1, true)
    assert.equal("PASSCODE", err.challenge.factor)
    assert.equal(1, #requests)
  end)

  it("ends with the second refusal", function()
    local rs, requests = session(function() return "999999" end)
    local _, _, err = rs.accounts:get("CLOUD/1")
    assert.equal("auth", err.kind)
    assert.equal(2, #requests)
  end)

  it("ends when the function gives no code, or fails", function()
    local rs, requests = session(function() return nil end)
    local _, message, err = rs.accounts:get("CLOUD/1")
    assert.equal("auth", err.kind)
    assert.matches("`passcode` returned no string", message, 1, true)
    assert.equal(1, #requests)
    rs = session(function() error("no terminal", 0) end)
    local ok, raised = pcall(function() return rs.accounts:get("CLOUD/1") end)
    assert.is_false(ok)
    assert.equal("no terminal", raised)
  end)

  it("can't be answered by a call that needs the log-in", function()
    local rs
    rs = session(function() return rs.accounts:get("CLOUD/1").id end)
    local ok, raised = pcall(function() return rs.accounts:get("CLOUD/1") end)
    assert.is_false(ok)
    assert.equal("a task can't wait for itself", raised)
  end)
end)

describe("what is secret", function()
  it("shows in no message, error, meta or print of a session", function()
    local rs = stub.session(function(request)
      if is_login(request) then
        return stub.access("the-token-of-this-spec", nil)
      elseif request.url:find("good") then
        return stub.reply(200, { id = "1" }, { ["x-echo"] = token_of(request),
          ["x-request-id"] = "r-" .. token_of(request) })
      end
      return stub.reply(403, { forbidden = { message = "not with " .. token_of(request),
        details = token_of(request) } }, { ["x-request-id"] = token_of(request) })
    end, with_key{ password = "the-password" })
    local account = assert(rs.accounts:get("CLOUD/good"))
    local _, message, err = rs.accounts:get("CLOUD/bad")
    assert.equal("accounts.get: 403 not with <secret> (request <secret>)", message)
    local login = assert(rs.identity:login())
    for _, secret in ipairs{ "the-token-of-this-spec", "the-api-key", "the-password" } do
      for _, shown in ipairs{ tostring(rs), rs.settings, rs.auth.access, err, message, login,
        rs:meta(account), rs:meta(login) } do
        assert.is_false(strings.shows(shown, secret))
      end
    end
    assert.equal("session (demo)", tostring(rs))
    assert.is_true(strings.shows({ { x = "a secret b" } }, "secret"))
  end)

  it("shows in no error of a log-in", function()
    local rs = stub.session(function(request)
      return stub.reply(401, { unauthorized = { message = "no " .. request.body:reveal() } })
    end, with_key())
    local _, message, err = rs.accounts:get("CLOUD/1")
    assert.matches("demo", message, 1, true)
    assert.is_false(strings.shows(err, "the-api-key"))
  end)
end)

describe("a log-in over sockets", function()
  after_each(child.close_all)

  -- Each log-in returns a new token; "token-1" is refused on demand.
  local SERVICE = [[
    if request.method == "POST" then
      kept.logins = (kept.logins or 0) + 1
      return access("token-" .. kept.logins)
    elseif %s and request.headers["x-auth-token"] == "token-1" then
      return reply(401, "")
    end
    return reply(200, '{"id":"1"}')]]

  local function count_logins(service)
    local logins = 0
    for _, request in ipairs(service:requests()) do
      logins = logins + (request.target == "/v2.0/tokens" and 1 or 0)
    end
    return logins
  end

  local function fifty(rs)
    local tasks = {}
    for i = 1, 50 do
      tasks[i] = rs.scheduler:spawn(function()
        return rs.accounts:get("CLOUD/" .. i)
      end)
    end
    for _, task in ipairs(tasks) do
      assert.equal("1", assert(rs.scheduler:join(task)).id)
    end
  end

  it("is one, however many calls wait for it", function()
    local service = peer.start(SERVICE:format("false"))
    local rs = assert(rackspace.new(service:settings(with_key())))
    fifty(rs)
    assert.equal(1, count_logins(service))
    assert.equal(51, #service:requests())
    rs:close()
  end)

  it("is one more, however many calls meet a refusal", function()
    local service = peer.start(SERVICE:format("true"))
    local rs = assert(rackspace.new(service:settings(with_key())))
    fifty(rs)
    assert.equal(2, count_logins(service))
    rs:close()
  end)

  it("never carries the token that was refused", function()
    local service = peer.start(SERVICE:format("true"))
    local rs = assert(rackspace.new(service:settings(with_key())))
    fifty(rs)
    for _, request in ipairs(service:requests()) do
      if request.target == "/v2.0/tokens" then
        assert.is_nil(request.headers["x-auth-token"])
        assert.is_nil(request.body:find("token-1", 1, true))
      end
    end
    rs:close()
  end)

  it("is waited for no longer than a call's deadline", function()
    local service = peer.start("return nil")
    local rs = assert(rackspace.new(service:settings(with_key())))
    local _, message, err = rs.accounts:get("CLOUD/1", { deadline = 1 })
    assert.equal("timeout", err.kind)
    assert.equal("identity.login: the call's deadline has passed", message)
    local task = rs.scheduler:spawn(function()
      return select(3, rs.accounts:get("CLOUD/1", { deadline = 0.1 }))
    end)
    assert.equal("timeout", rs.scheduler:join(task).kind)
    assert.equal(1, #service:wait_for(1))
    rs:close()
  end)
end)

describe("a token that dies", function()
  local box, rs

  before_each(function()
    box = sandbox.start("--accounts 137")
    rs = assert(rackspace.new(box:settings()))
  end)

  after_each(function()
    rs:close()
    child.close_all()
  end)

  -- Both cases: it is revoked, or it expires.
  local deaths = {
    function() box:control("POST", "revoke") end,
    function() box:control("POST", "advance", '{"seconds":90000}') end,
  }

  it("costs fifty calls one log-in", function()
    assert(rs.accounts:get("CLOUD/10101"))
    for i, kill in ipairs(deaths) do
      kill()
      local tasks = {}
      for j = 1, 50 do
        tasks[j] = rs.scheduler:spawn(function() return rs.accounts:get("CLOUD/10101") end)
      end
      for _, task in ipairs(tasks) do
        assert.equal(10101, assert(rs.scheduler:join(task)).number)
      end
      assert.equal(1 + i, box:logins())
    end
  end)

  it("in the middle of a walk loses no record and gives none twice", function()
    local all = {}
    for account in rs.accounts:list{ limit = 10 } do
      all[#all + 1] = account.number
    end
    local walked, logins = {}, box:logins()
    for account in rs.accounts:list{ limit = 10 } do
      walked[#walked + 1] = account.number
      if #walked == 35 or #walked == 75 then
        deaths[#walked == 35 and 1 or 2]()
      end
    end
    assert.is_true(#all > 100)
    assert.same(all, walked)
    assert.equal(logins + 2, box:logins())
  end)

  it("between two writes lets each happen once", function()
    local ticket = assert(rs.tickets:create{ accountId = "hybrid:5342844", subject = "Disk",
      category = "Incident", subcategory = "General", comment = { text = "first" } })
    deaths[1]()
    assert(rs.tickets:comment(ticket.ticketId, { text = "second" }))
    deaths[2]()
    assert(rs.tickets:close(ticket.ticketId))
    local counts = box:control("GET", "counts")
    assert.same({ 1, 1, 1, 3 }, { counts["tickets.create"], counts["tickets.comment"],
      counts["tickets.close"] or counts["tickets.update"], box:logins() })
    assert.equal(2, #assert(rs.tickets:get(ticket.ticketId)).comments)
  end)
end)
