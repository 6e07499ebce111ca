--- sandbox.lua - the sandbox's contacts
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local customer = require("rackspace.customer.sandbox")
local json = require("rackspace.base.json")
local openapi = require("rackspace.customer.openapi")
local pages = require("rackspace.sandbox.pages")
local xml = require("rackspace.customer.xml")

local behaviour = { fault = customer.fault, refuse = customer.refuse,
  write_xml = xml.write, has_suffixes = true }

-- How the XML differs from the JSON (see customer/xml.lua).
behaviour.xml = { list = { root = "contacts", link = "ns2:link" },
  get = { root = "contact" } }

local default_limit, largest_limit = 50, 1000

local filters = { "role", "username", "emailAddress" }

local function has_role(contact, wanted)
  for _, role in ipairs(contact.roles.role) do
    if role == wanted then
      return true
    end
  end
  return false
end

local function has_address(contact, wanted)
  for _, mail in ipairs(contact.emailAddresses.emailAddress) do
    if mail.address == wanted then
      return true
    end
  end
  return false
end

local function is_match(contact, query)
  return (not query.role or has_role(contact, query.role)) and
    (not query.username or contact.username == query.username) and
    (not query.emailAddress or has_address(contact, query.emailAddress))
end

local function select(sandbox, index, query)
  local found = {}
  for _, contact in ipairs(sandbox.data:contacts(index)) do
    if is_match(contact, query) then
      found[#found + 1] = contact
    end
  end
  return found
end

--- Returns the href of the page after a marker, with the query's filters.
local function next_href(call, path, marker, limit)
  local parts = { "marker", marker, "limit", limit }
  for _, name in ipairs(filters) do
    if call.query[name] then
      parts[#parts + 1], parts[#parts + 2] = name, call.query[name]
    end
  end
  return call.base .. path .. "?" .. core.url.query(parts)
end

--- Returns the marker, the position of the contact before the page, or nil when
-- it is not a number. It may be past the end.
local function position_of(query)
  local marker = query.marker or "0"
  return #marker < 10 and tonumber(marker:match("^%d+$")) or nil
end

behaviour.list = customer.with_account(function(sandbox, call, index)
  local position = position_of(call.query)
  if not position then
    return customer.fault(400, "the marker is no number")
  end
  local limit = customer.limit(call.query, default_limit, largest_limit)
  local found = select(sandbox, index, call.query)
  local path = customer.path(sandbox.data:account(index)) .. "/contacts"
  local contacts, links = json.array{}, json.array{}
  local from = position + (position > 0 and pages.step(sandbox) or 1)
  local to = math.min(from + pages.size(sandbox, limit) - 1, #found)
  for i = from, to do
    local contact = found[i]
    contact.link = { customer.link("via", call.base .. path .. "/" ..
      core.url.encode(contact.contactNumber)) }
    contacts[#contacts + 1] = contact
  end
  if to < #found then
    links[1] = customer.link("next", next_href(call, path, to, limit))
  end
  return 200, { contact = contacts, link = links }
end)

behaviour.get = customer.with_account(function(sandbox, call, index)
  local owner, position = sandbox.data:contact(call.variables.contactNumber)
  if owner ~= index then
    return customer.fault(404, "Contact not found")
  end
  return 200, sandbox.data:contacts(index)[position]
end)

-- ---- in the OpenAPI dialect ------------------------------------------------

behaviour.openapi = { fault = openapi.fault, refuse = openapi.refuse,
  has_suffixes = true }

behaviour.openapi.list = openapi.with("rcn", function(sandbox, _, index)
  return 200, { contacts = openapi.contacts_of(sandbox.data, index) }
end)

behaviour.openapi.get = openapi.with("rcn", function(sandbox, call, index)
  local owner, position = sandbox.data:contact(call.variables.contactNumber)
  if owner ~= index then
    return openapi.fault(404, "Contact not found")
  end
  return 200, openapi.contact_of(sandbox.data:contacts(index)[position])
end)

return behaviour
