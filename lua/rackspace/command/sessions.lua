--- sessions.lua - the session of one command
-- SPDX-License-Identifier: MIT
local progress_of = require("rackspace.show.progress")
local rackspace = require("rackspace")

local sessions = {}

--- A session that may look for where its services are, and nothing else.
local function dry_session()
  return rackspace.new{ token = "dry-run", cache = false,
    email = { user_key = "dry-run", secret_key = "dry-run" } }
end

--- Settings by which a second factor is asked for, where somebody is.
function sessions.settings(invocation)
  local terminal = invocation.terminal
  local can_ask = terminal.is_terminal(0) and terminal.is_terminal(2)
  return { passcode = can_ask and function(factor)
    return terminal.ask_hidden(("%s code: "):format(factor or "one-time"))
  end or nil }
end

--- Opens a session by the environment and the profile. nil, a message and an
-- error when there is none.
function sessions.open(invocation)
  if invocation.options.dry_run then
    return dry_session()
  end
  return rackspace.new(sessions.settings(invocation))
end

--- What tells on a terminal what a call does that takes long.
function sessions.progress(invocation)
  local terminal = invocation.terminal
  return progress_of.new(terminal.is_terminal(2) and function(text)
    io.stderr:write(text)
  end or nil, terminal.size)
end

return sessions
