--- contacts.lua - nginx's endpoint that lists an account's contacts
-- SPDX-License-Identifier: MIT
-- luacheck: globals ngx
local clock = require("rackspace.core")
local json = require("cjson")
local rackspace = require("rackspace")

local function text(value)
  return type(value) == "userdata" and value:reveal() or value
end

--- A subrequest: the worker serves others until its answer is there.
local function transport(request)
  local headers = request.headers
  local response = ngx.location.capture("/rackspace", {
    method = ngx["HTTP_" .. request.method], body = text(request.body) or "",
    vars = { rackspace_url = request.url,
      rackspace_token = text(headers["X-Auth-Token"]) or "",
      rackspace_accept = headers.Accept } })
  if response.truncated then
    return nil, "the answer broke off", "network"
  end
  local found = {}
  for name, value in pairs(response.header) do
    found[name:lower()] = tostring(value)
  end
  return { status = response.status, headers = found, body = response.body }
end

local rs = assert(rackspace.new{ transport = transport, clock = {
  time = clock.now, monotonic = clock.monotonic, sleep = ngx.sleep } })

return function()
  local number = ngx.var.uri:match("(%d+)$") or 0
  local contacts, message = rs.contacts:list("CLOUD/" .. number):totable(100)
  ngx.status = contacts and 200 or 502
  ngx.header["Content-Type"] = "application/json"
  ngx.say(json.encode(contacts or { message = message }))
end
