--- sessions.lua - finds the sessions among a script's values
-- SPDX-License-Identifier: MIT
local sessions = {}

-- Values are examined without their metamethods, which could load a service or
-- run code of the script.

--- Returns a value if it is a session, or nil.
function sessions.check(value)
  local metatable = type(value) == "table" and getmetatable(value)
  return type(metatable) == "table" and
    rawget(metatable, "__name") == "rackspace.session" and value or nil
end

--- Returns the session in the global `rs`, or any other global session, or nil.
function sessions.find(globals)
  local session = sessions.check(rawget(globals, "rs"))
  for _, value in next, session and {} or globals do
    session = session or sessions.check(value)
  end
  return session
end

--- Returns the metadata of the call that returned `object`, as rs:meta() does,
-- from whichever global session made the call; or nil.
function sessions.meta(globals, object)
  for _, value in next, globals do
    local session = sessions.check(value)
    local meta = session and session.metas[object]
    if meta then
      return meta
    end
  end
end

return sessions
