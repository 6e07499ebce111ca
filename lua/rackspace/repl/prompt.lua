--- prompt.lua - what stands before a line: who one is, and what may happen
-- SPDX-License-Identifier: MIT
local sessions = require("rackspace.manual.sessions")

--- Whether a session's services are a sandbox's.
local function is_sandbox(session)
  return session.settings.is_sandbox == true
end

local function name_of(session)
  local settings = session.settings
  return settings.profile or os.getenv("RACKSPACE_PROFILE") or
    settings.credentials.username or "a token"
end

--- The prompt of a session, or of none. `paint` colours; `number` is that of
-- the next result. What is not a sandbox is told loudly.
local function text(session, number, paint)
  session = sessions.check(session)
  local parts = {}
  if not session then
    parts[1] = paint("dim", "no session")
  elseif is_sandbox(session) then
    parts[1] = paint("good", "sandbox")
  else
    parts[1] = name_of(session) .. " " .. paint("loud", "LIVE")
  end
  if session and session.settings.read_only then
    parts[#parts + 1] = paint("careful", "READ-ONLY")
  end
  parts[#parts + 1] = number .. "> "
  return table.concat(parts, " ")
end

return { is_sandbox = is_sandbox, text = text }
