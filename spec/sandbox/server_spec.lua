--- server_spec.lua - a sandbox's server, as a library
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local server = require("rackspace.sandbox.server")
local socket = require("socket")

local function ask(box, text)
  local client = assert(socket.connect("127.0.0.1", tonumber(
    box:url():match(":(%d+)$"))))
  client:settimeout(0)
  assert(client:send(text))
  local got = ""
  child.wait_until(function()
    box:step(0.01)
    local bytes, _, partial = client:receive(65536)
    got = got .. (bytes or partial or "")
    return got:find("\r\n\r\n.*}$")
  end, "an answer")
  client:close()
  return got
end

describe("a sandbox's server", function()
  it("answers at its URL while it is stepped, until it is closed", function()
    local box = assert(server.new{ accounts = 4 })
    local port = tonumber(box:url():match("^http://127%.0%.0%.1:(%d+)$"))
    local answer = ask(box, "GET /sandbox HTTP/1.1\r\nHost: x:1\r\n\r\n")
    assert.is_truthy(answer:find("^HTTP/1.1 200 "))
    assert.is_truthy(answer:find('"accounts":4', 1, true))
    box:close()
    box:close()
    assert.is_nil((socket.connect("127.0.0.1", port)))
    assert.has_error(function() box:step(0) end)
  end)

  it("takes any port when none is named", function()
    local one, two = assert(server.new()), assert(server.new())
    assert.not_equal(one:url(), two:url())
    one:close()
    two:close()
  end)

  it("says that its port is in use, and by which name", function()
    local one = assert(server.new())
    local port = tonumber(one:url():match(":(%d+)$"))
    local two, message = server.new{ port = port }
    assert.is_nil(two)
    assert.is_truthy(message:find("127.0.0.1:" .. port, 1, true))
    assert.is_truthy(message:find("in use", 1, true))
    one:close()
    assert(server.new{ port = port }):close()
  end)
end)
