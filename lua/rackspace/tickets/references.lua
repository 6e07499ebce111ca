--- references.lua - arguments that name a ticket's resources, people and files
-- SPDX-License-Identifier: MIT
local article = require("rackspace.row.checkers").article
local attachments = require("rackspace.tickets.attachments")

--- A resource of a ticket is named by its URL, or by its record.
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

--- Who is told of a ticket is named by a text, or by a record with a `value`.
local function recipient(value)
  if type(value) == "table" then
    value = value.value or value.email
  end
  if type(value) ~= "string" or value == "" then
    return nil, "must be a person's number or an address, or a record that " ..
      "has it as 'value'"
  end
  return value
end

--- A file of a ticket's that is fetched is named by its URL, or its record.
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

-- An attachment may be a record, too: its fields are for help and completion.
return {
  resource = { check = resource }, recipient = { check = recipient },
  attachment = { check = attachments.read, fields = attachments.fields },
  attached = { check = attached },
}
