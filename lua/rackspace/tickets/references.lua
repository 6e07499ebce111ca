--- references.lua - the types of a ticket's resources, recipients and files
-- SPDX-License-Identifier: MIT
local attachments = require("rackspace.tickets.attachments")
local checkers = require("rackspace.row.checkers")
local products = require("rackspace.customer.products")

local article, check_id = checkers.article, checkers.by_type.id

--- Checks a resource: its URL, or its record. Returns the URL.
local function resource(value)
  if type(value) == "table" then
    local own = type(value._links) == "table" and value._links.self
    value = type(own) == "table" and own.href or own or value.url
  end
  if type(value) ~= "string" or not value:find("^https?://%S+$") then
    return nil, "must be a resource's URL or its record"
  end
  return value
end

--- Returns the first e-mail address of a contact's record, or nil.
local function address_of(contact)
  local list = type(contact.emailAddresses) == "table" and
    contact.emailAddresses.emailAddress
  local first = type(list) == "table" and list[1]
  return contact.email or type(first) == "table" and first.address or nil
end

--- Returns what tells a person's record: a value, its RPN, or its address.
local function person_of(record)
  local id = record.value or record.contactNumber or record.id
  if record.value or record.contactNumber or
      type(id) == "string" and id:find("^RPN%-") then
    return id
  end
  return address_of(record) or id
end

--- Checks a recipient: a string, or the record of a recipient, a contact, a
-- user or an author. Returns the string.
local function recipient(value)
  if type(value) == "table" then
    value = person_of(value)
  end
  if type(value) ~= "string" or value == "" then
    return nil, "must be a person's number or an address, or a record that " ..
      "has it as 'value'"
  end
  return value
end

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

--- Checks a ticket: its id, or its record or that of one of its events. Returns
-- the id.
local function ticket(value)
  if type(value) == "table" then
    value = value.ticketId or term_of(value, "rid:")
    if value == nil then
      return nil, "is a record without 'ticketId'"
    end
  end
  return check_id(value)
end

--- Returns the name that Ticketing has for the account of a record.
local function account_name(record)
  if record.accountId or record.tenantId then
    return record.accountId or record.tenantId
  end
  return products.name(record.type, record.id or record.number) or
    term_of(record, "tid:") or record.id
end

--- Checks an account: its id, such as hybrid:12345, or the record of an
-- account, a tenant, or of what belongs to an account. Returns the id.
local function ticket_account(value)
  if type(value) == "table" then
    value = account_name(value)
    if value == nil then
      return nil, "is a record without an account's 'id'"
    end
  end
  return check_id(value)
end

--- Checks an attachment to download: its URL, or its record. Returns the URL.
local function attached(value)
  if type(value) == "table" then
    value = value.url
    if value == nil then
      return nil, "has no url"
    end
  end
  if type(value) ~= "string" then
    return nil, "must be an attachment's record or its URL, not " ..
      article(value)
  end
  return value
end

-- An attachment may also be a record: `fields` are for help and completion.
return {
  resource = { check = resource }, recipient = { check = recipient },
  attachment = { check = attachments.read, fields = attachments.fields },
  attached = { check = attached }, ticket = { check = ticket },
  ticket_account = { check = ticket_account },
}
