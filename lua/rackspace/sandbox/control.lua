--- control.lua - what a sandbox's owner can ask of it over HTTP
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")

local actions = {}

--- GET /sandbox: endpoints and credentials.
actions["GET "] = function(self, call)
  return 200, self:describe(call.base)
end

--- GET /sandbox/counts: how often each operation was answered.
actions["GET /counts"] = function(self)
  return 200, self.counts
end

--- POST /sandbox/revoke: every token is worthless from now on.
actions["POST /revoke"] = function(self)
  self:revoke()
  return 204
end

--- POST /sandbox/advance { "seconds": n }: time goes on.
actions["POST /advance"] = function(self, call)
  local body = call.body_value
  local ok, message = pcall(self.advance, self,
    type(body) == "table" and body.seconds)
  if not ok then
    return 400, { message = message }
  end
  return 204
end

--- GET /sandbox/faults: what is to go wrong, and how often it did.
actions["GET /faults"] = function(self)
  return 200, self:faults()
end

--- POST /sandbox/faults: one more rule, or a list of them.
actions["POST /faults"] = function(self, call)
  local body = call.body_value
  local is_list = type(body) == "table" and
    (body[1] ~= nil or json.is_array(body))
  local done, message = self.faults_of:add(is_list and body or { body or "" })
  if not done then
    return 400, { message = message }
  end
  return 204
end

--- DELETE /sandbox/faults?operation=NAME: no such rule any more; none at all
-- without a name.
actions["DELETE /faults"] = function(self, call)
  local done, message = self.faults_of:remove(call.query.operation or "*")
  if not done then
    return 400, { message = message }
  end
  return 204
end

local function answer(self, call)
  local action = actions[call.method .. " " .. call.path:sub(#"/sandbox" + 1)]
  if not action then
    return 404, { message = "a sandbox has no such control" }
  end
  return action(self, call)
end

return { answer = answer }
