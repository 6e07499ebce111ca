--- wire_spec.lua - peers that break a connection or HTTP's framing
-- SPDX-License-Identifier: MIT
local hostile = require("spec.support.hostile")
local once = require("spec.support.once")
local port = require("spec.support.port")
local rackspace = require("rackspace")

local fails = hostile.fails

-- Short for what never ends; what is to end otherwise has the defaults.
local STALL, TOTAL = { stall_timeout = 1 }, { timeout = 0.5 }

describe("a connection", function()
  after_each(hostile.close_all)

  it("that is refused is an error of the network, and nothing was sent", function()
    finally(port.close_all)
    local url = port.refusing_url()
    local rs = assert(rackspace.new(once{ token = hostile.TOKEN,
      endpoints = { identity = url, customer = url } }))
    local err = hostile.assert_failure("network", "Failed to connect",
      rs.accounts:get("CLOUD/1"))
    assert.is_false(err.sent)
    rs:close()
  end)

  it("that is slow within its time is none", function()
    local rs = hostile.against([[
      connection:request()
      connection:pause(0.3)
      connection:send(reply(200, '{"id":"1"}'))]])
    assert.equal("1", assert(rs.accounts:get("CLOUD/1")).id)
  end)

  it("that says nothing ends with the time-out of a stall", function()
    local err, _, server = fails("connection:request() connection:wait()",
      "timeout", "too slow", STALL)
    assert.is_true(err.sent)
    assert.equal(1, #server:wait_for_requests(1))
  end)

  it("that stops in the middle of the head ends with the time-out of a stall", function()
    fails([[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\nContent-Ty")
      connection:wait()]], "timeout", "too slow", STALL)
  end)

  it("that stops in the middle of the body ends with the time-out of a stall", function()
    fails([[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{")
      connection:wait()]], "timeout", "too slow", STALL)
  end)

  it("that drips byte by byte ends with the time-out of a call", function()
    fails([[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\n\r\n{")
      while connection:send(" ") do
        connection:pause(0.05)
      end]], "timeout", "timed out", TOTAL)
  end)

  it("that drips one byte a second ends, if it is no stall, with the time-out of a call", function()
    fails([[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\n\r\n{")
      while connection:send(" ") do
        connection:pause(1)
      end]], "timeout", "", { stall_timeout = 2, timeout = 3.5 })
  end)

  it("that drips ends with the deadline, too", function()
    fails([[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\n\r\n{")
      while connection:send(" ") do
        connection:pause(0.05)
      end]], "timeout", "timed out", { deadline = 0.5 })
  end)

  it("that is reset before the request was read is an error of the network", function()
    fails("connection:reset()", "network", "")
  end)

  it("that is reset after the request was read is an error of the network", function()
    local err, _, server = fails("connection:request() connection:reset()", "network", "")
    assert.is_true(err.sent)
    assert.equal(1, #server:requests())
  end)

  it("that ends without an answer is an error of the network", function()
    local err, _, server = fails("connection:request()", "network", "Empty reply")
    assert.is_true(err.sent)
    assert.equal(1, #server:requests())
  end)

  it("that ends in the middle of the head gives no answer without a body", function()
    for _, head in ipairs{ "HTTP/1.1 2", "HTTP/1.1 200 OK\\r\\n", "HTTP/1.1 200 OK\\r\\nContent-Le",
      "HTTP/1.1 204 None\\r\\nX-A: b\\r\\n", "HTTP/1.1 100 Continue\\r\\n\\r\\n",
      "HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\nX-A" } do
      local rs = hostile.against(('connection:request() connection:send("%s")'):format(head))
      local value, message, err = rs.accounts:get("CLOUD/1")
      assert.is_nil(value, head)
      assert.is_truthy(err.kind == "network" or err.kind == "protocol", message)
      hostile.close_all()
    end
    fails([[connection:request() connection:send("HTTP/1.1 200 OK\r\nContent-Le")]],
      "network", "the connection ended in the middle of the response's head")
  end)

  it("that ends in the middle of the body gives none of it", function()
    fails([[
      connection:request()
      connection:send('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"id":"1"}')]],
      "network", "with 40 bytes ")
    fails([[
      connection:request()
      connection:send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n{"id":"1"}\r\n')]],
      "network", "")
  end)

  it("that speaks something else is not taken for HTTP", function()
    for _, greeting in ipairs{ "SSH-2.0-OpenSSH_9.2\\r\\n", '{\\"id\\":1}',
      "HTTP/9.9 200 OK\\r\\n\\r\\n{}", "HTTP/1.1 abc OK\\r\\n\\r\\n{}",
      "HTTP/1.1 99999 OK\\r\\n\\r\\n{}", "\\0\\0\\0\\0\\0\\0\\0\\0" } do
      fails(('connection:request() connection:send("%s")'):format(greeting), "protocol", "")
    end
  end)

  it("that changes its protocol in the middle is not followed", function()
    fails([[
      connection:request()
      connection:send("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")
      connection:send('{"id":"1"}')]], "protocol", "")
  end)
end)

describe("a Content-Length", function()
  after_each(hostile.close_all)

  local function lengths(...)
    return ([[
      connection:request()
      connection:send('HTTP/1.1 200 OK\r\n%s\r\n\r\n{"id":"1"}')]]):format(
      table.concat({ ... }, "\\r\\n"))
  end

  it("that is too long waits no longer than the connection is there", function()
    fails(lengths("Content-Length: 11"), "network", " 1 bytes ")
  end)

  it("that is too short cuts the body, and the rest is in no other answer", function()
    local rs, server = hostile.against([[
      while connection:request() do
        connection:send('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"id":"1"}'
          .. 'HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{"id":"poison"}')
      end]])
    for _ = 1, 3 do
      assert.equal("1", assert(rs.accounts:get("CLOUD/1")).id)
    end
    assert.equal(3, #server:requests())
    fails(lengths("Content-Length: 5"), "protocol", "the answer is not JSON")
  end)

  it("that is followed by an answer nobody asked for is not taken for the next one", function()
    local rs, server = hostile.against([[
      while connection:request() do
        connection:send(reply(200, '{"id":"1"}'))
        if connection.count == 1 then
          connection:pause(0.1)
          connection:send(reply(200, '{"id":"poison"}'))
          connection:tell("poisoned")
          connection:wait()
        end
      end]])
    assert.equal("1", assert(rs.accounts:get("CLOUD/1")).id)
    server:wait_for("poisoned")
    assert.equal("1", assert(rs.accounts:get("CLOUD/1")).id)
  end)

  it("that nobody can mean is refused", function()
    fails(lengths("Content-Length: -1"), "protocol", "Content-Length")
    fails(lengths("Content-Length: ten"), "protocol", "Content-Length")
  end)

  it("that is more than may be taken is refused", function()
    fails(lengths("Content-Length: 99999999999999999999999"), "protocol",
      "passes the bound of 67108864 bytes")
    fails(lengths("Content-Length: 9000000000000000000"), "protocol",
      "passes the bound of 67108864 bytes")
  end)

  it("that is there twice does not lengthen the body", function()
    for _, two in ipairs{ { 5, 10 }, { 10, 5 }, { 10, 99 }, { 99, 10 } } do
      local rs = hostile.against(lengths("Content-Length: " .. two[1],
        "Content-Length: " .. two[2]))
      local account, _, err = rs.accounts:get("CLOUD/1")
      assert.is_truthy(account and account.id == "1" or err.kind == "network"
        or err.kind == "protocol")
      hostile.close_all()
    end
  end)
end)

describe("a chunked body", function()
  after_each(hostile.close_all)

  local function chunks(text)
    return ([[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s")
      connection:wait()]]):format(text)
  end

  it("whose chunks are garbage is refused", function()
    for _, text in ipairs{ "zz\\r\\n{}\\r\\n0\\r\\n\\r\\n", "-2\\r\\n{}\\r\\n",
      "\\r\\n\\r\\n\\r\\n",      "ffffffffffffffffff\\r\\n{}",
      "2\\r\\n{}junk\\r\\n0\\r\\n\\r\\n" } do
      fails(chunks(text), "protocol", "the response's framing is malformed")
    end
  end)

  it("whose chunk is longer than may be taken is refused", function()
    fails([[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n")
      while connection:send((" "):rep(65536)) do end]], "protocol",
      "passes the bound of 1000 bytes", { max_body = 1000 })
  end)

  it("whose trailer does not end is refused", function()
    fails([[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n")
      while connection:send("X-Trailer: x\r\n") do end]], "protocol", "")
    fails([[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: ")
      while connection:send("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") do end]], "protocol", "")
  end)
end)

describe("an answer without end", function()
  after_each(hostile.close_all)

  local function bounded(kilobytes, ...)
    local arguments, err = { ... }, nil
    local growth = hostile.growth(function()
      err = fails(arguments[1], arguments[2], arguments[3], arguments[4])
    end)
    assert.is_true(growth < kilobytes, growth .. " kB")
    return err
  end

  it("in its body is refused at the bound, in bounded memory", function()
    bounded(32768, [[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\n\r\n")
      while connection:send(("x"):rep(65536)) do end]], "protocol",
      "the response's body passes the bound of 1000000 bytes", { max_body = 1000000 })
  end)

  it("in its headers is refused at the bound, in bounded memory", function()
    bounded(32768, [[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\n")
      while connection:send("X-" .. ("a"):rep(1000) .. ": b\r\n") do end]], "protocol",
      "the response's head passes the bound of 262144 bytes")
    fails([[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\n")
      while connection:send("X-A: b\r\n") do end]], "protocol",
      "the response's head passes the bound of 1000 lines")
  end)

  it("in one header is refused at the bound", function()
    bounded(32768, [[
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\nX-A: ")
      while connection:send(("a"):rep(1000)) do end]], "protocol",
      "a line of the response's head is too long")
  end)

  it("in its interim answers is refused at the bound", function()
    fails([[
      connection:request()
      while connection:send("HTTP/1.1 100 Continue\r\n\r\n") do end]], "protocol",
      "the response's head passes the bound of 1000 lines")
  end)

  it("that unfolds to a quarter of a gigabyte is refused at the bound", function()
    bounded(49152, [[
      local pipe = io.popen("head -c 268435456 /dev/zero | gzip -1")
      local bomb = pipe:read("*a")
      pipe:close()
      connection:request()
      connection:send(reply(200, bomb, "Content-Encoding: gzip"))]], "protocol",
      "the response's body passes the bound of 1000000 bytes", { max_body = 1000000 })
  end)

  it("that unfolds again and again is refused", function()
    bounded(49152, [[
      local pipe = io.popen("head -c 268435456 /dev/zero | gzip -1 | gzip -9 | gzip -9")
      local bomb = pipe:read("*a")
      pipe:close()
      connection:request()
      connection:send(reply(200, bomb, "Content-Encoding: gzip, gzip, gzip"))]], "protocol",
      "", { max_body = 1000000 })
  end)

  it("is no worse as an answer of an error", function()
    fails([[
      connection:request()
      connection:send("HTTP/1.1 503 Unavailable\r\n\r\n")
      while connection:send(("x"):rep(65536)) do end]], "protocol",
      "the response's body passes the bound of 1000 bytes", { max_body = 1000 })
  end)
end)

describe("an encoding", function()
  after_each(hostile.close_all)

  it("that is broken is refused", function()
    fails([[
      connection:request()
      connection:send(reply(200, '{"id":"1"}', "Content-Encoding: gzip"))]], "protocol", "")
  end)

  it("that nobody knows is refused", function()
    fails([[
      connection:request()
      connection:send(reply(200, '{"id":"1"}', "Content-Encoding: x-secret"))]],
      "protocol", "content encoding")
  end)
end)
