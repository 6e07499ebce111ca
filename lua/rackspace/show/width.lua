--- width.lua - how many columns of a terminal a text takes
-- SPDX-License-Identifier: MIT
local width = {}

local ellipsis = "…"

-- What one character is: UTF-8, or a byte that begins none.
local one_character = "[%z\1-\127\194-\244][\128-\191]*"

-- Code points that take no column: marks that combine, joiners, selectors.
local narrow = {
  { 0x0300, 0x036F }, { 0x0483, 0x0489 }, { 0x0591, 0x05BD },
  { 0x0610, 0x061A }, { 0x064B, 0x065F }, { 0x0E31, 0x0E31 },
  { 0x0E34, 0x0E3A }, { 0x0E47, 0x0E4E }, { 0x1AB0, 0x1ACE },
  { 0x1DC0, 0x1DFF }, { 0x200B, 0x200D }, { 0x20D0, 0x20F0 },
  { 0x2060, 0x2060 }, { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F },
  { 0xFEFF, 0xFEFF }, { 0xE0100, 0xE01EF },
}

-- Code points that take two.
local wide = {
  { 0x1100, 0x115F }, { 0x231A, 0x231B }, { 0x2329, 0x232A },
  { 0x23E9, 0x23EC }, { 0x2614, 0x2615 }, { 0x26A1, 0x26A1 },
  { 0x2705, 0x2705 }, { 0x274C, 0x274C }, { 0x2753, 0x2755 },
  { 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0x3400, 0x4DBF },
  { 0x4E00, 0xA4CF }, { 0xA960, 0xA97C }, { 0xAC00, 0xD7A3 },
  { 0xF900, 0xFAFF }, { 0xFE10, 0xFE19 }, { 0xFE30, 0xFE6B },
  { 0xFF01, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1F320 },
  { 0x1F32D, 0x1F335 }, { 0x1F337, 0x1F37C }, { 0x1F37E, 0x1F393 },
  { 0x1F3A0, 0x1F3CA }, { 0x1F3E0, 0x1F3F0 }, { 0x1F400, 0x1F43E },
  { 0x1F442, 0x1F4FC }, { 0x1F4FF, 0x1F53D }, { 0x1F550, 0x1F567 },
  { 0x1F5FB, 0x1F64F }, { 0x1F680, 0x1F6C5 }, { 0x1F900, 0x1F9FF },
  { 0x20000, 0x2FFFD }, { 0x30000, 0x3FFFD },
}

-- What turns the order of the text around it.
local turning = { { 0x200E, 0x200F }, { 0x202A, 0x202E }, { 0x2066, 0x2069 } }

local names = { ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local first_bits = { 0x7F, 0x1F, 0x0F, 0x07 }
local least = { 0, 0x80, 0x800, 0x10000 }

--- The code point of a character, which is one byte and those from \128 to
-- \191 that follow it; nil where they are no UTF-8.
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

local function columns_of(character)
  local code = width.code(character)
  if not code or code < 0x300 then
    return 1
  elseif is_within(code, narrow) then
    return 0
  end
  return is_within(code, wide) and 2 or 1
end

--- The columns that a text takes. It has no control characters.
function width.of(text)
  if not text:find("[\128-\255]") then
    return #text
  end
  local columns = 0
  for character in text:gmatch(one_character) do
    columns = columns + columns_of(character)
  end
  return columns
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

--- A text that a terminal shows and does not obey: what controls it, or is no
-- UTF-8, is written as Lua would.
function width.plain(text)
  text = text:gsub("[%z\1-\31\127]", escaped)
  if text:find("[\128-\255]") then
    text = text:gsub("[\194-\244]?[\128-\255][\128-\191]*", safe_character)
  end
  return text
end

--- A text within so many columns; a longer one ends in an ellipsis.
function width.cut(text, columns)
  if width.of(text) <= columns then
    return text
  end
  local parts, used = {}, 0
  for character in text:gmatch(one_character) do
    used = used + columns_of(character)
    if used > columns - 1 then
      break
    end
    parts[#parts + 1] = character
  end
  return table.concat(parts) .. (columns > 0 and ellipsis or "")
end

--- A text with spaces after it, or before it, up to so many columns.
function width.pad(text, columns, is_right)
  local spaces = (" "):rep(columns - width.of(text))
  return is_right and spaces .. text or text .. spaces
end

return width
