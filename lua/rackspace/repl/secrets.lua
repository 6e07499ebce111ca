--- secrets.lua - the secrets that a program's sessions hold
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")
local sessions = require("rackspace.manual.sessions")

local secrets = {}

local function add(list, value)
  if type(value) == "userdata" and tostring(value) == "<secret>" then
    list[#list + 1] = value:reveal()
  end
end

--- The texts of the secrets of all sessions among the globals.
function secrets.list(globals)
  local list = {}
  for _, value in next, globals do
    local session = sessions.check(value)
    if session then
      for _, credential in next, session.settings.credentials do
        add(list, credential)
      end
      add(list, session.auth.secret)
    end
  end
  return list
end

--- A text without them.
function secrets.hide(text, list)
  return fault.hide(text, list) or text
end

return secrets
