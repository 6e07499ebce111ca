--- raise.lua - errors that the host reads as a kind and a message
-- SPDX-License-Identifier: MIT

--- Raises an error of a kind, as rackspace_fault has it. The position in front
-- of the message is removed.
local function raise(kind, message)
  message = tostring(message):gsub("^[^\n:]*:%d+: ", "")
  error({ kind = kind, message = message }, 0)
end

return raise
