--- ascii.lua - letters in the other case, whatever the locale is
-- SPDX-License-Identifier: MIT

-- string.lower and string.upper follow the locale that the host has set: "ID"
-- has another lower case in Turkish. Names in protocols have not.
local ascii = {}

local lowers, uppers = {}, {}
for byte = ("A"):byte(), ("Z"):byte() do
  local upper, lower = string.char(byte), string.char(byte + 32)
  lowers[upper], uppers[lower] = lower, upper
end

--- Returns a text with A to Z in lower case, and every other byte as it is.
function ascii.lower(text)
  return (text:gsub("[A-Z]", lowers))
end

--- Returns a text with a to z in upper case, and every other byte as it is.
function ascii.upper(text)
  return (text:gsub("[a-z]", uppers))
end

return ascii
