--- ini.lua - a parser of INI files
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")

--- Removes the white space around a text, in linear time.
local function trim(text)
  local from = text:find("%S")
  return from and text:match(".*%S", from) or ""
end

local function unquote(text)
  return text:match('^"(.*)"$') or text:match("^'(.*)'$") or text
end

--- Parses an INI text. A key ends at "=" or ":"; it is returned in lower case
-- with "_" for "-". Keys before the first section belong to the section "".
-- @return { [section] = { [key] = value } }; or nil and a message with the
-- number of the line that is neither a section nor a key
local function parse(text)
  local sections = { [""] = {} }
  local section, number = sections[""], 0
  text = text:gsub("^\239\187\191", "") -- a byte order mark
  for raw in (text .. "\n"):gmatch("(.-)\r?\n") do
    local line = trim(raw)
    number = number + 1
    local name = line:match("^%[(.+)%]$")
    local key, value = line:match("^([^=:]+)[=:](.*)$")
    if name then
      name = trim(name)
      sections[name] = sections[name] or {}
      section = sections[name]
    elseif key and not line:find("^[#;]") then
      section[ascii.lower(trim(key)):gsub("-", "_")] = unquote(trim(value))
    elseif line ~= "" and not line:find("^[#;]") then
      return nil, ("line %d is neither a [section] nor key = value")
        :format(number)
    end
  end
  return sections
end

return { parse = parse, trim = trim }
