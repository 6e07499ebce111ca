--- value.lua - reads a word of the command line as a value
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.base.json")
local mark = require("rackspace.base.mark")

-- Types whose values stay texts, even if they look like JSON.
local plain_types = { string = true, secret = true, path = true }

local readers = {}

function readers.integer(text)
  if text:find("^%-?%d+$") then
    return tonumber(text)
  end
  return nil, ("must be a whole number, not '%s'"):format(text)
end

function readers.number(text)
  local number = not text:find("[eE]") and core.number.read(text)
  if number then
    return number
  end
  return nil, ("must be a number, not '%s'"):format(text)
end

function readers.boolean(text)
  if text == "true" or text == "false" then
    return text == "true"
  end
  return nil, ("must be true or false, not '%s'"):format(text)
end

local function read_json(text)
  local value, problem = json.decode(text)
  if value == nil then
    return nil, "is not JSON: " .. tostring(problem)
  end
  return value
end

--- Returns the value of a word by its field's type, or nil and what is wrong.
-- Records and lists are given as JSON.
local function value_of(text, kind)
  if readers[kind] then
    return readers[kind](text)
  elseif not plain_types[kind] and mark.skip(text):find("^%s*[{%[]") then
    return read_json(text)
  end
  return text
end

return value_of
