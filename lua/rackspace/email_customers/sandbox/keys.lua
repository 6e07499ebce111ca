--- keys.lua - checks the signature and the rate limit of a call
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local users = require("rackspace.sandbox.users")

local keys = {}

-- The most requests per minute and key.
local limits = { read = 60, write = 30 }
local window = 60

local by_key = {}
for _, user in ipairs(users.list) do
  if user.email then
    by_key[user.email.user_key] = user
  end
end

--- Returns the user whose key signed a call, or nil.
function keys.signer(call)
  local header = call.headers["x-api-signature"] or ""
  local agent = call.headers["user-agent"]
  local user_key, timestamp = header:match("^([^:]+):(%d+):[^:]+$")
  local user = user_key and by_key[user_key]
  if not user or not agent or #timestamp < 14 then
    return nil
  end
  local expected = core.signature(user_key, agent, timestamp,
    user.email.secret_key)
  return expected:reveal() == header and user or nil
end

--- Counts a signed call. Returns whether it exceeds the limit of the last
-- minute. Refused calls count too: a client that does not wait stays refused.
function keys.is_throttled(sandbox, user, method)
  if sandbox.limits == false then
    return false
  end
  local kind = method == "GET" and "read" or "write"
  local now, most = sandbox:time(), limits[kind]
  sandbox.email_calls = sandbox.email_calls or {}
  local name = kind .. " " .. user.username
  local times = sandbox.email_calls[name] or {}
  sandbox.email_calls[name] = times
  while times[1] and (now - times[1] >= window or #times > most) do
    table.remove(times, 1)
  end
  times[#times + 1] = now
  return #times > most
end

return keys
