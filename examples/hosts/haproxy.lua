--- haproxy.lua - an action that lets only active accounts through
-- SPDX-License-Identifier: MIT
local clock = require("rackspace.core")
local rackspace = require("rackspace")

local core = core -- luacheck: ignore 113

local function text(value)
  return type(value) == "userdata" and value:reveal() or value
end

--- HAProxy's own client: the request that waits lets the others go on.
local function transport(request)
  local client, headers = core.httpclient(), {}
  for name, value in pairs(request.headers) do
    headers[name:lower()] = { text(value) }
  end
  local response = client[request.method:lower()](client, { url = request.url,
    headers = headers, body = text(request.body),
    timeout = math.ceil(request.timeout * 1000) })
  if not response or not response.status or response.status == 0 then
    return nil, "HAProxy could not reach the service", "network"
  end
  local found = {}
  for name, values in pairs(response.headers or {}) do
    found[name:lower()] = table.concat(values, ", ", 0)
  end
  return { status = response.status, headers = found, body = response.body }
end

local rs = assert(rackspace.new{ transport = transport, clock = {
  time = clock.now, monotonic = clock.monotonic,
  sleep = function(seconds) core.msleep(math.ceil(seconds * 1000)) end } })

core.register_action("account_status", { "http-req" }, function(txn)
  local account, message = rs.accounts:get("CLOUD/" ..
    (txn.sf:path():match("^/(%d+)$") or 0))
  txn:set_var("txn.status", account and account.status or message)
end)
