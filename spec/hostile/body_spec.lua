--- body_spec.lua - answers whose framing is right and whose content is hostile
-- SPDX-License-Identifier: MIT
local hostile = require("spec.support.hostile")

local fails = hostile.fails

--- What answers everything with these bytes, an expression of Lua.
local function answers(body, status, ...)
  local lines = {}
  for i, line in ipairs{ ... } do
    lines[i] = (", %q"):format(line)
  end
  return ([[
    while connection:request() do
      connection:send(reply(%d, %s%s))
    end]]):format(status or 200, body, table.concat(lines))
end

describe("a body", function()
  after_each(hostile.close_all)

  it("of HTML is named, whatever its status", function()
    local page = "'<!DOCTYPE html><html><body>Please log in</body></html>'"
    fails(answers(page), "protocol",
      "an HTML page came instead of JSON; is the endpoint right?")
    local err = fails(answers(page, 502), "server", "502 an HTML page came instead")
    assert.equal(502, err.status)
  end)

  it("that is no JSON is refused, whatever its status", function()
    for _, body in ipairs{ "'{'", "'{\"id\":1'", "'{\"id\":1}x'", "'id=1'", "'{\"id\":NaN}'",
      "'{\"id\":0x1}'", "'[1,]'", "'{\\'id\\':1}'", "'\\0'", "('['):rep(10)", "'nul'" } do
      fails(answers(body), "protocol", "the answer is not JSON")
      hostile.close_all()
    end
    local err = fails(answers("'{\"message\":'", 400), "invalid", "400 the service refused it")
    assert.equal(400, err.status)
  end)

  it("that is JSON of something else is refused", function()
    for _, body in ipairs{ "'5'", "'\"x\"'", "'true'", "'null'" } do
      fails(answers(body), "protocol", "the answer is not JSON of an object")
      hostile.close_all()
    end
    fails(answers("''"), "protocol", "the answer is empty")
    fails(answers("('\\n'):rep(1000)"), "protocol", "the answer is empty")
  end)

  it("of no content is no record and an empty list", function()
    local code = [[
      while connection:request() do
        connection:send("HTTP/1.1 204 No Content\r\n\r\n")
      end]]
    local err, rs = fails(code, "protocol", "the answer is empty")
    assert.equal(204, err.status)
    assert.same({}, rs.accounts:list():totable())
  end)

  it("that comes with 204 is passed over, and is in no other answer", function()
    local rs, peer = hostile.against([[
      while connection:request() do
        connection:send('HTTP/1.1 204 No Content\r\nContent-Length: 64\r\n\r\n'
          .. 'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"id":"poison"}')
      end]])
    for _ = 1, 3 do
      hostile.assert_failure("protocol", "the answer is empty", rs.accounts:get("CLOUD/1"))
    end
    assert.equal(3, #peer:requests())
  end)

  it("of bytes that are no UTF-8 is given as it came", function()
    local rs = hostile.against(answers("'{\"id\":\"a\\255\\254\\192\\128b\"}'"))
    assert.equal("a\255\254\192\128b", assert(rs.accounts:get("CLOUD/1")).id)
    fails(answers("'{\"message\":\"a\\255\\254\\192\\128b\"}'", 404), "not_found",
      "404 a\\255\\254\\192\\128b")
  end)

  it("of half a surrogate, or a NUL in a text, does no harm", function()
    local rs = hostile.against(answers([['{"id":"\\uD800"}']]))
    assert.equal("\239\191\189", assert(rs.accounts:get("CLOUD/1")).id)
    rs = hostile.against(answers([['{"id":"a\\u0000b"}']]))
    assert.equal("a\0b", assert(rs.accounts:get("CLOUD/1")).id)
    fails(answers([['{"message":"a\\u0000\\u001b[2Jb"}']], 404), "not_found", "404 a [2Jb")
  end)

  it("nested 100,000 deep is refused", function()
    fails(answers("('['):rep(100000) .. (']'):rep(100000)"), "protocol", "nested")
    fails(answers("('{\"a\":'):rep(100000) .. '1' .. ('}'):rep(100000)"), "protocol", "nested")
    fails(answers("('[[],'):rep(100000) .. '1' .. (']'):rep(100000)"), "protocol", "nested")
    local err = fails(answers("'{\"message\":' .. ('['):rep(100000) .. (']'):rep(100000) .. '}'",
      500), "server", "500 the service failed")
    assert.equal(500, err.status)
  end)

  it("nested as deep as is taken is read", function()
    local rs = hostile.against(answers("'{\"id\":' .. ('['):rep(499) .. (']'):rep(499) .. '}'"))
    local value, depth = assert(rs.accounts:get("CLOUD/1")).id, 0
    while type(value) == "table" do
      value, depth = value[1], depth + 1
    end
    assert.equal(499, depth)
  end)

  it("with a number of a million digits is refused", function()
    fails(answers("'{\"number\":' .. ('9'):rep(1000000) .. '}'"), "protocol",
      "the answer is not JSON (a number is too large)")
    fails(answers("'{\"number\":[-1e999]}'"), "protocol", "a number is too large")
    local rs = hostile.against(answers("'{\"number\":0.' .. ('3'):rep(1000000) .. '}'"))
    assert.equal(1 / 3, assert(rs.accounts:get("CLOUD/1")).number)
  end)

  it("with a key twice has the last one's value", function()
    local rs = hostile.against(answers(
      "'{\"id\":\"1\",\"id\":\"2\",\"link\":[],\"link\":{},\"id\":\"3\"}'"))
    local account = assert(rs.accounts:get("CLOUD/1"))
    assert.equal("3", account.id)
    assert.same({}, account.link)
  end)

  it("with 100,000 keys that are one but for a zero byte is read in its time", function()
    local rs = hostile.against([[
      connection:request()
      local parts = {}
      for i = 1, 100000 do
        parts[i] = ('"%032d%d%032d":%d'):format(0, i, 0, i)
      end
      connection:send(reply(200, "{" .. table.concat(parts, ",") .. "}"))]])
    local account, count = assert(rs.accounts:get("CLOUD/1")), 0
    for _ in pairs(account) do
      count = count + 1
    end
    assert.equal(100000, count)
  end)

  it("with nulls in a list loses nothing else of it", function()
    local rs = hostile.against(answers("'{\"customerAccount\":[null,{\"id\":\"1\"},null,null,"
      .. "{\"id\":\"2\"},null,{\"id\":\"3\"},null]}'"))
    local ids = {}
    for account in rs.accounts:list() do
      ids[#ids + 1] = account.id
    end
    assert.same({ "1", "2", "3" }, ids)
  end)

  it("of records that are none is refused", function()
    local function list(text)
      local rs = hostile.against(answers(("'{\"customerAccount\":%s}'"):format(text)))
      return rs.accounts:list():totable()
    end
    for _, text in ipairs{ "5", '"x"', "true", '{"a":1}' } do
      hostile.assert_failure("protocol", "the answer's 'customerAccount' is no list", list(text))
    end
    for _, text in ipairs{ "[5]", '[{"id":"1"},"x"]', "[true]" } do
      hostile.assert_failure("protocol", "the answer's 'customerAccount' holds what is no record",
        list(text))
    end
    assert.same({}, list("null"))
    fails(answers("'[{\"id\":\"1\"}]'"), "protocol", "the answer is no record")
  end)

  it("of XML that blows up, or is nested too deep, is refused", function()
    local xml = { format = "xml" }
    fails(answers("'<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
      .. "<customerAccount id=\"1\">&b;</customerAccount>'"), "protocol",
      "it declares a document type", xml)
    fails(answers("'<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>'"), "protocol",
      "it declares a document type", xml)
    fails(answers("('<a>'):rep(100000) .. ('</a>'):rep(100000)"), "protocol",
      "it is nested too deeply", xml)
    fails(answers("'<a>\\255\\254</a>'"), "protocol", "the answer is not XML", xml)
    fails(answers("'<a><b></a>'"), "protocol", "the answer is not XML", xml)
  end)

  it("of a fault that is megabytes long makes a short message", function()
    local err = fails(answers("'{\"message\":\"' .. ('x'):rep(5000000) .. '\"}'", 400),
      "invalid", "400 xxxxxxxx")
    assert.is_true(#err.message < 600)
    fails(answers("('<fault><'):rep(500000)", 400), "invalid", "400 the service refused it")
    fails(answers("('<message><message '):rep(300000)", 500), "server", "500 the service failed")
  end)

  it("of a fault that is something else in each place is still an error", function()
    for _, body in ipairs{ "[]", "5", "null", '{"message":5}', '{"message":{}}', '{"message":null}',
      '{"a":{"message":[1]}}', '{"a":5,"b":{"message":"","details":{}}}', '{"faultCode":{}}' } do
      local err = fails(answers(("'%s'"):format(body), 409), "conflict", "409 ")
      assert.equal(409, err.status)
      hostile.close_all()
    end
  end)
end)

describe("a header", function()
  after_each(hostile.close_all)

  local function throttled(...)
    return (fails(answers("'{}'", 429, ...), "throttled", "429 too many requests for now"))
  end

  local function many_lines(count)
    return ([[
      local lines = {}
      for i = 1, %d do
        lines[i] = "Retry-After: " .. i
      end
      connection:request()
      connection:send(reply(429, "{}", table.concat(lines, "\r\n")))]]):format(count)
  end

  it("Retry-After a thousand times over is refused as a head without end", function()
    fails(many_lines(1000), "protocol", "the response's head passes the bound of 1000 lines")
  end)

  it("Retry-After many times over is the longest of them", function()
    assert.equal(9, throttled("Retry-After: 1", "Retry-After: 9", "Retry-After: 5").retry_after)
    assert.equal(7, throttled("Retry-After: soon", "Retry-After: 7").retry_after)
    assert.equal(900, (fails(many_lines(900), "throttled", "429 ")).retry_after)
  end)

  it("Retry-After that says nothing is none", function()
    for _, value in ipairs{ "", " ", "soon", "-5", "1e9", "1,5", "0x10", "5 5", "NaN",
      "Fri, 99 Foo 0001 99:99:99 GMT", ("9"):rep(10000) } do
      assert.is_nil(throttled("Retry-After: " .. value).retry_after)
      hostile.close_all()
    end
  end)

  it("Retry-After of the year 0001 has long passed", function()
    assert.equal(0, throttled("Retry-After: 0001-01-01T00:00:00Z").retry_after)
    assert.equal(0, throttled("Retry-After: Mon, 01 Jan 0001 00:00:00 GMT").retry_after)
    assert.is_nil(throttled("Retry-After: 0000-00-00T00:00:00Z").retry_after)
  end)

  it("that repeats the token is shown without it", function()
    local token = hostile.TOKEN
    local err = fails(answers(("'{\"message\":\"bad token %s\"}'"):format(token), 400,
      "X-Trans-Id: " .. token), "invalid", "400 bad token <secret>")
    assert.equal("<secret>", err.request_id)
  end)
end)

describe("dates of the year 0001", function()
  after_each(hostile.close_all)

  it("in a log-in's answer keep nobody from using its token", function()
    local rs, peer = hostile.against([[
      while true do
        local request = connection:request()
        if not request then
          return
        elseif request:find("/tokens") then
          connection:send(reply(200, '{"access":{"token":{"id":"the-new-token","expires":'
            .. '"0001-01-01T00:00:00Z"},"user":{"id":"1"}}}',
            "Date: Mon, 01 Jan 0001 00:00:00 GMT"))
          connection:close()
          return
        end
        connection:send(reply(200, '{"id":"1","lastUpdatedDate":"0001-01-01T00:00:00Z"}'))
      end]], { token = false, username = "someone", api_key = "the-key-of-someone" })
    local account = assert(rs.accounts:get("CLOUD/1"))
    assert.equal("0001-01-01T00:00:00Z", account.lastUpdatedDate)
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal(3, #peer:requests())
  end)
end)
