--- literal.lua - writes results as Lua that returns them
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.base.json")
local value_of = require("rackspace.show.value")

local literal = {}

local writer_methods = {}
local writer_mt = { __index = writer_methods }

local reserved = {}
for word in ([[and break do else elseif end false for function goto if in local
  nil not or repeat return then true until while]]):gmatch("%a+") do
  reserved[word] = true
end

local function quote(text)
  return '"' .. core.printable((text:gsub('["\\]', "\\%0"))) .. '"'
end

local function key_of(key)
  if type(key) == "number" then
    return "[" .. literal.text(key) .. "] = "
  elseif key:find("^[%a_][%w_]*$") and not reserved[key] then
    return key .. " = "
  end
  return "[" .. quote(key) .. "] = "
end

local function table_text(object)
  local parts, is_list = {}, value_of.is_list(object)
  for i, key in ipairs(value_of.keys(object)) do
    local text = literal.text(object[key])
    parts[i] = is_list and text or key_of(key) .. text
  end
  return parts[1] and "{ " .. table.concat(parts, ", ") .. " }" or "{}"
end

--- Returns a value as Lua source. JSON's null is nil.
function literal.text(value)
  if type(value) == "table" then
    return table_text(value)
  elseif type(value) == "string" then
    return quote(value)
  elseif type(value) == "number" then
    return assert(json.encode(value))
  elseif value == json.null then
    return "nil"
  end
  return tostring(value)
end

function writer_methods:page(list)
  for _, item in ipairs(list) do
    self.sheet.write((self.is_open and "  " or "return {\n  ") ..
      literal.text(item) .. ",\n")
    self.is_open = true
  end
end

function writer_methods:value(value)
  self.is_value = true
  self.sheet.write("return " .. literal.text(value) .. "\n")
end

function writer_methods:finish()
  if not self.is_value then
    self.sheet.write(self.is_open and "}\n" or "return {}\n")
  end
end

function literal.new(sheet)
  return setmetatable({ sheet = sheet }, writer_mt)
end

return literal
