--- control.lua - what a sandbox's owner can ask of it over HTTP
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")

local actions = {}

--- GET /sandbox: endpoints and credentials.
actions["GET "] = function(sandbox, call)
  return 200, sandbox:describe(call.base)
end

--- GET /sandbox/counts: how often each operation was answered.
actions["GET /counts"] = function(sandbox)
  return 200, sandbox.counts
end

--- POST /sandbox/revoke: every token is worthless from now on.
actions["POST /revoke"] = function(sandbox)
  sandbox:revoke()
  return 204
end

--- POST /sandbox/advance { "seconds": n }: time goes on.
actions["POST /advance"] = function(sandbox, call)
  local body = call.body_value
  local ok, message = pcall(sandbox.advance, sandbox,
    type(body) == "table" and body.seconds)
  if not ok then
    return 400, { message = message }
  end
  return 204
end

--- GET /sandbox/faults: what is to go wrong, and how often it did.
actions["GET /faults"] = function(sandbox)
  return 200, sandbox:faults()
end

--- POST /sandbox/faults: one more rule, or a list of them.
actions["POST /faults"] = function(sandbox, call)
  local body = call.body_value
  local is_list = type(body) == "table" and
    (body[1] ~= nil or json.is_array(body))
  local done, message = sandbox.faults_of:add(
    is_list and body or { body or "" })
  if not done then
    return 400, { message = message }
  end
  return 204
end

--- DELETE /sandbox/faults?operation=NAME: no such rule any more; none at all
-- without a name.
actions["DELETE /faults"] = function(sandbox, call)
  local done, message = sandbox.faults_of:remove(call.query.operation or "*")
  if not done then
    return 400, { message = message }
  end
  return 204
end

local function answer(sandbox, call)
  local action = actions[call.method .. " " .. call.path:sub(#"/sandbox" + 1)]
  if not action then
    return 404, { message = "a sandbox has no such control" }
  end
  return action(sandbox, call)
end

return { answer = answer }
