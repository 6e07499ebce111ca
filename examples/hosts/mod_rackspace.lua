--- mod_rackspace.lua - a module of Prosody's that tells an account's status
-- SPDX-License-Identifier: MIT
-- luacheck: globals module
local async = require("util.async")
local clock = require("rackspace.core")
local http = require("net.http")
local rackspace = require("rackspace")

local function text(value)
  return type(value) == "userdata" and value:reveal() or value
end

--- Prosody's own client: the route that waits lets the others go on.
local function transport(request)
  local headers = {}
  for name, value in pairs(request.headers) do
    headers[name] = text(value)
  end
  local response, problem = async.wait_for(http.request(request.url, {
    method = request.method, headers = headers, body = text(request.body) }))
  if not response then
    return nil, tostring(problem), "network"
  end
  return { status = response.code, headers = response.headers,
    body = response.body }
end

local rs = assert(rackspace.new{ transport = transport, clock = {
  time = clock.now, monotonic = clock.monotonic, sleep = async.sleep } })

module:provides("http", { default_path = "/accounts", route = {
  ["GET /*"] = function(_, id)
    local account, message = rs.accounts:get("CLOUD/" ..
      (id:match("^%d+$") or 0))
    return (account and account.status or message) .. "\n"
  end,
} })
