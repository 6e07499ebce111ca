--- signature_spec.lua - requests with a signature instead of a token
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local strings = require("spec.support.strings")
local stub = require("spec.support.stub")
local support = require("spec.sandbox.support")
local signature = require("rackspace.login.signature")

local KEYS = { user_key = "eGbq9/2hcZsRlr1JV1Pi", secret_key = "QHOvchm/40czXhJ1OxfxK7jDHr3t" }

-- The published headers: agent, time, hash.
local PUBLISHED = {
  { "Rackspace Management Interface", "2001-03-08T14:37:25Z", "46VIwd66mOFGG8IkbgnLlXnfnkU=" },
  { "Rackspace Management Interface", "2001-03-17T14:37:25Z", "HKUn0aajpSDx7qqGK3vqzn3FglI=" },
  { "Rackspace Apps Bindings/1.x (+https://github.com/pradodigital/"
    .. "php-rackspace-apps-bindings)", "2001-03-08T14:37:25Z", "yeLBFcUOdMgh9vVb499AeygEads=" },
}

local function by_openssl(text)
  return (support.output("printf '%s' '" .. text .. "' | openssl dgst -sha1 -binary "
    .. "| openssl base64"):gsub("\n$", ""))
end

local function session(clock, answer)
  return stub.session(answer or function()
    return stub.reply(200, { name = "n", accountNumber = "1" })
  end, { token = false, email = KEYS, clock = clock,
    endpoints = { email = "http://localhost" } })
end

describe("a signed request", function()
  it("has the published headers for the published agents and times", function()
    for _, vector in ipairs(PUBLISHED) do
      local agent, time, hash = vector[1], rackspace.time(vector[2]), vector[3]
      local stamp = vector[2]:gsub("[^%d]", "")
      local headers = { ["User-Agent"] = agent }
      local rs = session(stub.clock(time))
      local signed = assert(signature.sign(rs, { full_name = "x.y" }, headers))
      assert.equal("<secret>", tostring(signed))
      assert.equal(signed, headers["X-Api-Signature"])
      assert.equal(KEYS.user_key .. ":" .. stamp .. ":" .. hash, signed:reveal())
      assert.equal(hash, by_openssl(KEYS.user_key .. agent .. stamp .. KEYS.secret_key))
    end
  end)

  it("is signed anew each time, with the agent that is sent and UTC", function()
    local clock = stub.clock(984062245)
    local rs, requests = session(clock)
    assert(rs.email_customers:get("me"))
    clock.now = clock.now + 1
    assert(rs.email_customers:get("me"))
    for i, stamp in ipairs{ "20010308143725", "20010308143726" } do
      local headers = requests[i].headers
      assert.equal(KEYS.user_key .. ":" .. stamp .. ":" .. by_openssl(KEYS.user_key
        .. headers["User-Agent"] .. stamp .. KEYS.secret_key),
        headers["X-Api-Signature"]:reveal())
      assert.is_nil(headers["X-Auth-Token"])
    end
    assert.equal(2, #requests)
  end)

  it("needs its keys only, and says so without them", function()
    local rs = stub.session(error, { endpoints = { email = "http://localhost" } })
    local _, message, err = rs.email_customers:get("me")
    assert.equal("config", err.kind)
    assert.matches("RACKSPACE_EMAIL_USER_KEY", message, 1, true)
    assert.equal("config", select(3, (session())["accounts"]:get("CLOUD/1")).kind)
  end)

  it("shows neither key nor signature, whatever the service repeats", function()
    local rs = session(nil, function(request)
      local signed = request.headers["X-Api-Signature"]:reveal()
      return stub.reply(400, { badRequestFault = { message = "not " .. signed,
        details = KEYS.secret_key } }, { ["x-error-message"] = signed })
    end)
    local _, message, err = rs.email_customers:get("me")
    assert.matches("not <secret>", message, 1, true)
    assert.is_false(strings.shows(err, KEYS.secret_key))
    assert.is_false(strings.shows(err, KEYS.user_key .. ":"))
    assert.is_false(strings.shows(rs.settings, KEYS.secret_key))
  end)
end)
