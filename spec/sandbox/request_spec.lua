--- request_spec.lua - how the sandbox reads a request
-- SPDX-License-Identifier: MIT
local request = require("rackspace.sandbox.request")

local function read(target, headers, body)
  return request.read{ method = "GET", target = target,
    headers = headers or {}, body = body }
end

describe("a request", function()
  it("is read into its parts", function()
    local call = read("/a/b?x=1&y=a+b%2B&z&=e#f", { host = "h:1" }, '{"a":[]}')
    assert.same({ "GET", "/a/b", "http://h:1" },
      { call.method, call.path, call.base })
    assert.same({ x = "1", y = "a b+", z = "", [""] = "e" }, call.query)
    assert.same({ a = {} }, call.body_value)
    assert.equal("http://localhost", read("/").base)
  end)

  it("has no value without a body of JSON", function()
    assert.is_nil(read("/").body_value)
    assert.is_nil(read("/", {}, "a=b").body_value)
    assert.equal("", read("/").body)
  end)

  it("may name its format at the end of its path", function()
    local headers = { accept = "text/plain" }
    local function read_suffix(target)
      local call = read(target, headers)
      request.take_suffix(call)
      return call
    end
    local call = read_suffix("/v2.0/tokens.json?x=1.xml")
    assert.same({ "/v2.0/tokens", "application/json" },
      { call.path, call.accept })
    assert.same({ accept = "text/plain" }, headers)
    assert.equal("application/xml", read_suffix("/v2.0/a.b.xml").accept)
    assert.equal("text/plain", read_suffix("/v2.0/a.txt").accept)
    assert.equal("/v1/a.json", read("/v1/a.json", headers).path)
  end)

  it("is refused for media types other than JSON", function()
    local function status_of(headers, body, op)
      return (request.type_problem(read("/", headers, body), op or {}))
    end
    assert.is_nil(status_of{})
    assert.is_nil(status_of{ accept = "text/html, application/json;q=0.5" })
    assert.is_nil(status_of{ accept = "application/*" })
    assert.equal(406, status_of{ accept = "application/xml" })
    assert.is_nil(status_of({ accept = "application/xml" }, "", { xml = "application/xml" }))
    assert.equal(406, status_of({ accept = "text/xml" }, "", { xml = "application/xml" }))
    assert.equal(406, status_of{ accept = "" })
    assert.equal(415, status_of({ ["content-type"] = "text/xml" }, "<a/>"))
    assert.is_nil(status_of({ ["content-type"] = "text/xml" }, ""))
    assert.is_nil(status_of(
      { ["content-type"] = "Application/JSON; charset=utf-8" }, "{}"))
  end)

  it("is too long for memory only where files are read", function()
    local call = request.read{ method = "POST", target = "/", headers = {},
      body = "", file = "/a/path" }
    assert.equal("/a/path", call.file)
    assert.equal(413, (request.type_problem(call, {})))
    assert.equal(413, (request.type_problem(call, { encoding = "urlencoded" })))
    assert.is_nil(request.type_problem(call, { accept = "multipart/form-data" }))
  end)

  it("is refused for a parameter without the one it needs", function()
    local op = { query = { { name = "key" },
      { name = "value", needs = "key" } } }
    local status, problem = request.query_problem(op, read("/?value=1"))
    assert.same({ 400, "value must be used with key" }, { status, problem })
    assert.is_nil(request.query_problem(op, read("/?value=1&key=")))
    assert.is_nil(request.query_problem(op, read("/?other=1")))
  end)
end)
