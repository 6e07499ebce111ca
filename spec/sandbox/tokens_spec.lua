--- tokens_spec.lua - the sandbox's tokens and passcode sessions
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local in_process = require("spec.support.in_process")
local json = require("rackspace.base.json")
local stub = require("spec.support.stub")

describe("the sandbox's tokens", function()
  local clock, box

  before_each(function()
    clock = stub.clock(1700000000.25)
    box = in_process.start{ clock = clock.time }
  end)

  local function is_good(asked, token)
    local status = asked:send("GET", "/v1/customer_accounts?limit=1",
      { ["x-auth-token"] = token }).status
    assert(status == 200 or status == 401)
    return status == 200
  end

  it("live a day, give or take one in a hundred", function()
    local shortest, longest = math.huge, 0
    for _ = 1, 50 do
      local _, access = box:log_in("demo")
      local life = core.time(access.token.expires) - clock.now
      shortest, longest = math.min(shortest, life), math.max(longest, life)
    end
    assert.is_true(shortest > 86400 * 0.989 and longest < 86400 * 1.011)
    assert.is_true(longest - shortest > 86400 * 0.015)
  end)

  it("live as long as the sandbox was told", function()
    local short = in_process.start{ token_seconds = 10, clock = clock.time }
    local token = short:log_in("demo")
    assert.is_true(is_good(short, token))
    clock.now = clock.now + 9
    assert.is_true(is_good(short, token))
    clock.now = clock.now + 2
    assert.is_false(is_good(short, token))
  end)

  it("are all different, and the same for the same seed", function()
    local seen, twin = {}, in_process.start()
    for _ = 1, 50 do
      local token = box:log_in("demo")
      assert.is_nil(seen[token])
      assert.matches("^AA[%w_-]+$", token)
      seen[token] = true
      assert.equal(token, (twin:log_in("demo")))
    end
    assert.is_nil(seen[in_process.start{ seed = 2 }:log_in("demo")])
  end)

  it("are for the first account that the user sees, if there is one", function()
    local _, access = box:log_in("demo")
    assert.equal("10101", access.token.tenant.id)
    _, access = box:log_in("second")
    assert.equal(box:get("second", "/v2.0/tenants").tenants[1].id, access.token.tenant.id)
    _, access = in_process.start{ accounts = 0 }:log_in("demo")
    assert.is_nil(access.token.tenant)
  end)

  it("are gone after a revocation of all", function()
    local token = box:log_in("demo")
    box.sandbox:revoke()
    assert.is_false(is_good(box, token))
  end)

  --- Logs in by password: a passcode session's id.
  local function begin_session()
    local user = box.users.careful
    local answer = box:send("POST", "/v2.0/tokens", { ["content-type"] = "application/json" },
      json.encode{ auth = { passwordCredentials = { username = "careful",
        password = user.password } } })
    assert.equal(401, answer.status)
    return answer.headers["WWW-Authenticate"]:match("sessionId='([^']+)'")
  end

  local function answer_session(id, passcode)
    return box:send("POST", "/v2.0/tokens", { ["content-type"] = "application/json",
      ["x-sessionid"] = id }, json.encode{ auth = {
        ["RAX-AUTH:passcodeCredentials"] = { passcode = passcode } } }).status
  end

  it("end a passcode session when it is used, and after ten minutes", function()
    local passcode = box.users.careful.passcode
    local id = assert(begin_session())
    assert.equal(401, answer_session(id, "1"))
    clock.now = clock.now + 599
    assert.equal(200, answer_session(id, passcode))
    assert.equal(401, answer_session(id, passcode))
    id = begin_session()
    clock.now = clock.now + 600
    assert.equal(401, answer_session(id, passcode))
  end)
end)
