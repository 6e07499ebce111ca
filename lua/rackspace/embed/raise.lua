--- raise.lua - errors that the host reads as a kind and a message
-- SPDX-License-Identifier: MIT

--- Raises an error of a kind, as rackspace_fault has it; of the kind "memory"
-- where the message says that it ran out. The position in front of the message
-- is removed.
local function raise(kind, message)
  message = tostring(message):gsub("^[^\n:]*:%d+: ", "")
  if message:find("not enough memory$") then
    kind = "memory"
  end
  error({ kind = kind, message = message }, 0)
end

return raise
