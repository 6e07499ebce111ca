--- answers.lua - the responses of Email & Apps, in JSON and XML
-- SPDX-License-Identifier: MIT
local accept = require("rackspace.sandbox.accept")
local core = require("rackspace.core")
local json = require("rackspace.base.json")

local answers = {}

local faults = { [400] = "badRequestFault", [403] = "unauthorizedFault",
  [404] = "itemNotFoundFault" }
local formats = { ["application/json"] = "json", ["text/xml"] = "xml" }
local xml_head = '<?xml version="1.0" encoding="utf-8"?>\n'
local namespaces = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' ..
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="urn:xml:%s"'

-- The elements of a record, in the order of the documents.
local members = { "offset", "size", "total", "customers", "name",
  "accountNumber", "referenceNumber", "token", "user", "dateCreated",
  "message", "details", "code", "resourceType" }

local function escape(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;",
    [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function text_of(value)
  return type(value) == "number" and core.number.text(value) or value
end

local function write_members(parts, record)
  for _, name in ipairs(members) do
    local value = record[name]
    if type(value) == "table" then
      parts[#parts + 1] = "<" .. name .. ">"
      for _, item in ipairs(value) do
        parts[#parts + 1] = "<customer>"
        write_members(parts, item)
        parts[#parts + 1] = "</customer>"
      end
      parts[#parts + 1] = "</" .. name .. ">"
    elseif value ~= nil then
      parts[#parts + 1] = ("<%s>%s</%s>"):format(name,
        escape(text_of(value)), name)
    end
  end
end

--- Returns the format of an Accept header, "json" or "xml", or nil when it
-- accepts neither. Without the header it is XML, as the API's documents say.
function answers.format(header)
  return formats[accept.choose(header, { "text/xml", "application/json" })]
end

--- Returns the response with a record; `root` is its XML element.
function answers.give(call, root, record)
  if answers.format(call.headers.accept) ~= "xml" then
    return 200, record
  end
  local parts = { xml_head, "<", root, " ", namespaces:format(root), ">" }
  write_members(parts, record)
  parts[#parts + 1] = "</" .. root .. ">"
  return 200, table.concat(parts),
    { ["Content-Type"] = "text/xml; charset=utf-8" }
end

--- Returns a date as M/D/YYYY h:mm:ss AM.
function answers.date(seconds)
  local date = core.date(seconds)
  return ("%d/%d/%d %d:%02d:%02d %s"):format(date.month, date.day, date.year,
    (date.hour + 11) % 12 + 1, date.min, date.sec,
    date.hour < 12 and "AM" or "PM")
end

--- Returns a fault, with its message in the body and in the older header.
function answers.fault(status, message, call, now)
  local name = faults[status] or "appsFault"
  local fault = { code = status, message = message,
    details = now and answers.date(now) or nil,
    resourceType = status == 404 and "Customer" or nil }
  local headers = { ["x-error-message"] = message }
  if call and answers.format(call.headers.accept) == "xml" then
    local _, body = answers.give(call, name, fault)
    headers["Content-Type"] = "text/xml; charset=utf-8"
    return status, body, headers
  end
  return status, { [name] = fault }, headers
end

answers.array = json.array

return answers
