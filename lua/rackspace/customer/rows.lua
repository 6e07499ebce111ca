--- rows.lua - what the definitions of the Customer Service's parts share
-- SPDX-License-Identifier: MIT
local service = require("rackspace.session.service")

local rows = {}

-- The known values of an open set: other roles pass.
rows.roles = { "PRIMARY", "BILLING", "TECHNICAL", "ADMINISTRATIVE" }

-- Arguments of operations.
rows.account = { "account", "account",
  'The account: "TYPE/ID", "TYPE:ID" or its record.' }

rows.customer = { "account", "rcn",
  'The account: "RCN-ddd-ddd-ddd" or a record that has it.' }

-- Types.
rows.Link = {
  { "rel", "string", "What it leads to." },
  { "href", "string", "The address." },
}

rows.OpenContact = {
  { "id", "string", "The contact." },
  { "firstName", "string", "Given name." },
  { "lastName", "string", "Family name." },
  { "email", "string", "E-mail address." },
  { "phone", "string", "Phone number." },
  { "roles", "string[]", "Roles by name.", known = rows.roles },
  { "primary", "boolean", "Whether they are asked first." },
}

local common = {
  endpoint = "customer", openapi_endpoint = "customer_openapi",
  auth = "token",
  endpoints = require("rackspace.customer.endpoints"),
  references = require("rackspace.customer.references"),
  contract = "4.24.0",
  errors = { 400, 401, 403, 404, 500, 503 }, xml = "application/xml",
}

--- Returns the service of a definition, with what all parts of the Customer
-- Service have in common added.
function rows.define(definition)
  for name, value in pairs(common) do
    definition[name] = value
  end
  return service.define(definition)
end

return rows
