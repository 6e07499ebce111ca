--- named.lua - the ticket and the account that a record tells of
-- SPDX-License-Identifier: MIT
local products = require("rackspace.customer.products")

--- Returns what an event's term with a prefix has behind it, or nil.
local function term_of(event, prefix)
  local terms = type(event.category) == "table" and event.category or {}
  for _, category in ipairs(terms) do
    local term = type(category) == "table" and category.term
    local found = type(term) == "string" and
      term:match("^" .. prefix .. "(.+)$")
    if found then
      return found
    end
  end
end

--- Returns the id of the ticket that a record is of, or that an event tells of;
-- or nil and a problem.
local function ticket_of(record)
  local id = record.ticketId or term_of(record, "rid:")
  return id, id == nil and "is a record without 'ticketId'" or nil
end

--- Returns what Ticketing calls the account that a record is of, or that has
-- it; or nil and a problem.
local function account_of(record)
  local id = record.accountId or record.tenantId or
    products.name(record.type, record.id or record.number) or
    term_of(record, "tid:") or record.id
  return id, id == nil and "is a record without an account's 'id'" or nil
end

return { account_of = account_of, ticket_of = ticket_of }
