--- roles.lua - who may write tickets, and where that is granted
-- SPDX-License-Identifier: MIT
local products = require("rackspace.customer.products")

local roles = {}

roles.portals = { dedicated = "the MyRackspace portal (my.rackspace.com)",
  cloud = "the Cloud Control Panel" }

local dedicated = { role = "account_admin or edit_ticket",
  portal = roles.portals.dedicated }
local others = { role = "identity:user-admin or ticketing:admin",
  portal = roles.portals.cloud }

--- The roles by which tickets are written, of all accounts.
roles.writers = dedicated.role .. " for accounts that begin with hybrid:, " ..
  others.role .. " for all others"

--- Where these roles are given.
roles.portal = dedicated.portal .. " or, for all others, " .. others.portal

local either = { role = roles.writers, portal = roles.portal }

--- Returns the role that a call takes and the portal where it is given: by the
-- account that its values name, else by the role that the refusal names.
-- @param values table: of the call
-- @param text string: what the service says
-- @return table: role, portal
function roles.of(values, text)
  if values.accountId then
    return products.of(values.accountId) == "hybrid" and dedicated or others
  elseif text:find("account_admin", 1, true) or
      text:find("edit_ticket", 1, true) then
    return dedicated
  elseif text:find("user-admin", 1, true) or
      text:find("ticketing:admin", 1, true) then
    return others
  end
  return either
end

return roles
