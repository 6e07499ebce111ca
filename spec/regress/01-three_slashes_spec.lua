--- 01-three_slashes_spec.lua - a URL is judged even after its like was allowed
-- SPDX-License-Identifier: MIT
-- libcurl reads "http:///host/" as it reads "http://host/". A client took what
-- stands before the third slash for the origin, and let every such URL pass
-- once one of them had been allowed: in plain http, to any machine.
local core = require("rackspace.core")

local function kind_of(client, url)
  local transfer = client:start{ url = url, connect_timeout = 1 }
  while client:running() > 0 do
    client:poll(1)
  end
  client:poll(0)
  return select(3, transfer:response())
end

describe("a client that asked this machine by a URL of three slashes", function()
  it("asks no other machine in plain http", function()
    local client = core.client()
    assert.equal("network", kind_of(client, "http:///127.0.0.1:1/"))
    assert.equal("config", kind_of(client, "http:///192.0.2.1:1/"))
    client:close()
  end)

  it("sends no credentials of a URL", function()
    local client = core.client()
    assert.equal("network", kind_of(client, "http:///127.0.0.1:1/"))
    assert.equal("config", kind_of(client, "http:///user:word@127.0.0.1:1/"))
    client:close()
  end)
end)
