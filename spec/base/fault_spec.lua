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
      [404] = "not_found", [405] = "invalid", [409] = "conflict", [413] = "invalid",
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
    assert.equal(400, err.code)
    assert.is_nil(err.details)
    assert.equal("E_17", from(400, '{"faultCode":"E_17","message":"bad"}').code)
    assert.equal("accounts.get: 400 why", from(400, '{"title":"T","description":"why"}').message)
  end)

  it("gives its reason in every common form", function()
    for body, expected in pairs{
      ['{"error":"no such"}'] = "no such",
      ['{"error":{"message":"no such","code":5}}'] = "no such",
      ['{"error":"invalid_grant","error_description":"it has ended"}'] = "it has ended",
      ['{"type":"about:blank","title":"Not here","detail":"It was sold","status":404}'] =
        "Not here: It was sold",
      ['{"title":"Not here","status":404}'] = "Not here",
      ['{"errors":[{"message":"one"},{"detail":"two"},"three","four"]}'] = "one; two; three",
      ['{"errors":{"name":["is short","is odd"],"size":"is wrong"}}'] =
        "name: is short; is odd; size: is wrong",
      ['{"message":"bad","errors":[{"message":"worse"}]}'] = "bad: worse",
      ['{"message":["one","two"]}'] = "one; two",
      ['{"detail":[{"loc":["a"],"msg":"field required"}]}'] = "field required",
      ['["one",{"message":"two"}]'] = "one; two",
      ['"a text of JSON"'] = "a text of JSON",
      ["plain\n  text\n"] = "plain text",
      ['\239\187\191{"message":"after a mark"}'] = "after a mark",
      ["<Error><Code>NoSuchKey</Code><Message>no key</Message></Error>"] = "no key",
      ["<html><head><TITLE>\n502 Bad &amp; Gateway</TITLE></head>"] =
        "an HTML page came instead of an answer of the service: 502 Bad & Gateway",
      ["<html><h1>Unauthorized</h1><p>no</p>"] =
        "an HTML page came instead of an answer of the service: Unauthorized",
    } do
      assert.equal("accounts.get: 404 " .. expected, from(404, body).message, body)
    end
  end)

  it("has a code and details in their several places", function()
    local err = from(400, '{"status":400,"message":"m","faultCode":"F","moreInfo":"docs/#F"}')
    assert.equal("F", err.code)
    assert.equal("docs/#F", err.details)
    assert.equal(17, from(400, '{"error":{"message":"m","code":17}}').code)
    assert.equal("invalid_grant",
      from(400, '{"error":"invalid_grant","error_description":"m"}').code)
    assert.equal("E2", from(400, '{"errors":[{"code":"E2","message":"m"}]}').code)
    assert.is_nil(from(400, '{"code":1.5,"message":"m"}').code)
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
    for _, body in ipairs{ "{", "[]", "[1]", "null", "true", "5", '""', " ", "a\0b", "<", "<a>",
      '{"message":{"a":1}}', '{"fault":{"message":5}}', '{"error":true}', '{"errors":[]}' } do
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
end)

describe("an error", function()
  it("tells when to come again, by seconds or by a date", function()
    assert.equal(7, from(429, "", { ["retry-after"] = "7" }).retry_after)
    assert.equal(60, from(413, "",
      { ["retry-after"] = "Thu, 01 Jan 1970 00:17:40 GMT" }).retry_after)
    for text, seconds in pairs{ ["30.5"] = 30.5, ["120.000"] = 120, ["00000000000007"] = 7,
      ["99999999999999999999"] = 1e10 } do
      assert.equal(seconds, from(503, "", { ["retry-after"] = text }).retry_after)
    end
    for _, text in ipairs{ "soon", "-5", "1,5", "1e999x" } do
      assert.is_nil(from(429, "", { ["retry-after"] = text }).retry_after)
    end
    assert.is_nil(from(429).retry_after)
  end)

  it("judges a date by the clock of the answer", function()
    assert.equal(60, from(503, "", { date = "Thu, 01 Jan 1970 05:16:40 GMT",
      ["retry-after"] = "Thu, 01 Jan 1970 05:17:40 GMT" }).retry_after)
    assert.equal(60, from(503, "", { date = "soon",
      ["retry-after"] = "Thu, 01 Jan 1970 00:17:40 GMT" }).retry_after)
  end)

  it("is of a limit with 413 only where the answer says so", function()
    local err = from(413)
    assert.equal("invalid", err.kind)
    assert.equal("accounts.get: 413 the request is too large", err.message)
    assert.equal("invalid", from(413, '{"requestEntityTooLarge":{"message":"too long"}}').kind)
    assert.equal("throttled", from(413, "", { ["retry-after"] = "1" }).kind)
    assert.equal("throttled", from(413, '{"overLimit":{"message":"slow down"}}').kind)
    assert.equal("throttled", from(413, '{"code":413,"message":"Rate limit reached"}').kind)
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
