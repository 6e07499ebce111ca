--- users.lua - the sandbox's users and what they can see
-- SPDX-License-Identifier: MIT

-- `sees` names a view of the accounts in seed.lua. The user with a passcode
-- has multi-factor authentication for log-ins by password.
local list = {
  { id = "100001", username = "demo", sees = "demo",
    api_key = "0d3e00000000000000000000000c0de1", password = "demo-Passw0rd",
    roles = { "identity:user-admin", "ticketing:admin" } },
  { id = "100002", username = "second", sees = "second",
    api_key = "5ec00000000000000000000000000c0de2",
    password = "second-Passw0rd",
    roles = { "identity:default", "ticketing:observer" } },
  { id = "100003", username = "careful", sees = "demo",
    api_key = "ca4ef000000000000000000000000c0de3",
    password = "careful-Passw0rd", passcode = "1234567",
    roles = { "identity:user-admin", "ticketing:admin" } },
  { id = "100004", username = "disabled", sees = "second", disabled = true,
    api_key = "d15ab000000000000000000000000c0de4",
    password = "disabled-Passw0rd", roles = { "identity:default" } },
}

local by_name = {}
for _, user in ipairs(list) do
  by_name[user.username] = user
end

--- Copies of what a client may be told: they are nobody's real credentials.
local function public()
  local copies = {}
  for i, user in ipairs(list) do
    copies[i] = { username = user.username, api_key = user.api_key,
      password = user.password, passcode = user.passcode }
  end
  return copies
end

return { by_name = by_name, list = list, public = public }
