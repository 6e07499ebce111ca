--- xml.lua - encodes the responses of the sandbox's Customer Service as XML
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local core = require("rackspace.core")

local xml = {}

local head = '<?xml version="1.0" encoding="UTF-8"?>\n'
local customer = "http://customer.api.rackspace.com/v1"
local metadata = "http://docs.rackspace.com/metadata/api"
local namespaces = {
  { "xmlns:ns1", customer }, { "xmlns:ns2", "http://www.w3.org/2005/Atom" },
  { "xmlns:ns3", metadata },
  { "xmlns:ns4", "http://customer-admin.api.rackspace.com/v1" },
}

local escapes = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
  ['"'] = "&quot;", ["\t"] = "&#9;", ["\n"] = "&#10;", ["\r"] = "&#13;" }

local function escape(value)
  if type(value) == "number" then
    return core.number.text(value)
  end
  return (tostring(value):gsub('[&<>"\t\n\r]', escapes))
end

--- Returns the names of a record's members: those of its type in their order,
-- then the others.
local function names_of(record, fields)
  local names, known = {}, {}
  for _, field in ipairs(fields or {}) do
    known[field.name] = true
    if record[field.name] ~= nil then
      names[#names + 1] = field.name
    end
  end
  local others = {}
  for name in pairs(record) do
    if not known[name] then
      others[#others + 1] = name
    end
  end
  table.sort(others)
  for _, name in ipairs(others) do
    names[#names + 1] = name
  end
  return names
end

local function element(name, attributes, content)
  local parts = { "<", name }
  for _, attribute in ipairs(attributes) do
    parts[#parts + 1] = (' %s="%s"'):format(attribute[1],
      escape(attribute[2]))
  end
  parts[#parts + 1] = content == "" and "/>" or
    (">%s</%s>"):format(content, name)
  return table.concat(parts)
end

local function link(name, value)
  return element(name, { { "rel", ascii.lower(value.rel) },
    { "href", value.href } }, "")
end

local write_record

--- Returns the elements of a member that is not an attribute.
local function write_member(name, value, format)
  if name == "link" then
    local parts = {}
    for i, item in ipairs(value) do
      parts[i] = link("ns2:link", item)
    end
    return table.concat(parts)
  elseif value[1] == nil then
    return next(value) and write_record("ns1:" .. name, value, format) or ""
  end
  local parts = {}
  for i, item in ipairs(value) do
    parts[i] = type(item) == "table" and
      write_record("ns1:" .. name, item, format) or
      element("ns1:" .. name, {}, escape(item))
  end
  return table.concat(parts)
end

--- Returns the element of a record. Single values become attributes, tables
-- become elements. `more` has further attributes.
function write_record(name, record, format, more)
  local attributes, children = {}, {}
  for _, member in ipairs(names_of(record, format.fields)) do
    local value = record[member]
    if type(value) == "table" then
      children[#children + 1] = write_member(member, value, format)
    else
      attributes[#attributes + 1] = { format.spelt and format.spelt[member] or
        member, value }
    end
  end
  for _, attribute in ipairs(more or {}) do
    attributes[#attributes + 1] = attribute
  end
  return element(name, attributes, table.concat(children))
end

local function write_list(format, op, body)
  local parts = {}
  for _, item in ipairs(body.link or {}) do
    parts[#parts + 1] = link(format.link, item)
  end
  for _, item in ipairs(body[op.items]) do
    parts[#parts + 1] = write_record("ns1:" .. op.items, item, format)
  end
  return element("ns1:" .. format.root, namespaces, table.concat(parts))
end

local function write_map(format, map)
  local names, parts = names_of(map), {}
  if format.root == "meta" then
    return element("meta", { { "xmlns", metadata }, { "key", names[1] } },
      escape(map[names[1]]))
  end
  for i, name in ipairs(names) do
    parts[i] = element("meta", { { "key", name } }, escape(map[name]))
  end
  return element(format.root, { { "xmlns", metadata } }, table.concat(parts))
end

--- Returns { notFound = { code =, message = } } as <notFound code="...">.
local function write_fault(body)
  local name, fault = next(body)
  return element(name, { { "xmlns", customer }, { "code", fault.code } },
    element("message", {}, escape(fault.message)))
end

--- Encodes the body of a response as XML.
-- @param format table: what differs from JSON. root, the outermost element;
--   link, the element of page links; spelt, the names of attributes that are
--   spelt differently
-- @param op the operation
-- @param status integer
-- @param body table
-- @return string
function xml.write(format, op, status, body)
  if status >= 400 then
    return head .. write_fault(body)
  end
  format = setmetatable({ fields = op.records[op.returns] },
    { __index = format })
  if op.items then
    return head .. write_list(format, op, body)
  elseif op.member then
    return head .. write_map(format, body[op.member])
  elseif format.root == "metadataDetail" then
    return head .. write_record(format.root, body, format,
      { { "xmlns", metadata } })
  end
  return head .. write_record("ns1:" .. format.root, body, format, namespaces)
end

return xml
