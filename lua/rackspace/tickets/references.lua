--- references.lua - the types of a ticket's resources, recipients and files
-- SPDX-License-Identifier: MIT
local article = require("rackspace.row.checkers").article
local attachments = require("rackspace.tickets.attachments")

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
  attached = { check = attached },
}
