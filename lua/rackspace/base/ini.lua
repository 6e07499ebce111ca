--- ini.lua - reads the INI files in which people keep their credentials
-- SPDX-License-Identifier: MIT

--- Goes over a text once, however many spaces it has.
local function trim(text)
  local from = text:find("%S")
  return from and text:match(".*%S", from) or ""
end

local function unquote(text)
  return text:match('^"(.*)"$') or text:match("^'(.*)'$") or text
end

--- Sections of an INI text: { section = { key = value } }. Keys end in "=" or
-- ":", and come out in lower case with "_" for "-"; what stands before the
-- first section is in "".
-- nil and a message with the line's number when a line is neither.
local function parse(text)
  local sections = { [""] = {} }
  local section, number = sections[""], 0
  for read in (text:gsub("^\239\187\191", "") .. "\n"):gmatch("(.-)\r?\n") do
    local line = trim(read)
    number = number + 1
    local name = line:match("^%[(.+)%]$")
    local key, value = line:match("^([^=:]+)[=:](.*)$")
    if name then
      name = trim(name)
      sections[name] = sections[name] or {}
      section = sections[name]
    elseif key and not line:find("^[#;]") then
      section[trim(key):lower():gsub("-", "_")] = unquote(trim(value))
    elseif line ~= "" and not line:find("^[#;]") then
      return nil, ("line %d is neither a [section] nor key = value")
        :format(number)
    end
  end
  return sections
end

return { parse = parse, trim = trim }
