--- request_spec.lua - requests: what they may say, what is sent, what comes
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local peer = require("spec.core.peer")
local port = require("spec.support.port")

describe("a request of core.client", function()
  local client, server

  before_each(function()
    client = assert(core.client())
    server = peer.new(peer.ok("hi"))
  end)

  after_each(function()
    client:close()
    server:close()
    port.close_all()
    client, server = nil, nil
  end)

  local function run(more)
    local request = { url = server.url .. "/x", timeout = peer.PATIENCE }
    for name, value in pairs(more or {}) do
      request[name] = value
    end
    return server:run(client, request)
  end

  -- The request as the peer saw it.
  local function sent(more)
    assert(run(more):response())
    return server.requests[#server.requests]
  end

  local function failure(more)
    local response, message, kind, was_sent = run(more):response()
    assert.is_nil(response)
    assert.not_matches("\n", message)
    return message, kind, was_sent
  end

  describe("that cannot be read", function()
    local function refused(request, expected)
      local ok, message = pcall(function()
        client:start(request)
      end)
      assert.is_false(ok)
      assert.matches(expected, message, 1, true)
      assert.matches("request_spec.lua:%d+:", message)
      return message
    end

    it("names the field that is wrong", function()
      local url = server.url
      refused({ url = 5 }, "'url' must be a string, not a number")
      refused({ url = false }, "'url' must be a string, not a boolean")
      refused({ url = "http://localhost/\0x" }, "'url' holds a NUL byte")
      refused({ url = url, method = {} }, "'method' must be a string, not a table")
      refused({ url = url, method = "get" }, "'method' must be upper-case letters")
      refused({ url = url, method = "" }, "'method' must be upper-case letters")
      refused({ url = url, method = "GET /" }, "'method' must be upper-case letters")
      refused({ url = url, method = "GET\r\n" }, "'method' must be upper-case letters")
      refused({ url = url, body = {} }, "'body' must be a string or a secret, not a table")
      refused({ url = url, body = 5 }, "'body' must be a string or a secret, not a number")
      refused({ url = url, ca_file = 1 }, "'ca_file' must be a string, not a number")
      refused({ url = url, proxy = "http://p\0" }, "'proxy' holds a NUL byte")
      refused({ url = url, proxy = true }, "'proxy' must be a string or a secret, not a boolean")
    end)

    it("names the number that is wrong", function()
      for _, name in ipairs({
        "connect_timeout", "stall_timeout", "timeout", "max_body", "max_head",
      }) do
        for _, value in ipairs({ -1, "5", true, 0 / 0, -math.huge }) do
          refused({ url = server.url, [name] = value },
            "'" .. name .. "' must be a number that is not negative")
        end
      end
    end)

    it("names the field that there is not", function()
      refused({ url = server.url, timeuot = 5 }, "a request has no field 'timeuot'")
      refused({ url = server.url, "x" }, "a request has no field '?'")
      refused({ url = server.url, [true] = 1 }, "a request has no field '?'")
    end)

    it("has headers that are wrong", function()
      local function with(headers, expected)
        return refused({ url = server.url, headers = headers }, expected)
      end
      with("X: y", "'headers' must be a table of name and value")
      with({ "X: y" }, "a header's name must be a string")
      with({ ["X-A"] = 5 }, "header 'X-A' must be a string or a secret, not a number")
      with({ ["X-A"] = {} }, "header 'X-A' must be a string or a secret, not a table")
      with({ ["X-A"] = io.stdout }, "header 'X-A' must be a string or a secret, not a userdata")
      with({ [""] = "x" }, "a header's name is empty")
      with({ ["X A"] = "x" }, "a header's name holds a character that is not allowed ('X A')")
      with({ ["X:"] = "x" }, "a header's name holds a character that is not allowed")
      with({ ["X\r\nY"] = "x" }, "a header's name holds a character that is not allowed")
    end)

    it("has header values that would be two, and does not show them", function()
      for _, ending in ipairs({ "\r", "\n", "\r\nX-Evil: 1", "\0" }) do
        for _, wrap in ipairs({ tostring, core.secret }) do
          local message = refused({
            url = server.url, headers = { ["X-Auth-Token"] = wrap("hush" .. ending) },
          }, "a header's value holds a line break or a NUL ('X-Auth-Token')")
          assert.not_matches("hush", message)
        end
      end
    end)

    it("has a file that cannot be opened", function()
      refused({ url = server.url, file = "/nowhere/file" },
        "cannot open /nowhere/file: No such file or directory")
      refused({ url = server.url, file = {} }, "'file' must be a string, not a table")
    end)

    it("has two bodies", function()
      refused({ url = server.url, body = "x", file = "/dev/null" },
        "a request has either 'body' or 'file', not both")
    end)

    it("is no table", function()
      assert.has_error(function() client:start("http://localhost/") end)
      assert.has_error(function() client:start() end)
    end)

    it("sends nothing", function()
      refused({ url = server.url, timeout = -1 }, "timeout")
      assert.equal(0, client:running())
      server:drive(client, function() return true end)
      assert.equal(0, server.accepted)
    end)
  end)

  it("is read without its metatable, and not changed", function()
    local function fail()
      error("a metamethod ran")
    end
    local mt = { __index = fail, __newindex = fail, __pairs = fail, __len = fail }
    local headers = setmetatable({ ["X-A"] = "b" }, mt)
    local request = setmetatable({ url = server.url, headers = headers }, mt)
    assert(server:run(client, request):response())
    assert.equal("b", server.requests[1].headers["x-a"])
    local names = {}
    for name in next, request do
      names[#names + 1] = name
    end
    table.sort(names)
    assert.same({ "headers", "url" }, names)
  end)

  it("is a GET by itself", function()
    local request = sent()
    assert.equal("GET", request.method)
    assert.is_nil(request.headers["content-length"])
    assert.equal("127.0.0.1:" .. server.port, request.headers.host)
  end)

  it("says that a body is empty where one belongs", function()
    for _, method in ipairs({ "POST", "PUT", "PATCH" }) do
      local request = sent({ method = method })
      assert.equal(method, request.method)
      assert.equal("0", request.headers["content-length"])
      assert.is_nil(request.headers["content-type"])
    end
    assert.is_nil(sent({ method = "DELETE" }).headers["content-length"])
  end)

  it("sends a body of any bytes", function()
    local body = "\0\r\n\255" .. ("x"):rep(100000)
    local request = sent({ method = "PUT", body = body })
    assert.equal("100004", request.headers["content-length"])
    assert.is_true(request.body == body)
  end)

  it("sends a secret as its body", function()
    local request = sent({ method = "POST", body = core.secret("hush\0hush") })
    assert.equal("hush\0hush", request.body)
  end)

  it("sends a file as its body", function()
    local path = os.tmpname()
    local file = assert(io.open(path, "wb"))
    local bytes = ("0123456789abcdef\0\r\n"):rep(20000)
    file:write(bytes)
    file:close()
    local request = sent({ method = "POST", file = path })
    os.remove(path)
    assert.equal(tostring(#bytes), request.headers["content-length"])
    assert.is_true(request.body == bytes)
  end)

  it("fails when its file cannot be read", function()
    local message, kind = failure({ method = "POST", file = "/" })
    assert.equal("the body's file could not be read", message)
    assert.equal("file", kind)
  end)

  it("sends headers, secret ones too", function()
    local request = sent({ headers = {
      ["X-Auth-Token"] = core.secret("hush"), ["X-Plain"] = "a, b; \195\169",
      ["X-Empty"] = "", ["Accept"] = "text/xml",
    } })
    assert.equal("hush", request.headers["x-auth-token"])
    assert.equal("a, b; \195\169", request.headers["x-plain"])
    assert.equal("", request.headers["x-empty"])
    assert.equal("text/xml", request.headers.accept)
  end)

  it("never waits for a 100 Continue", function()
    local request = sent({ method = "POST", body = ("x"):rep(2000000) })
    assert.is_nil(request.headers.expect)
    assert.equal(2000000, #request.body)
  end)

  it("reads headers by lower-case name, and joins what is repeated", function()
    server.answer = "HTTP/1.1 201 Created\r\nX-One: 1\r\nx-oNe: 2\r\nX-Empty:\r\n"
      .. ("X-Long"):rep(20) .. ": y\r\nX-One: 3\r\nContent-Length: 0\r\n\r\n"
    local response = assert(run():response())
    assert.equal(201, response.status)
    assert.equal("", response.body)
    assert.same({
      ["x-one"] = "1, 2, 3", ["x-empty"] = "", ["content-length"] = "0",
      [("x-long"):rep(20)] = "y",
    }, response.headers)
  end)

  it("keeps the values of repeated headers apart", function()
    server.answer = "HTTP/1.1 200 OK\r\nX-One: 1, 2\r\nx-oNe: 3\r\n 4\r\nX-Two: 5\r\n"
      .. "X-One:\r\nContent-Length: 0\r\n\r\n"
    local response = assert(run():response())
    assert.same({ ["x-one"] = { "1, 2", "3 4", "" } }, response.repeated)
    assert.same({ ["x-one"] = "1, 2, 3 4, ", ["x-two"] = "5",
      ["content-length"] = "0" }, response.headers)
    local headers, repeated = core.headers(response.head)
    assert.same({ response.headers, response.repeated }, { headers, repeated })
    assert.same({}, select(2, core.headers("A: 1\r\n 2\r\n")))
  end)

  it("reads headers when they are asked for", function()
    server.answer = "HTTP/1.1 200 OK\r\nX-One: 1\r\n 2\r\nContent-Length: 0\r\n\r\n"
    local response = assert(run():response())
    -- The newest libcurl joins continued lines itself.
    assert.equal("X-One: 1 2\r\nContent-Length: 0\r\n",
      (response.head:gsub("\r\n ", " ")))
    assert.is_nil(rawget(response, "headers"))
    local headers = response.headers
    assert.same({ ["x-one"] = "1 2", ["content-length"] = "0" }, headers)
    assert.equal(headers, rawget(response, "headers"))
    assert.is_nil(response.body_of)
  end)

  it("takes what it leaves out from its defaults", function()
    server.answer = peer.ok(("x"):rep(100))
    local function outcome(more, defaults)
      more.url = server.url .. "/x"
      local transfer = client:start(more, defaults)
      server:drive(client, function(finished)
        return #finished > 0
      end)
      local response, _, kind = transfer:response()
      return response and response.status or kind
    end
    local small = core.defaults{ max_body = 50, timeout = peer.PATIENCE }
    assert.equal("protocol", outcome({}, small))
    assert.equal("protocol", outcome({}, small))
    assert.equal(200, outcome({ max_body = 100 }, small))
    assert.equal(200, outcome({}, core.defaults{ timeout = peer.PATIENCE }))
    assert.equal(200, outcome({}, nil))
    assert.equal(200, outcome({ timeout = peer.PATIENCE },
      core.defaults{ ca_file = "/nowhere", proxy = core.secret("http://127.0.0.1:1") }))
  end)

  it("has defaults that are wrong", function()
    local function refused(fields, expected)
      local ok, message = pcall(core.defaults, fields)
      assert.is_false(ok)
      assert.matches(expected, message, 1, true)
    end
    refused({ url = server.url }, "defaults have no field 'url'")
    refused({ method = "GET" }, "defaults have no field 'method'")
    refused({ 1 }, "defaults have no field '?'")
    refused({ timeout = "1" }, "'timeout' must be a number that is not negative")
    refused({ ca_file = 1 }, "'ca_file' must be a string, not a number")
    refused({ proxy = {} }, "'proxy' must be a string or a secret, not a table")
    refused({ proxy = "a\0b" }, "'proxy' holds a NUL byte")
    assert.is_false(pcall(core.defaults))
    assert.is_false(pcall(client.start, client, { url = server.url }, {}))
    assert.is_false(pcall(client.start, client, { url = server.url }, client))
  end)

  it("leaves nothing of itself to the next one", function()
    local function plain()
      local seen = sent()
      assert.equal("GET", seen.method)
      assert.equal("", seen.body)
      assert.is_nil(seen.headers["x-a"])
      assert.is_nil(seen.headers["content-length"])
    end
    sent{ method = "POST", body = "abc", headers = { ["X-A"] = "1" } }
    plain()
    sent{ method = "DELETE" }
    plain()
    sent{ body = "abc" }
    plain()
    sent{ headers = { ["X-A"] = "1" }, fresh = true }
    plain()
  end)

  it("keeps a body's NULs", function()
    server.answer = peer.ok("a\0b\0")
    assert.equal("a\0b\0", run():response().body)
  end)

  it("gets any status as a response", function()
    for _, status in ipairs({ 204, 302, 401, 404, 413, 500, 503, 599 }) do
      server.answer = "HTTP/1.1 " .. status .. " X\r\nLocation: /other\r\n"
        .. "Retry-After: 1\r\nContent-Length: 0\r\n\r\n"
      local response = assert(run():response())
      assert.equal(status, response.status)
      assert.equal("/other", response.headers.location)
    end
    assert.equal(8, #server.requests)
  end)

  describe("fails when", function()
    it("nobody listens", function()
      local message, kind, was_sent = failure({ url = port.refusing_url() })
      assert.matches("connect", message)
      assert.equal("network", kind)
      assert.is_false(was_sent)
    end)

    it("the host has no address", function()
      local message, kind, was_sent = failure({ url = "https://nowhere.invalid/" })
      assert.matches("nowhere.invalid", message, 1, true)
      assert.equal("network", kind)
      assert.is_false(was_sent)
    end)

    it("the answer is cut short", function()
      server.closes = true
      for _, answer in ipairs({
        "", "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
      }) do
        server.answer = answer
        local _, kind, was_sent = failure({ fresh = true })
        assert.equal("network", kind)
        assert.is_true(was_sent)
      end
    end)

    it("the answer is not HTTP", function()
      server.answer, server.closes = "SSH-2.0-OpenSSH_9.2\r\n", true
      local message, kind = failure()
      assert.matches("HTTP/0.9", message, 1, true)
      assert.equal("protocol", kind)
    end)

    it("the body is over the bound", function()
      server.answer = peer.ok(("x"):rep(1001))
      local message, kind = failure({ max_body = 1000 })
      assert.equal("the response's body passes the bound of 1000 bytes", message)
      assert.equal("protocol", kind)
      assert.equal(1001, #run({ max_body = 1001 }):response().body)
    end)

    it("the head is over the bound", function()
      server.answer = "HTTP/1.1 200 OK\r\nX: " .. ("x"):rep(2000)
        .. "\r\nContent-Length: 0\r\n\r\n"
      local message, kind = failure({ max_head = 1000 })
      assert.equal("the response's head passes the bound of 1000 bytes", message)
      assert.equal("protocol", kind)
    end)

    it("the head has no end", function()
      server.answer = "HTTP/1.1 200 OK\r\n" .. ("a:b\r\n"):rep(50000) .. "\r\n"
      local start = core.monotonic()
      local message, kind = failure()
      assert.equal("the response's head passes the bound of 1000 lines", message)
      assert.equal("protocol", kind)
      assert.is_true(core.monotonic() - start < peer.PATIENCE / 2)
    end)

    it("its time is up", function()
      server.answer = nil
      local start = core.monotonic()
      local _, kind, was_sent = failure({ timeout = 1 })
      local seconds = core.monotonic() - start
      assert.equal("timeout", kind)
      assert.is_true(was_sent)
      assert.is_true(seconds >= 1 and seconds < 10)
    end)

    it("the peer says nothing for too long", function()
      server.answer = nil
      local start = core.monotonic()
      local _, kind = failure({ stall_timeout = 1, timeout = 0 })
      local seconds = core.monotonic() - start
      assert.equal("timeout", kind)
      assert.is_true(seconds >= 1 and seconds < 10)
    end)

    it("it must not be sent", function()
      for _, url in ipairs({
        "http://example.com/", "file:///etc/passwd", "ftp://127.0.0.1/", "/x",
        "https://user:hush@127.0.0.1/", "", "http://127.0.0.1.example.com/",
      }) do
        local message, kind, was_sent = failure({ url = url })
        assert.equal("config", kind)
        assert.is_false(was_sent)
        assert.not_matches("hush", message)
      end
      local _, message, kind = client:start({}):response()
      assert.equal("there is no URL", message)
      assert.equal("config", kind)
      assert.equal(0, server.accepted)
    end)
  end)

  it("takes bounds of any size", function()
    for _, value in ipairs({ 0, 1e9, 1e300, math.huge }) do
      local response = assert(run({
        timeout = value, connect_timeout = value, stall_timeout = value,
        max_body = math.max(value, 2), max_head = math.max(value, 100),
      }):response())
      assert.equal("hi", response.body)
    end
  end)
end)
