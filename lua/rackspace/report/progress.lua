--- progress.lua - shows the progress of a report on a terminal
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local status_of = require("rackspace.show.status")

local INTERVAL = 0.2 -- seconds between two texts
local COLUMNS = 80 -- the texts are short

--- Returns a function(text) that shows a text, and a function that clears it.
-- Neither does anything without a terminal.
local function new(is_terminal, stream)
  if not is_terminal then
    return function() end, function() end
  end
  local status = status_of.new(function(text)
    stream:write(text)
    stream:flush()
  end, function() return COLUMNS end)
  local shown_at
  return function(text)
    local now = core.monotonic()
    if not shown_at or now - shown_at >= INTERVAL then
      shown_at = now
      status:show(text)
    end
  end, function()
    status:clear()
  end
end

return { new = new }
