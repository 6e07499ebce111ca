--- allow.lua - the operations that a session may call
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")

local allow = {}

local function is_pattern(text)
  return type(text) == "string" and (text == "*" or
    text:find("^%a[%w_]*%.%*$") ~= nil or
    text:find("^%a[%w_]*%.%a[%w_]*$") ~= nil)
end

--- Returns what is wrong with a list, or nil.
function allow.problem(list)
  if type(list) ~= "table" then
    return "must be a list of operations, not a " .. type(list)
  end
  for key, text in pairs(list) do
    if type(key) ~= "number" or not is_pattern(text) then
      return ('must be a list such as { "accounts.*", "tickets.get" }; ' ..
        "'%s' is none of its parts"):format(tostring(text))
    end
  end
end

--- Whether a list allows an operation; nil allows all.
function allow.has(list, op)
  if list == nil then
    return true
  end
  for _, text in ipairs(list) do
    if text == "*" or text == op.full_name or
        text == op.service .. ".*" then
      return true
    end
  end
  return false
end

--- Returns the error of an operation that the session's list does not allow.
function allow.refusal(op)
  return fault.new{ kind = "refused", operation = op.full_name,
    text = "the session does not allow it" }
end

--- Returns the error of an operation that a read-only session may not call, or
-- nil. A log-in does not count as a write.
function allow.write_refusal(session, op)
  if not (op.writes and session.settings and session.settings.read_only) then
    return nil
  end
  return fault.new{ kind = "refused", operation = op.full_name, attempts = 0,
    text = "the session is read-only: nothing was sent" }
end

--- Returns why a person does not want a call of these arguments: an error, or
-- nil. Nobody is asked here; the prompt has a function of its own in this place
-- (repl/deletion.lua).
function allow.objection()
  return nil
end

return allow
