--- keys.lua - who asks the sandbox's Email & Apps API, and how often
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local users = require("rackspace.sandbox.users")

local keys = {}

-- Requests per minute and key, by what they do.
local limits = { read = 60, write = 30 }
local window = 60

local by_key = {}
for _, user in ipairs(users.list) do
  if user.email then
    by_key[user.email.user_key] = user
  end
end

--- The user whose key signed a call, or nil.
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

--- Counts a signed call: whether it is one too many of the last minute. Those
-- that are refused count as well, so that hammering keeps the door shut.
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
