--- width.lua - texts measured, cut and padded in columns of a terminal
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local width = {}

local ellipsis = "…"

-- Code points that change the direction of the text around them.
local turning = { { 0x200E, 0x200F }, { 0x202A, 0x202E }, { 0x2066, 0x2069 } }

local names = { ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local first_bits = { 0x7F, 0x1F, 0x0F, 0x07 }
local least = { 0, 0x80, 0x800, 0x10000 }

--- Returns the code point of a character: one byte and the bytes from \128 to
-- \191 that follow it. Returns nil if they are not UTF-8.
function width.code(character)
  local length, first = #character, character:byte()
  local wanted = first < 0x80 and 1 or first < 0xE0 and 2 or
    first < 0xF0 and 3 or 4
  if length ~= wanted or first > 0x7F and first < 0xC2 or first > 0xF4 then
    return nil
  end
  local code = first % (first_bits[length] + 1)
  for i = 2, length do
    code = code * 64 + character:byte(i) % 64
  end
  return code >= least[length] and code <= 0x10FFFF and code or nil
end

local function is_within(code, ranges)
  for _, range in ipairs(ranges) do
    if code <= range[2] then
      return code >= range[1]
    end
  end
  return false
end

--- Returns the number of columns that a text takes.
function width.of(text)
  return (core.columns(text))
end

local function escaped(bytes)
  return names[bytes] or bytes:gsub(".", function(byte)
    return ("\\%d"):format(byte:byte())
  end)
end

local function safe_character(character)
  local code = width.code(character)
  if not code or code >= 0x80 and code < 0xA0 or is_within(code, turning) then
    return (escaped(character))
  end
end

--- Returns a text that is safe to print on a terminal: control characters and
-- bytes that are not UTF-8 are written as escapes of Lua.
function width.plain(text)
  text = text:gsub("[%z\1-\31\127]", escaped)
  if text:find("[\128-\255]") then
    text = text:gsub("[\194-\244]?[\128-\255][\128-\191]*", safe_character)
  end
  return text
end

--- Returns a text of at most so many columns: a longer one is cut between two
-- characters and ends in an ellipsis.
function width.cut(text, columns)
  if width.of(text) <= columns then
    return text
  end
  local _, bytes = core.columns(text, columns - 1)
  return text:sub(1, bytes) .. (columns > 0 and ellipsis or "")
end

--- Pads a text with spaces to so many columns: after it, or before it if
-- `is_right`.
function width.pad(text, columns, is_right)
  local spaces = (" "):rep(columns - width.of(text))
  return is_right and spaces .. text or text .. spaces
end

return width
