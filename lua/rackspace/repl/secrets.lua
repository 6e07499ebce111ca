--- secrets.lua - the secrets of the sessions among the globals
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")
local sessions = require("rackspace.manual.sessions")

local secrets = {}

local function add(list, value)
  if type(value) == "userdata" and tostring(value) == "<secret>" then
    list[#list + 1] = value:reveal()
  end
end

--- Returns a list of the secrets of all sessions among the globals, as texts.
function secrets.list(globals)
  local list = {}
  for _, value in next, globals do
    local session = sessions.check(value)
    if session then
      for _, credential in next, session.settings.credentials do
        add(list, credential)
      end
      add(list, session.auth.secret)
      add(list, session.settings.proxy)
    end
  end
  return list
end

--- Returns a text with those secrets masked.
function secrets.hide(text, globals)
  return fault.hide(text, secrets.list(globals)) or text
end

return secrets
