--- width.lua - texts measured, cut and padded in columns of a terminal
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local width = {}

local ellipsis = "…"

--- Returns the number of columns that a text takes.
function width.of(text)
  return (core.columns(text))
end

--- Returns a text of others on one line, safe to print: control characters,
-- what is invisible or turns the direction of text, and bytes that are not
-- UTF-8 are written as escapes of Lua.
function width.plain(text)
  return (core.printable(text))
end

--- The same for a text of several lines, whose ends and tabs stay.
function width.plain_lines(text)
  return (core.printable(text, "lines"))
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
