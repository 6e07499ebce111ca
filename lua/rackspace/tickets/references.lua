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

--- Checks a recipient: a string, a record with a `value`, or a contact's
-- record. Returns the string.
local function recipient(value)
  if type(value) == "table" then
    value = value.value or value.contactNumber or value.email or value.id
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
