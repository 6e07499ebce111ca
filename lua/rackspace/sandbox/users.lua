--- users.lua - the sandbox's users and their rights
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")

-- `sees` names a view of the accounts in seed.lua. A user with a passcode has
-- multi-factor authentication for log-ins by password; one with `must_set_up`
-- has to set it up before such a log-in. `email` has the keys of the Email &
-- Apps API; its `account` is the customer that they belong to, a reseller or
-- one of its customers. `portal` lists roles for dedicated accounts.
local list = {
  { id = "100001", username = "demo", sees = "demo",
    api_key = "0d3e00000000000000000000000c0de1", password = "demo-Passw0rd",
    email = { user_key = "Dem0/Sandb0x+UserKey", account = "460180",
      secret_key = "Dem0SandboxSecretKeyOf28char", reseller = true },
    roles = { "identity:user-admin", "ticketing:admin" },
    portal = { "account_admin" } },
  { id = "100002", username = "second", sees = "second",
    api_key = "5ec00000000000000000000000000c0de2",
    password = "second-Passw0rd",
    email = { user_key = "Sec0nd/Sandb0xUserKy", account = "460182",
      secret_key = "Sec0ndSandboxSecretOf28chars" },
    roles = { "identity:default", "ticketing:observer" } },
  { id = "100003", username = "careful", sees = "demo",
    api_key = "ca4ef000000000000000000000000c0de3",
    password = "careful-Passw0rd", passcode = "1234567",
    roles = { "identity:user-admin", "ticketing:admin" } },
  { id = "100004", username = "disabled", sees = "second", disabled = true,
    api_key = "d15ab000000000000000000000000c0de4",
    password = "disabled-Passw0rd", roles = { "identity:default" } },
  { id = "100005", username = "racker", sees = "demo",
    api_key = "7ac4e700000000000000000000c0de5", password = "racker-Passw0rd",
    roles = { "Racker", "identity:user-admin" } },
  { id = "100006", username = "newcomer", sees = "demo", must_set_up = true,
    api_key = "0eec03e4000000000000000000c0de6",
    password = "newcomer-Passw0rd", roles = { "identity:user-admin" } },
}

-- The ids and descriptions are those of the service where they are known.
local roles = {
  { id = "2", name = "identity:default", description = "Default Role." },
  { id = "3", name = "identity:user-admin", description = "User Admin Role." },
  { id = "9", name = "Racker",
    description = "Defines a user as being a Racker" },
  { id = "10000301", name = "ticketing:admin",
    description = "Creates and changes tickets" },
  { id = "10000302", name = "ticketing:observer",
    description = "Reads tickets" },
}

-- What validations and lists of roles have besides: the service of the roles.
local service_id = "bde1268ebabeeabb70a0e702a4626977c331d5c4"

local by_name = {}
for _, user in ipairs(list) do
  by_name[user.username] = user
end

--- Returns copies of all roles, or of those that `is_wanted` returns true for;
-- with `has_service` with the id of their service.
local function copy_roles(has_service, is_wanted)
  local found = json.array{}
  for _, role in ipairs(roles) do
    if not is_wanted or is_wanted(role) then
      found[#found + 1] = { id = role.id, name = role.name,
        description = role.description,
        serviceId = has_service and service_id or nil }
    end
  end
  return found
end

--- Whether a user has a role.
local function has_role(user, name)
  for _, role in ipairs(user.roles) do
    if role == name then
      return true
    end
  end
  return false
end

--- Returns the roles of a user in the format of Identity.
local function roles_of(user, has_service)
  return copy_roles(has_service, function(role)
    return has_role(user, role.name)
  end)
end

local function is_racker(user)
  return has_role(user, "Racker")
end

local function public_keys(email)
  return email and { user_key = email.user_key,
    secret_key = email.secret_key }
end

--- Returns copies of the users with the fields that clients may see. These
-- credentials open nothing but a sandbox.
local function public()
  local copies = {}
  for i, user in ipairs(list) do
    copies[i] = { username = user.username, api_key = user.api_key,
      password = user.password, passcode = user.passcode,
      email = public_keys(user.email) }
  end
  return copies
end

return { by_name = by_name, has_role = has_role, is_racker = is_racker,
  list = list, public = public, roles = copy_roles, roles_of = roles_of }
