--- confirmation.lua - asks before something is deleted
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")

--- Asks whether to delete. Returns true, or false and the reason not to.
-- `terminal` has is_terminal(descriptor) and ask(text).
local function confirm(what, options, terminal)
  if options.yes then
    return true
  elseif not (terminal.is_terminal(0) and terminal.is_terminal(2)) then
    return false, what .. ": there is nobody to ask whether to delete; " ..
      "--yes says so"
  end
  local answer = terminal.ask(what .. ": this deletes it. Go on? [y/N] ")
  if answer and ascii.lower(answer):find("^%s*y") then
    return true
  end
  return false, what .. ": not confirmed, nothing was sent"
end

return { confirm = confirm }
