--- endpoints.lua - where each service is
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local defaults = {
  identity = "https://identity.api.rackspacecloud.com/v2.0",
  customer = "https://customer.api.rackspacecloud.com",
  ticketing = "https://ticketing.api.rackspace.com",
  resources = "https://resources.api.rackspace.com",
  feeds = "https://ord.feeds.api.rackspacecloud.com",
  email = "https://api.emailsrvr.com",
}

-- Where the OpenAPI document has the Customer Service.
local openapi_customer = "https://accounts.api.rackspacecloud.com"

local identity_by_region = {
  UK = "https://lon.identity.api.rackspacecloud.com/v2.0",
  LON = "https://lon.identity.api.rackspacecloud.com/v2.0",
}

--- Where each service is: given, from a variable or a profile, by region.
local function choose(given, found, region, dialect)
  local chosen = {}
  for name, default in pairs(defaults) do
    local url = given[name] or found[name .. "_url"] or
      name == "identity" and (found.auth_url or identity_by_region[region]) or
      name == "customer" and dialect == "openapi" and openapi_customer or
      default
    local problem = core.url.fault(url) or
      url:find("[?#]") and "it has more than a path"
    if problem then
      return nil, ("the endpoint '%s' can't be used: %s"):format(name, problem)
    end
    chosen[name] = url:gsub("/+$", "")
  end
  return chosen
end

return { choose = choose, defaults = defaults }
