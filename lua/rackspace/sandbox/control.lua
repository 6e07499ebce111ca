--- control.lua - the sandbox's own HTTP interface, below /sandbox
-- SPDX-License-Identifier: MIT
local guard = require("rackspace.sandbox.guard")
local json = require("rackspace.base.json")

local actions = {}

--- GET /sandbox: the endpoints and credentials.
actions["GET "] = function(sandbox, call)
  return 200, sandbox:describe(call.base)
end

--- GET /sandbox/counts: the number of answered calls by operation.
actions["GET /counts"] = function(sandbox)
  return 200, sandbox.counts
end

--- POST /sandbox/revoke: revokes every token.
actions["POST /revoke"] = function(sandbox)
  sandbox.store:set({ "tokens" }, {})
  return 204
end

--- POST /sandbox/advance { "seconds": n }: moves the sandbox's clock forward.
actions["POST /advance"] = function(sandbox, call)
  local body = call.body_value
  local moved, problem = sandbox:moved_by(
    type(body) == "table" and body.seconds)
  if not moved then
    return 400, { message = "advance: " .. problem }
  end
  sandbox.store:set({ "numbers", "moved" }, moved)
  return 204
end

--- GET /sandbox/faults: the fault rules with their counts.
actions["GET /faults"] = function(sandbox)
  return 200, sandbox:faults()
end

--- POST /sandbox/faults: adds a rule, or a list of rules.
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

--- DELETE /sandbox/faults?operation=NAME: removes the rules of an operation;
-- without a name, all rules.
actions["DELETE /faults"] = function(sandbox, call)
  local done, message = sandbox.faults_of:remove(call.query.operation or "*")
  if not done then
    return 400, { message = message }
  end
  return 204
end

local function answer(sandbox, call)
  local problem = guard.control_problem(sandbox, call)
  if problem then
    return 403, { message = problem }
  end
  local action = actions[call.method .. " " .. call.path:sub(#"/sandbox" + 1)]
  if not action then
    return 404, { message = "a sandbox has no such control" }
  end
  return action(sandbox, call)
end

return { answer = answer }
