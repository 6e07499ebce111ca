--- sandbox_spec.lua - the sandbox's Cloud Identity, asked by curl
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

local parse_problem = "Invalid request body: unable to parse Auth data. "
  .. "Please review XML or JSON formatting"
local wrong = '{"unauthorized":{"code":401,"message":'
  .. '"Unable to authenticate user with credentials provided."}}'

describe("the sandbox's Identity", function()
  local box, demo, second, careful, disabled

  setup(function()
    box = assert(support.serve())
    demo, second, careful, disabled = box.users[1], box.users[2], box.users[3],
      box.users[4]
  end)

  teardown(function()
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  local function post(auth, ...)
    return curl("-H", "Content-Type: application/json", "-d",
      '{"auth":' .. auth .. "}", box.url .. "/v2.0/tokens", ...)
  end

  local function key_auth(user, more)
    return ('{"RAX-KSKEY:apiKeyCredentials":{"username":"%s","apiKey":"%s"}%s}')
      :format(user.username, user.api_key, more or "")
  end

  local function password_auth(user, more)
    return ('{"passwordCredentials":{"username":"%s","password":"%s"%s}}')
      :format(user.username, user.password, more or "")
  end

  local function token_of(answer)
    assert.equal(200, answer.status)
    return jq(answer.body, ".access.token.id")
  end

  local function ask(token, target, ...)
    return curl("-H", "X-Auth-Token: " .. token, box.url .. target, ...)
  end

  local function is_good(token)
    local status = ask(token, "/v1/customer_accounts/CLOUD/10101").status
    assert.is_true(status == 200 or status == 401)
    return status == 200
  end

  it("logs in by API key, and says what the documents say", function()
    local answer = post(key_auth(demo))
    assert.equal(200, answer.status)
    assert.equal("Accept, Accept-Encoding, X-Auth-Token", answer.headers.vary)
    assert.equal("application/json", answer.headers["content-type"])
    assert.equal('{"authenticatedBy":["APIKEY"],"name":"demo","region":"ORD",'
      .. '"roles":["identity:user-admin","ticketing:admin"],"second":false,'
      .. '"tenant":{"id":"10101","name":"10101"},"type":"rax:feeds"}',
      jq(answer.body, [[.access | { authenticatedBy:
        .token["RAX-AUTH:authenticatedBy"], tenant: .token.tenant,
        name: .user.name, roles: [.user.roles[].name],
        region: .user["RAX-AUTH:defaultRegion"],
        second: .user["RAX-AUTH:multiFactorEnabled"],
        type: .serviceCatalog[0].type }]]))
    assert.is_truthy(token_of(answer):match("^AA[%w_-]+$"))
    assert.equal(142, #token_of(answer))
    assert.is_truthy(answer.body:find("\\/", 1, true))
    assert.is_truthy(jq(answer.body, ".access.token.expires")
      :match("^%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d%.%d%d%dZ$"))
  end)

  it("logs in by password", function()
    local answer = post(password_auth(demo))
    assert.equal('["PASSWORD"]',
      jq(answer.body, '.access.token["RAX-AUTH:authenticatedBy"]'))
  end)

  it("gives another token at every log-in, and all are good", function()
    local first, other = token_of(post(key_auth(demo))),
      token_of(post(key_auth(demo)))
    assert.not_equal(first, other)
    assert.is_true(is_good(first) and is_good(other))
  end)

  it("refuses wrong credentials with the documented body", function()
    for _, auth in ipairs{
      key_auth{ username = "demo", api_key = "none" },
      key_auth{ username = "nobody", api_key = demo.api_key },
      key_auth{ username = "demo", api_key = demo.password },
      password_auth{ username = "demo", password = demo.api_key },
      password_auth{ username = "", password = "" },
    } do
      local answer = post(auth)
      assert.equal(401, answer.status)
      assert.is_nil(answer.headers["www-authenticate"])
      assert.equal(wrong, jq(answer.body, "."))
    end
  end)

  it("refuses a body that says too little or too much", function()
    for _, auth in ipairs{
      "{}", "5", '{"RAX-KSKEY:apiKeyCredentials":{"username":"demo"}}',
      '{"passwordCredentials":{"password":"x"}}', '{"token":{}}',
      key_auth(demo, ',"tenantId":"10101","tenantName":"10101"'),
      password_auth(demo, ',"tenantId":"10101","tenantName":"10101"'),
      key_auth(demo, ',"passwordCredentials":{"username":"demo","password":"x"}'),
    } do
      local answer = post(auth)
      assert.equal(400, answer.status, auth)
      assert.equal("400 " .. parse_problem,
        jq(answer.body, '.badRequest | "\\(.code) \\(.message)"'))
    end
    local broken = curl("-H", "Content-Type: application/json", "-d", '{"auth":',
      box.url .. "/v2.0/tokens")
    assert.equal(400, broken.status)
  end)

  it("refuses a disabled user, but only by the right secret", function()
    for _, auth in ipairs{ key_auth(disabled), password_auth(disabled) } do
      local answer = post(auth)
      assert.equal(403, answer.status)
      assert.equal("403", jq(answer.body, ".userDisabled.code"))
    end
    assert.equal(401, post(key_auth{ username = "disabled",
      api_key = "x" }).status)
  end)

  it("logs in to a tenant that the user has, named either way", function()
    local filter = ".access.token.tenant.id"
    for _, auth in ipairs{
      key_auth(demo, ',"tenantId":"hybrid:5342844"'),
      key_auth(demo, ',"tenantName":"hybrid:5342844"'),
      password_auth(demo, ',"tenantId":"hybrid:5342844"'),
    } do
      assert.equal("hybrid:5342844", jq(post(auth).body, filter))
    end
    assert.equal("10101",
      jq(post(key_auth(demo, ',"tenantId":10101')).body, filter))
    local refused = post(key_auth(second, ',"tenantId":"10101"'))
    assert.equal(401, refused.status)
    assert.equal("Tenant with Name/Id: '10101' is not valid for User 'second' "
      .. "(id: '100002')", jq(refused.body, ".unauthorized.message"))
  end)

  it("logs in by a token and a tenant", function()
    local token = token_of(post(key_auth(demo)))
    local function auth(id, more)
      return ('{"token":{"id":"%s"}%s}'):format(id, more)
    end
    local answer = post(auth(token, ',"tenantId":"faws:75842862"'))
    assert.equal("faws:75842862", jq(answer.body, ".access.token.tenant.id"))
    assert.is_true(is_good(token_of(answer)))
    assert.equal(400, post(auth(token, "")).status)
    local other = post(auth(token, ',"tenantId":"1"'))
    assert.equal(401, other.status)
    assert.equal("Token doesn't belong to Tenant with Id/Name: '1'",
      jq(other.body, ".unauthorized.message"))
    local gone = post(auth("none", ',"tenantId":"10101"'))
    assert.equal(404, gone.status)
    assert.equal("404", jq(gone.body, ".itemNotFound.code"))
  end)

  describe("without the second factor that is required", function()
    local newcomer = { username = "newcomer", password = "newcomer-Passw0rd" }
    local scope = '"RAX-AUTH:scope":"SETUP-MFA",'

    it("refuses a log-in by password, as is documented", function()
      local refused = post(password_auth(newcomer))
      assert.equal(403, refused.status)
      assert.equal('{"forbidden":{"code":403,"message":"User must setup ' ..
        'multi-factor"}}', jq(refused.body, "."))
    end)

    it("gives a token for setting it up only, without a catalog", function()
      local granted = post((password_auth(newcomer):gsub("^{", "{" .. scope)))
      assert.equal(200, granted.status)
      assert.equal('["token","user"]', jq(granted.body, ".access | keys"))
      assert.equal('["PASSWORD"]',
        jq(granted.body, '.access.token["RAX-AUTH:authenticatedBy"]'))
      assert.equal("false", jq(granted.body, '.access.token | has("tenant")'))
      assert.equal(403, ask(token_of(granted),
        "/v1/customer_accounts/CLOUD/10101").status)
      local liar = { username = "newcomer", password = "none" }
      assert.equal(401,
        post((password_auth(liar):gsub("^{", "{" .. scope))).status)
    end)

    it("takes no other scope, and none beside a key", function()
      local other = password_auth(newcomer):gsub("^{", '{"RAX-AUTH:scope":"X",')
      assert.equal(400, post(other).status)
      assert.equal(400, post('{"RAX-AUTH:scope":"SETUP-MFA",' ..
        '"RAX-KSKEY:apiKeyCredentials":{"username":"newcomer",' ..
        '"apiKey":"0eec03e4000000000000000000c0de6"}}').status)
    end)
  end)

  describe("with a second factor", function()
    local function challenge()
      local answer = post(password_auth(careful))
      assert.equal(401, answer.status)
      assert.equal('{"unauthorized":{"code":401,"message":'
        .. '"Additional authentication credentials required."}}',
        jq(answer.body, "."))
      local session = answer.headers["www-authenticate"]
        :match("^OS%-MF sessionId='([%w_-]+)', factor='PASSCODE'$")
      assert.is_true(#session >= 100)
      return session
    end

    local function answer(session, passcode)
      return post(('{"RAX-AUTH:passcodeCredentials":{"passcode":"%s"}}')
        :format(passcode), "-H", "X-SessionId: " .. session)
    end

    it("asks for it, takes it, and takes it once", function()
      local session = challenge()
      assert.equal(401, answer(session, "7654321").status)
      local granted = answer(session, careful.passcode)
      assert.is_true(is_good(token_of(granted)))
      assert.equal('["PASSCODE","PASSWORD"]',
        jq(granted.body, '.access.token["RAX-AUTH:authenticatedBy"]'))
      assert.equal("true",
        jq(granted.body, '.access.user["RAX-AUTH:multiFactorEnabled"]'))
      assert.equal(401, answer(session, careful.passcode).status)
    end)

    it("has a session for every log-in, none of which can be guessed", function()
      assert.not_equal(challenge(), challenge())
      for _, session in ipairs{ "", "sandbox-100003", "100003" } do
        assert.equal(401, answer(session, careful.passcode).status)
      end
      assert.equal(401, post('{"RAX-AUTH:passcodeCredentials":{"passcode":"'
        .. careful.passcode .. '"}}').status)
      assert.equal(400, post('{"RAX-AUTH:passcodeCredentials":{}}', "-H",
        "X-SessionId: sandbox-100001").status)
    end)

    it("forgets a session after the ten minutes that a code is good", function()
      local session = challenge()
      curl("-d", '{"seconds":540}', "-H", "Content-Type: application/json",
        box.url .. "/sandbox/advance")
      assert.equal(200, answer(session, careful.passcode).status)
      session = challenge()
      curl("-d", '{"seconds":601}', "-H", "Content-Type: application/json",
        box.url .. "/sandbox/advance")
      assert.equal(401, answer(session, careful.passcode).status)
    end)

    it("does not ask for it when the log-in is by API key", function()
      assert.is_true(is_good(token_of(post(key_auth(careful)))))
    end)
  end)

  it("validates a token, without the catalog", function()
    local token = token_of(post(key_auth(demo)))
    local answer = ask(token, "/v2.0/tokens/" .. token)
    assert.equal(200, answer.status)
    assert.equal(token, token_of(answer))
    assert.equal("null", jq(answer.body, ".access.serviceCatalog"))
    assert.equal("true", jq(answer.body,
      "[.access.user.roles[].serviceId | length > 0] | all"))
    local unknown = ask(token, "/v2.0/tokens/none")
    assert.equal(404, unknown.status)
    assert.equal("404", jq(unknown.body, ".itemNotFound.code"))
  end)

  it("validates another's token for an administrator only", function()
    local own, other = token_of(post(key_auth(second))),
      token_of(post(key_auth(demo)))
    assert.equal(200, ask(own, "/v2.0/tokens/" .. own).status)
    assert.equal(200, ask(other, "/v2.0/tokens/" .. own).status)
    local refused = ask(own, "/v2.0/tokens/" .. other)
    assert.equal(403, refused.status)
    assert.equal("403", jq(refused.body, ".forbidden.code"))
  end)

  it("refuses to work without a token, and says how to send one", function()
    for _, target in ipairs{ "/v2.0/tenants", "/v2.0/tokens/x" } do
      for _, header in ipairs{ "X-Auth-Token: none", "X-None: 1" } do
        local answer = curl("-H", header, box.url .. target)
        assert.equal(401, answer.status)
        assert.equal("No valid token provided. Please use the 'X-Auth-Token' "
          .. "header with a valid token.",
          jq(answer.body, ".unauthorized.message"))
      end
    end
  end)

  it("revokes the token that asks for it, and no other", function()
    local token, other = token_of(post(key_auth(demo))),
      token_of(post(key_auth(demo)))
    local answer = ask(token, "/v2.0/tokens", "-X", "DELETE")
    assert.equal(204, answer.status)
    assert.equal("", answer.body)
    assert.is_nil(answer.headers["content-type"])
    assert.is_false(is_good(token))
    assert.is_true(is_good(other))
    assert.equal(401, ask(token, "/v2.0/tokens", "-X", "DELETE").status)
  end)

  it("lists the tenants of what the user sees", function()
    local all = ask(token_of(post(key_auth(demo))), "/v2.0/tenants")
    local some = ask(token_of(post(key_auth(second))), "/v2.0/tenants")
    assert.equal("137", jq(all.body, ".tenants | length"))
    assert.equal('{"display-name":"MyRackspaceAcct","enabled":true,'
      .. '"id":"10101","name":"10101"}', jq(all.body, ".tenants[0]"))
    local ids = jq(some.body, '[.tenants[].id] | join(" ")')
    assert.is_truthy(#ids > 0 and not ids:find("10101", 1, true))
  end)

  it("lets tokens expire, after a day that is not the same for all", function()
    local lives = {}
    for i = 1, 4 do
      local made = post(key_auth(demo))
      lives[i] = jq(made.body, [[.access.token.expires[0:19] + "Z" |
        fromdate]]) - jq(made.body, "now")
    end
    assert.not_equal(math.floor(lives[1] / 20), math.floor(lives[4] / 20))
    local token = token_of(post(key_auth(demo)))
    local function advance(seconds)
      assert.equal(204, curl("-H", "Content-Type: application/json", "-d",
        '{"seconds":' .. seconds .. "}", box.url .. "/sandbox/advance").status)
    end
    advance(0.98 * 86400)
    assert.is_true(is_good(token))
    advance(0.04 * 86400)
    assert.is_false(is_good(token))
    local fresh = token_of(post(key_auth(demo)))
    assert.equal(404, ask(fresh, "/v2.0/tokens/" .. token).status)
    assert.equal(404, post('{"token":{"id":"' .. token
      .. '"},"tenantId":"10101"}').status)
  end)
end)
