--- progress.lua - tells on a terminal how far a report has come
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local INTERVAL = 0.2 -- seconds between two lines

--- A function(text) that shows it, and another that takes the line away.
-- Neither does anything where nobody looks.
local function new(is_terminal, stream)
  if not is_terminal then
    return function() end, function() end
  end
  local shown_at
  return function(text)
    local now = core.monotonic()
    if not shown_at or now - shown_at >= INTERVAL then
      shown_at = now
      stream:write("\r", text, "\27[K")
      stream:flush()
    end
  end, function()
    if shown_at then
      stream:write("\r\27[K")
      stream:flush()
    end
  end
end

return { new = new }
