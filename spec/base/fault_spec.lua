--- fault_spec.lua - one shape for whatever goes wrong
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")

local function from(status, body, headers, secrets)
  return fault.from_response("accounts.get",
    { status = status, body = body or "", headers = headers or {} }, 1000, secrets)
end

describe("an error value", function()
  it("prints as its message: operation, status, text, request", function()
    local err = fault.new{ kind = "server", operation = "a.b", status = 500, text = "broken",
      request_id = "r-1" }
    assert.equal("a.b: 500 broken (request r-1)", tostring(err))
    assert.equal(tostring(err), err.message)
    assert.equal("server", err.kind)
    assert.is_nil(err.text)
    assert.equal(1, err.attempts)
  end)

  it("is of one line, whatever the text holds, and not endless", function()
    assert.equal("a b c", fault.new{ kind = "server", text = " a\r\n\tb\0\27 c " }.message)
    assert.is_true(#fault.new{ kind = "server", text = ("x"):rep(100000) }.message < 600)
  end)

  it("says what its kind means when nothing else is known", function()
    assert.equal("x.y: no connection, or it broke",
      fault.new{ kind = "network", operation = "x.y" }.message)
    assert.equal("it failed", fault.new{ kind = "new" }.message)
  end)

  it("is what a call returns third", function()
    local err = fault.new{ kind = "server", text = "broken" }
    local value, message, same = fault.fail(err)
    assert.is_nil(value)
    assert.equal("broken", message)
    assert.equal(err, same)
  end)

  it("has its kind by the status", function()
    for status, kind in pairs{ [400] = "invalid", [401] = "auth", [403] = "forbidden",
      [404] = "not_found", [405] = "invalid", [409] = "conflict", [413] = "throttled",
      [415] = "invalid", [429] = "throttled", [500] = "server", [503] = "server",
      [301] = "protocol", [199] = "protocol" } do
      assert.equal(kind, from(status).kind)
      assert.is_string(fault.kinds[kind])
      assert.equal(status, from(status).status)
    end
  end)
end)

describe("a fault's body", function()
  it("is wrapped in its name", function()
    local err = from(404, '{"itemNotFound":{"code":404,"message":"no such","details":"at all"}}')
    assert.equal("accounts.get: 404 no such", err.message)
    assert.equal("itemNotFound", err.code)
    assert.equal("at all", err.details)
  end)

  it("is flat", function()
    local err = from(400, '{"code":400,"message":"bad","details":null}')
    assert.equal("accounts.get: 400 bad", err.message)
    assert.is_nil(err.code)
    assert.is_nil(err.details)
    assert.equal("E_17", from(400, '{"faultCode":"E_17","message":"bad"}').code)
    assert.equal("accounts.get: 400 why", from(400, '{"title":"T","description":"why"}').message)
  end)

  it("is XML, with any prefix", function()
    local err = from(404, '<?xml version="1.0"?>\n<ns1:itemNotFound xmlns:ns1="u" code="404">' ..
      "<ns1:message>a &lt;b&gt; &amp; c</ns1:message><details>d</details></ns1:itemNotFound>")
    assert.equal("accounts.get: 404 a <b> & c", err.message)
    assert.equal("itemNotFound", err.code)
    assert.equal("d", err.details)
  end)

  it("is only a header", function()
    assert.equal("accounts.get: 403 not you",
      from(403, "", { ["x-error-message"] = "not you" }).message)
  end)

  it("is missing, HTML, not JSON or of odd types: the status still speaks", function()
    assert.equal("accounts.get: 401 the token or the credentials were not accepted",
      from(401).message)
    assert.equal("accounts.get: 502 an HTML page came instead of an answer of the service",
      from(502, "\n<!DOCTYPE html><html>no</html>").message)
    assert.equal("accounts.get: 302 the service answered with a redirection, which is " ..
      "never followed", from(302).message)
    for _, body in ipairs{ "{", "[]", "[1]", "null", "true", '"text"', "plain", "<", "<a>",
      '{"message":{"a":1}}', '{"fault":{"message":5}}', '{"a":{"message":["x"]}}' } do
      assert.equal("accounts.get: 500 the service failed", from(500, body).message, body)
    end
  end)

  it("is read in time, however it was made to take long", function()
    local started = os.clock()
    from(500, ("<a"):rep(200000))
    from(500, "<" .. ("a"):rep(400000))
    from(500, "<a>" .. ("<message>"):rep(50000))
    from(500, (" "):rep(400000) .. "<")
    assert.is_true(os.clock() - started < 5)
  end)

  it("says which request it was, by any of the headers", function()
    assert.equal("t-1", from(500, "", { ["x-trans-id"] = "t-1" }).request_id)
    assert.equal("accounts.get: 500 the service failed (request r-1)",
      from(500, "", { ["x-request-id"] = "r-1", ["x-trans-id"] = "t-1" }).message)
  end)

  it("is told from a page of HTML by its beginning only", function()
    assert.is_true(fault.is_html(" <html><body>"))
    assert.is_true(fault.is_html("<!DOCTYPE HTML PUBLIC>"))
    assert.is_false(fault.is_html('{"name":"<html>"}'))
    assert.is_false(fault.is_html("<fault/>"))
  end)
end)

describe("an error", function()
  it("tells when to come again, by seconds or by a date", function()
    assert.equal(7, from(429, "", { ["retry-after"] = "7" }).retry_after)
    assert.equal(60, from(413, "",
      { ["retry-after"] = "Thu, 01 Jan 1970 00:17:40 GMT" }).retry_after)
    assert.is_nil(from(429, "", { ["retry-after"] = "soon" }).retry_after)
    assert.is_nil(from(429).retry_after)
  end)

  it("carries the challenge for one more factor, its session as a secret", function()
    local err = from(401, "", { ["www-authenticate"] =
      "OS-MF sessionId='the-session-id', factor='PASSCODE'" })
    assert.equal("PASSCODE", err.challenge.factor)
    assert.equal("the-session-id", err.challenge.session:reveal())
    assert.equal("<secret>", tostring(err.challenge.session))
    assert.is_nil(from(401, "", { ["www-authenticate"] = "Keystone uri=https://x" }).challenge)
    assert.is_nil(from(401, "", { ["www-authenticate"] = "garbage='" }).challenge)
  end)

  it("reads each value of a repeated header", function()
    local err = fault.from_response("accounts.get", { status = 401, body = "",
      headers = { ["retry-after"] = "1, 9", ["www-authenticate"] = "joined" },
      repeated = { ["retry-after"] = { "1", "9" }, ["www-authenticate"] = {
        "Keystone uri='https://x'", "OS-MF sessionId='s', factor='PASSCODE'" } },
    }, 1000)
    assert.equal(9, err.retry_after)
    assert.equal("PASSCODE", err.challenge.factor)
    assert.is_nil(from(429, "", { ["retry-after"] = "1, 9" }).retry_after)
  end)

  it("never repeats a secret that the service's words repeat", function()
    local secret = core.secret("AA%b-[c].token")
    local err = from(401, '{"AA%b-[c].token":{"message":"no AA%b-[c].token here, ' ..
      'AA%b-[c].token","details":"AA%b-[c].token"}}', { ["x-request-id"] = "r AA%b-[c].token" },
      { secret })
    assert.equal("accounts.get: 401 no <secret> here, <secret> (request r <secret>)", err.message)
    for _, value in pairs(err) do
      assert.is_nil(tostring(value):find("AA%b", 1, true))
    end
    local long = from(500, '{"message":"' .. ("x"):rep(495) .. 'AA%b-[c].token"}', {}, { secret })
    assert.is_nil(long.message:find("AA", 1, true))
  end)
end)
