--- http2_spec.lua - many calls on one connection, by nginx's own count
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local core = require("rackspace.core")
local nginx = require("spec.support.nginx")

describe("core.client over HTTP/2", function()
  local server

  setup(function()
    server = nginx.start([[location / { return 200 "$server_protocol $connection\n"; }]])
  end)

  teardown(function()
    server:close()
  end)

  it("runs 64 calls side by side on one connection", function()
    local client = assert(core.client())
    for i = 1, 64 do
      client:start({ url = server.tls .. "/" .. i, ca_file = server.ca_file,
        timeout = child.PATIENCE })
    end
    local connections, answers = {}, 0
    while client:running() > 0 do
      for _, transfer in ipairs(client:poll(child.PATIENCE)) do
        local response = assert(transfer:response())
        local protocol, number = response.body:match("^(%S+) (%d+)\n$")
        assert.equal("HTTP/2.0", protocol)
        connections[number], answers = true, answers + 1
      end
    end
    client:close()
    assert.equal(64, answers)
    local first = next(connections)
    assert.is_nil(next(connections, first))
  end)
end)
