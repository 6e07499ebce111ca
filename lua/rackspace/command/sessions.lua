--- sessions.lua - opens the session of a command
-- SPDX-License-Identifier: MIT
local progress_of = require("rackspace.show.progress")
local rackspace = require("rackspace")

local sessions = {}

--- Returns a session that builds requests but has no credentials.
local function dry_session()
  return rackspace.new{ token = "dry-run", cache = false,
    email = { user_key = "dry-run", secret_key = "dry-run" } }
end

--- Returns settings that ask for a second factor, on a terminal.
function sessions.settings(invocation)
  local terminal = invocation.terminal
  local can_ask = terminal.is_terminal(0) and terminal.is_terminal(2)
  return { timeout = invocation.options.timeout,
    passcode = can_ask and function(factor)
    return terminal.ask_hidden(("%s code: "):format(factor or "one-time"))
  end or nil }
end

--- Opens a session by the environment and the profile, or returns nil, a
-- message and an error.
function sessions.open(invocation)
  if invocation.options.dry_run then
    return dry_session()
  end
  return rackspace.new(sessions.settings(invocation))
end

--- Returns the progress display of a long call; it is silent off a terminal.
function sessions.progress(invocation)
  local terminal = invocation.terminal
  return progress_of.new(terminal.is_terminal(2) and function(text)
    io.stderr:write(text)
  end or nil, terminal.size)
end

return sessions
