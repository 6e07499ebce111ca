--- xml.lua - an answer in XML, as the values that its JSON would have given
-- SPDX-License-Identifier: MIT
local xml = {}

local deepest = 100

-- Stands between a namespace and a name; no XML can hold it.
local separator = "\1"
local is_nil = "http://www.w3.org/2001/XMLSchema-instance" .. separator .. "nil"

--- lua-expat, loaded when it is needed; nil and why there is none.
local function load_parser()
  local ok, parser = pcall(require, "lxp")
  if ok and type(parser) == "table" then
    return parser
  end
  return nil, 'format = "xml" needs lua-expat (the Lua module "lxp"), ' ..
    "which is not installed"
end

--- What keeps XML from being read here; nil when nothing does.
function xml.problem()
  return (select(2, load_parser()))
end

--- A name without its namespace, which may be long.
local function local_name(name)
  local at = name:find(separator, 1, true)
  return at and name:sub(at + 1) or name
end

local function attributes_of(given)
  local attributes = {}
  for i = 1, #given do
    local name = given[i]
    if name ~= is_nil then
      attributes[#attributes + 1] = { local_name(name), given[name] }
    end
  end
  return attributes
end

--- The callbacks that build a tree of { name =, attributes = { { name, value }
-- ... }, text =, children... } below `top`.
local function builder(top)
  local open = { top }
  local callbacks = {}
  function callbacks.StartElement(parser, name, given)
    local node = { name = local_name(name), text = {},
      attributes = attributes_of(given), is_nil = given[is_nil] == "true" }
    table.insert(open[#open], node)
    open[#open + 1] = node
    if #open > deepest then
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
  --- What a document type could declare, no answer has a use for.
  function callbacks.StartDoctypeDecl(parser)
    top.problem = "it declares a document type"
    parser:stop()
  end
  return callbacks
end

--- The root of a text; nil and a message when it is no XML.
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
  return text:find("^%-?%d+$") and tonumber(text) or text
end

scalars.number = scalars.integer

local function scalar(text, kind)
  local read = scalars[kind]
  if read then
    return read(text)
  end
  return text
end

--- The field of a name. Some attributes begin with a capital where the JSON
-- has none.
local function field_of(fields, name)
  for _, wanted in ipairs{ name, name:sub(1, 1):lower() .. name:sub(2) } do
    for _, field in ipairs(fields) do
      if field.name == wanted then
        return field
      end
    end
  end
  return { name = name, type = "any" }
end

local convert

--- A record from attributes and children, which its type tells apart.
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
        record[field.name] = {} -- an attribute of the name gives way
      end
      table.insert(record[field.name], convert(child, element, records))
    elseif not child.is_nil then
      record[field.name] = convert(child, field.type, records)
    end
  end
  if node.name == "link" and type(record.rel) == "string" then
    record.rel = record.rel:lower()
  end
  return record
end

--- An element as a value of a type. What has neither attributes nor children
-- is text, unless it is a record that happens to be empty.
function convert(node, kind, records)
  local fields = records[kind]
  if fields or node[1] or node.attributes[1] then
    return record_of(node, fields or {}, records)
  end
  return scalar(node.text, kind)
end

--- Whether an element holds the items of a list, as <customers> does each
-- <customer>, and is not one itself.
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

--- A list with what stands beside it: links, and counts in elements.
local function list_of(root, op)
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

--- { key = value } of <meta key="...">value</meta>, alone or several.
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

--- The value that the answer's JSON would have given to an operation; nil and
-- a message when the text is no XML.
function xml.decode(text, op)
  local root, problem = parse(text)
  if not root then
    return nil, problem
  elseif op.items then
    return list_of(root, op)
  elseif op.shape then
    return { [op.member] = map_of(root) }
  elseif op.member then
    return { [op.member] = convert(root, op.returns, op.records) }
  end
  return convert(root, op.returns, op.records)
end

return xml
