--- prompt.lua - the text of the prompt: the session and its mode
-- SPDX-License-Identifier: MIT
local sessions = require("rackspace.manual.sessions")
local width = require("rackspace.show.width")

local WIDEST = 30 -- columns of a name

--- Returns whether a session's services are a sandbox's.
local function is_sandbox(session)
  return session.settings.is_sandbox == true
end

local function name_of(session)
  local settings = session.settings
  return settings.profile or os.getenv("RACKSPACE_PROFILE") or
    settings.credentials.username or "a token"
end

--- Returns the prompt.
-- @param session any value; other than a session is none
-- @param number integer: of the next result
-- @param paint function of paint.new
local function text(session, number, paint)
  session = sessions.check(session)
  local parts = {}
  if not session then
    parts[1] = paint("dim", "no session")
  elseif is_sandbox(session) then
    parts[1] = paint("good", "sandbox")
  else
    parts[1] = width.cut(width.plain(name_of(session)), WIDEST) .. " " ..
      paint("loud", "LIVE")
  end
  if session and session.settings.read_only then
    parts[#parts + 1] = paint("careful", "READ-ONLY")
  end
  parts[#parts + 1] = number .. "> "
  return table.concat(parts, " ")
end

return { is_sandbox = is_sandbox, text = text }
