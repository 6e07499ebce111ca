--- users.lua - which users a user may see, and how they are shown
-- SPDX-License-Identifier: MIT
local users = require("rackspace.sandbox.users")

local visible = { by_id = {} }

for _, user in ipairs(users.list) do
  visible.by_id[user.id] = user
end

visible.is_racker = users.is_racker

function visible.is_admin(user)
  return users.has_role(user, "identity:user-admin")
end

--- Whether a user may see another. Rackers see all users; administrators see
-- those of their domain, to which no Racker belongs; others see themselves.
function visible.may_see(user, other)
  return user == other or visible.is_racker(user) or
    visible.is_admin(user) and not visible.is_racker(other)
end

--- Returns the role that allows to see a user.
function visible.role_to_see(other)
  return visible.is_racker(other) and "Racker" or "identity:user-admin"
end

--- Returns a user in the format of Identity.
function visible.show(user)
  return { id = user.id, username = user.username,
    email = user.username .. "@example.com", enabled = not user.disabled,
    created = "2015-04-21T18:00:00.000Z", ["RAX-AUTH:defaultRegion"] = "ORD",
    ["RAX-AUTH:domainId"] = visible.is_racker(user) and "Rackspace" or "10101",
    ["RAX-AUTH:multiFactorEnabled"] = user.passcode ~= nil,
    ["RAX-AUTH:multiFactorState"] = user.passcode and "ACTIVE" or nil }
end

--- Returns the users that a user may see, all or those of an e-mail address.
function visible.list(user, email)
  local list = {}
  for _, other in ipairs(users.list) do
    local shown = visible.show(other)
    if visible.may_see(user, other) and (not email or shown.email == email)
    then
      list[#list + 1] = shown
    end
  end
  return list
end

return visible
