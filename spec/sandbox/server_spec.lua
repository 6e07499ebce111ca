--- server_spec.lua - a sandbox's server, as a library
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local new_server = require("rackspace.sandbox.server").new
local new_sandbox = require("rackspace").sandbox
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
    local box = assert(new_server({ accounts = 4 }, new_sandbox))
    local port = tonumber(box:url():match("^http://127%.0%.0%.1:(%d+)$"))
    local answer = ask(box, "GET /sandbox HTTP/1.1\r\nHost: localhost:1\r\n" ..
      "X-Sandbox-Token: " .. box.sandbox.control_token .. "\r\n\r\n")
    assert.is_truthy(answer:find("^HTTP/1.1 200 "))
    assert.is_truthy(answer:find('"accounts":4', 1, true))
    box:close()
    box:close()
    assert.is_nil((socket.connect("127.0.0.1", port)))
    assert.has_error(function() box:step(0) end)
  end)

  it("takes any port when none is named", function()
    local one, two = assert(new_server({}, new_sandbox)), assert(new_server({}, new_sandbox))
    assert.not_equal(one:url(), two:url())
    one:close()
    two:close()
  end)

  it("says that its port is in use, and by which name", function()
    local one = assert(new_server({}, new_sandbox))
    local port = tonumber(one:url():match(":(%d+)$"))
    local two, message = new_server({ port = port }, new_sandbox)
    assert.is_nil(two)
    assert.is_truthy(message:find("127.0.0.1:" .. port, 1, true))
    assert.is_truthy(message:find("in use", 1, true))
    one:close()
    assert(new_server({ port = port }, new_sandbox)):close()
  end)
end)
