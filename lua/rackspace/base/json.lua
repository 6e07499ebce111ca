--- json.lua - lua-cjson with integers, null as nil, and [] distinct from {}
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local iterator = require("rackspace.base.iterator")

local is_loaded, module = core.json.call_noting(require, "cjson")
if not is_loaded then
  error(module, 0)
end
local _, cjson = core.json.call_noting(module.new)

-- NaN, Infinity and hexadecimal are not JSON.
cjson.decode_invalid_numbers(false)

local MAX_DEPTH = 100 -- of a value to encode

-- Lower than the depth that core.json.repair can handle.
cjson.decode_max_depth(500)

local json = {
  array = core.json.array,
  is_array = core.json.is_array,
  null = module.null, -- only to encode: a decoded null is nil
}

--- Decodes a text that lua-cjson has refused once more: without what it can't
-- take, and by the decimal point of the present locale, which `new` notes.
-- Returns true, the value and the text; or false and a message.
local function decode_again(text)
  text = core.json.mend(text)
  core.json.call_noting(module.new)
  local ok, value = core.json.call_noting(cjson.decode, text)
  return ok, value, text
end

--- Decodes a JSON text. Returns its value, or nil and a message. No message
-- begins with a line of this file, since C calls each function.
function json.decode(text)
  local ok, value = core.json.call(cjson.decode, text)
  if not ok and type(text) == "string" and value ~= "not enough memory" then
    ok, value, text = decode_again(text)
  end
  if ok then
    ok, value = pcall(core.json.repair, value, text, cjson.decode)
  end
  if not ok then
    return nil, value
  end
  return value
end

local encode_value

local function encode_array(list, depth)
  local parts = {}
  for key in pairs(list) do
    if type(key) ~= "number" or key < 1 or key > #list or key % 1 ~= 0 then
      error(("a list has the key '%s'"):format(tostring(key)), 0)
    end
  end
  for i = 1, #list do
    parts[i] = encode_value(list[i], depth + 1)
  end
  return "[" .. table.concat(parts, ",") .. "]"
end

local function encode_object(object, depth)
  local keys, parts = {}, {}
  for key in pairs(object) do
    if type(key) ~= "string" then
      error("an object's key is a " .. type(key), 0)
    end
    keys[#keys + 1] = key
  end
  table.sort(keys)
  for i, key in ipairs(keys) do
    local value = object[key]
    parts[i] = cjson.encode(key) .. ":" .. (type(value) == "string" and
      cjson.encode(value) or encode_value(value, depth + 1))
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

local function encode_number(number)
  if number ~= number or number == math.huge or number == -math.huge then
    error("JSON has no such number: " .. tostring(number), 0)
  end
  return core.number.text(number)
end

local function encode_table(value, depth)
  if depth > MAX_DEPTH then
    error(("a table is nested deeper than %d (or in itself)")
      :format(MAX_DEPTH), 0)
  end
  if #value > 0 or json.is_array(value) then
    return encode_array(value, depth)
  end
  return encode_object(value, depth)
end

function encode_value(value, depth)
  local kind = getmetatable(value) and iterator.type_of(value) or type(value)
  if kind == "table" then
    return encode_table(value, depth)
  elseif kind == "string" then
    return cjson.encode(value)
  elseif kind == "number" then
    return encode_number(value)
  elseif kind == "boolean" then
    return tostring(value)
  elseif value == json.null then
    return "null"
  end
  error("JSON has no " .. kind, 0)
end

--- Encodes a value as JSON with sorted keys, for a service. An empty table
-- becomes {}, unless it was marked by `array` or decoded from [].
-- @return the text; or nil and a message, also when a text is not UTF-8
function json.encode(value)
  local ok, text = pcall(encode_value, value, 1)
  if not ok then
    return nil, text
  end
  local _, wrong = core.printable(text, "json")
  if wrong > 0 then
    return nil, "a text is not UTF-8"
  end
  return text
end

--- The same, for people and their programs: what is not printable is escaped,
-- and a byte that is not UTF-8 becomes U+FFFD.
function json.text(value)
  local ok, text = pcall(encode_value, value, 1)
  if not ok then
    return nil, text
  end
  return (core.printable(text, "json"))
end

--- The same with slashes as they are. Raises what is wrong.
function json.plain(value)
  return (assert(json.text(value)):gsub("\\/", "/"))
end

return json
