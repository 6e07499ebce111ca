--- people.lua - the handlers of users, keys and impersonation
-- SPDX-License-Identifier: MIT
local add_roles = require("rackspace.identity.sandbox.roles")
local json = require("rackspace.base.json")
local tokens = require("rackspace.sandbox.tokens")
local users = require("rackspace.sandbox.users")
local visible = require("rackspace.identity.sandbox.users")

local impersonation_seconds, longest_impersonation = 10800, 86400

local function by_name(call)
  return users.by_name[call.query.name]
end

local function by_id(call)
  return visible.by_id[call.variables.userId]
end

local function show_user(_, _, user)
  return 200, { user = visible.show(user) }
end

local function key_of(user)
  return { ["RAX-KSKEY:apiKeyCredentials"] =
    { username = user.username, apiKey = user.api_key } }
end

--- Returns the username and the seconds of an impersonation, or nil when the
-- body is wrong.
local function read_impersonation(call)
  local body = type(call.body_value) == "table" and
    call.body_value["RAX-AUTH:impersonation"]
  local user = type(body) == "table" and body.user
  local name = type(user) == "table" and user.username
  local seconds = type(body) == "table" and body["expire-in-seconds"] or
    impersonation_seconds
  if type(name) ~= "string" or type(seconds) ~= "number" or seconds < 1 or
      seconds > longest_impersonation or seconds % 1 ~= 0 then
    return nil
  end
  return name, seconds
end

--- Adds the handlers to the behaviour of Identity.
local function add(behaviour)
  function behaviour.users(_, call)
    return 200, { users = json.array(visible.list(call.user,
      call.query.email)) }
  end

  --- Returns a handler that calls fn(sandbox, call, user) with the user that
  -- find(call) returns, if the caller may see it.
  local function with_user(find, fn)
    return function(sandbox, call)
      local user = find(call)
      if not user then
        return behaviour.fault(404, "User not found.")
      elseif not visible.may_see(call.user, user) then
        return behaviour.forbid(visible.role_to_see(user))
      end
      return fn(sandbox, call, user)
    end
  end

  behaviour.user = with_user(by_name, show_user)
  behaviour.user_by_id = with_user(by_id, show_user)

  behaviour.credentials = with_user(by_id, function(_, _, user)
    return 200, { credentials = json.array{ key_of(user) } }
  end)

  behaviour.api_key = with_user(by_id, function(_, _, user)
    return 200, key_of(user)
  end)

  add_roles(behaviour, function(fn)
    return with_user(by_id, fn)
  end)

  function behaviour.impersonate(sandbox, call)
    local name, seconds = read_impersonation(call)
    if not visible.is_racker(call.user) then
      return behaviour.forbid("Racker")
    elseif not name then
      return behaviour.fault(400, "Invalid request body: unable to parse " ..
        "impersonation data.")
    end
    local user = users.by_name[name]
    if not user then
      return behaviour.fault(404, "User not found.")
    elseif user.disabled then
      return behaviour.fault(403, "User is disabled.", "userDisabled")
    end
    local id, token = tokens.impersonate(sandbox, call.user, user, seconds)
    return 200, { access = { token = { id = id, expires = token.expires } } }
  end
end

return add
