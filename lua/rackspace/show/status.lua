--- status.lua - a status line: one line of a terminal, drawn over and cleared
-- SPDX-License-Identifier: MIT
local width = require("rackspace.show.width")

local status_methods = {}
local status_mt = { __index = status_methods }

-- The width of the "^C" that a terminal echoes behind the line. The line is
-- cleared by spaces, since not every terminal has an escape sequence for that.
local ECHO_WIDTH = 2

--- Replaces the line by a text, cut to the terminal's width.
function status_methods:show(text)
  text = width.cut(width.plain(text), ((self.size()) or 80) - 1 - ECHO_WIDTH)
  local columns = width.of(text)
  self.write("\r" .. text .. (" "):rep(self.columns - columns))
  self.columns = math.max(columns, self.columns)
end

--- Returns whether the line is on the screen.
function status_methods:is_shown()
  return self.columns > 0
end

--- Clears the line, so that other output can be written.
function status_methods:clear()
  if self.columns > 0 then
    self.write("\r" .. (" "):rep(self.columns + ECHO_WIDTH) .. "\r")
    self.columns = 0
  end
end

--- Returns a status line.
-- @param write function(text) that writes to the terminal
-- @param size function that returns the terminal's columns
local function new(write, size)
  return setmetatable({ write = write, size = size, columns = 0 }, status_mt)
end

return { new = new }
