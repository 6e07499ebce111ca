--- xml.lua - decodes an XML response into the values its JSON form would give
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local core = require("rackspace.core")

local xml = {}

local MAX_DEPTH = 100 -- of nested elements

-- Separates a namespace from a name; no XML text can contain it.
local separator = "\1"
local is_nil = "http://www.w3.org/2001/XMLSchema-instance" .. separator .. "nil"

--- Loads lua-expat. Returns it, or nil and a message.
local function load_parser()
  local ok, parser = pcall(require, "lxp")
  if ok and type(parser) == "table" then
    return parser
  end
  return nil, 'format = "xml" needs lua-expat (the Lua module "lxp"), ' ..
    "which is not installed"
end

--- Returns why XML can't be decoded in this process, or nil when it can.
function xml.problem()
  return (select(2, load_parser()))
end

--- Returns a name without its namespace.
local function local_name(name)
  local at = name:find(separator, 1, true)
  return at and name:sub(at + 1) or name
end

--- Returns lua-expat's attributes as a list of { name, value }.
local function attributes_of(parsed)
  local attributes = {}
  for i = 1, #parsed do
    local name = parsed[i]
    if name ~= is_nil then
      attributes[#attributes + 1] = { local_name(name), parsed[name] }
    end
  end
  return attributes
end

--- Returns parser callbacks that build a tree of nodes below `top`. A node is
-- { name =, text =, attributes = { { name, value }, ... }, is_nil =,
-- [1], [2], ... = its children }.
local function builder(top)
  local open = { top }
  local callbacks = {}
  function callbacks.StartElement(parser, name, parsed)
    local node = { name = local_name(name), text = {},
      attributes = attributes_of(parsed), is_nil = parsed[is_nil] == "true" }
    table.insert(open[#open], node)
    open[#open + 1] = node
    if #open > MAX_DEPTH then
      top.problem = "it is nested too deeply"
      parser:stop()
    end
  end
  function callbacks.EndElement()
    local node = table.remove(open)
    node.text = table.concat(node.text)
  end
  function callbacks.CharacterData(_, text)
    table.insert(open[#open].text, text)
  end
  -- A document type could declare entities; no response needs one.
  function callbacks.StartDoctypeDecl(parser)
    top.problem = "it declares a document type"
    parser:stop()
  end
  return callbacks
end

--- Parses an XML text. Returns its root node, or nil and a message.
local function parse(text)
  local lxp, missing = load_parser()
  if not lxp then
    return nil, missing
  end
  local top = { text = {} }
  local parser = lxp.new(builder(top), separator)
  local ok, message = parser:parse(text)
  if ok then
    ok, message = parser:parse()
  end
  pcall(parser.close, parser)
  if top.problem or not ok then
    return nil, top.problem or tostring(message)
  end
  return top[1]
end

local scalars = {}

function scalars.boolean(text)
  if text == "true" or text == "1" then
    return true
  elseif text == "false" or text == "0" then
    return false
  end
  return text
end

function scalars.integer(text)
  return core.number.integer(text) or text
end

scalars.number = scalars.integer

--- Converts a text to a value of a scalar type.
local function scalar(text, type_name)
  local convert_text = scalars[type_name]
  if convert_text then
    return convert_text(text)
  end
  return text
end

--- Returns the field called `name`. Some attributes begin with a capital letter
-- where the JSON field does not.
local function field_of(fields, name)
  for _, wanted in ipairs{ name, ascii.lower(name:sub(1, 1)) .. name:sub(2) } do
    for _, field in ipairs(fields) do
      if field.name == wanted then
        return field
      end
    end
  end
  return { name = name, type = "any" }
end

local convert

--- Converts a node's attributes and children to the fields of a record.
local function record_of(node, fields, records)
  local record = {}
  for _, attribute in ipairs(node.attributes) do
    local field = field_of(fields, attribute[1])
    record[field.name] = scalar(attribute[2], field.type)
  end
  for _, child in ipairs(node) do
    local field = field_of(fields, child.name)
    local element = field.type:match("^(.*)%[%]$")
    if element then
      if type(record[field.name]) ~= "table" then
        record[field.name] = {} -- replaces an attribute of the same name
      end
      table.insert(record[field.name], convert(child, element, records))
    elseif not child.is_nil then
      record[field.name] = convert(child, field.type, records)
    end
  end
  if node.name == "link" and type(record.rel) == "string" then
    record.rel = ascii.lower(record.rel)
  end
  return record
end

--- Converts a node to a value of a type. A node without attributes and children
-- is a scalar, unless its type is a record.
function convert(node, type_name, records)
  local fields = records[type_name]
  if fields or node[1] or node.attributes[1] then
    return record_of(node, fields or {}, records)
  end
  return scalar(node.text, type_name)
end

--- Returns whether a node contains the items of a list, as <customers> contains
-- <customer>, and is not an item itself.
local function is_container(node)
  if node.attributes[1] then
    return false
  elseif not node[1] then
    return not node.text:find("%S")
  end
  return node[1].name .. "s" == node.name
end

local function add_items(list, node, op)
  for _, item in ipairs(is_container(node) and node or { node }) do
    list[#list + 1] = convert(item, op.returns, op.records)
  end
end

--- Converts a page of a list: its items, its links, and its counts.
local function page_of(root, op)
  local envelope = { [op.items] = {} }
  for _, child in ipairs(root) do
    if child.name == op.items then
      add_items(envelope[op.items], child, op)
    elseif child.name == "link" then
      envelope.link = envelope.link or {}
      table.insert(envelope.link, convert(child, "link", op.records))
    else
      envelope[child.name] = scalar(child.text, "integer")
    end
  end
  return envelope
end

local function attribute_of(node, name)
  for _, attribute in ipairs(node.attributes) do
    if attribute[1] == name then
      return attribute[2]
    end
  end
end

--- Converts one or several <meta key="...">value</meta> to { key = value }.
local function map_of(root)
  local map = {}
  for _, node in ipairs(attribute_of(root, "key") and { root } or root) do
    local key = attribute_of(node, "key")
    if key then
      map[key] = node.text
    end
  end
  return map
end

--- Decodes the response of an operation.
-- @param text string: the body
-- @param op operation
-- @return the value that the JSON form would decode to; or nil and a message
function xml.decode(text, op)
  local root, problem = parse(text)
  if not root then
    return nil, problem
  elseif op.items then
    return page_of(root, op)
  elseif op.shape then
    return { [op.member] = map_of(root) }
  elseif op.member then
    return { [op.member] = convert(root, op.returns, op.records) }
  end
  return convert(root, op.returns, op.records)
end

return xml
