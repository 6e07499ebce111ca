--- status.lua - one line of a terminal that is written over, and taken away
-- SPDX-License-Identifier: MIT
local width = require("rackspace.show.width")

local status_methods = {}
local status_mt = { __index = status_methods }

-- Spaces write over what stood there, since not every terminal knows a code
-- for that; also over the ^C that a terminal puts behind it.
local echo = 2

--- Shows a text in place of the one before, cut where the line ends.
function status_methods:show(text)
  text = width.cut(text, ((self.size()) or 80) - 1 - echo)
  local columns = width.of(text)
  self.write("\r" .. text .. (" "):rep(self.columns - columns))
  self.columns = math.max(columns, self.columns)
end

--- Whether there is a text.
function status_methods:is_shown()
  return self.columns > 0
end

--- Takes it away, so that something else can be written.
function status_methods:clear()
  if self.columns > 0 then
    self.write("\r" .. (" "):rep(self.columns + echo) .. "\r")
    self.columns = 0
  end
end

--- `write(text)` writes to a terminal; `size()` gives its columns.
local function new(write, size)
  return setmetatable({ write = write, size = size, columns = 0 }, status_mt)
end

return { new = new }
