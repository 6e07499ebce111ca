--- control.lua - what a sandbox's owner can ask of it over HTTP
-- SPDX-License-Identifier: MIT
local json = require("rackspace.engine.json")

local actions = {}

--- GET /sandbox: endpoints and credentials.
function actions.GET(self, request)
  local host = request.headers.host or "localhost"
  return 200, self:describe("http://" .. host)
end

--- GET /sandbox/counts: how often each operation was called.
actions["GET/counts"] = function(self)
  return 200, self.counts
end

--- POST /sandbox/revoke: every token is worthless from now on.
actions["POST/revoke"] = function(self)
  self:revoke()
  return 204
end

--- POST /sandbox/advance { "seconds": n }: time goes on.
actions["POST/advance"] = function(self, request)
  local body = json.decode(request.body or "")
  local seconds = type(body) == "table" and tonumber(body.seconds)
  if not seconds then
    return 400, { message = "seconds is missing" }
  end
  self:advance(seconds)
  return 204
end

local function answer(self, request, path)
  local action = actions[request.method .. path:match("^/sandbox/?(.*)$")
    :gsub("^(.)", "/%1")]
  if not action then
    return 404, { message = "a sandbox has no such control" }
  end
  return action(self, request)
end

return { answer = answer }
