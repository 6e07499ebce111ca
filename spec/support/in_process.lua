--- in_process.lua - a sandbox in this process, and requests to it
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local rackspace = require("rackspace")

local in_process_methods = {}
local in_process_mt = { __index = in_process_methods }

--- Sends a request as it comes from the network: names of headers in lower
-- case. The answer has a status, headers and a body, and as `value` what its
-- body is in JSON.
function in_process_methods:send(method, target, headers, body)
  local answer = self.sandbox:handle{ method = method, target = target,
    headers = headers or {}, body = body }
  answer.value = json.decode(answer.body)
  return answer
end

--- Logs in by a user's API key: the token's id, and what else the log-in gives.
function in_process_methods:log_in(username)
  local user = assert(self.users[username], username)
  local answer = self:send("POST", "/v2.0/tokens",
    { ["content-type"] = "application/json" }, json.encode{ auth = {
      ["RAX-KSKEY:apiKeyCredentials"] = { username = username, apiKey = user.api_key } } })
  assert(answer.status == 200, answer.body)
  return answer.value.access.token.id, answer.value.access
end

--- Sends a request with a token of a user, who logs in once. A table as body is
-- sent as JSON.
function in_process_methods:ask(username, method, target, body)
  self.tokens[username] = self.tokens[username] or self:log_in(username)
  return self:send(method, target, { ["x-auth-token"] = self.tokens[username],
    ["content-type"] = "application/json" }, body and json.encode(body))
end

--- Gets what is at a path, which must be there: its value.
function in_process_methods:get(username, target)
  local answer = self:ask(username, "GET", target)
  assert(answer.status == 200, answer.body)
  return answer.value
end

--- Starts a sandbox; options as rackspace.sandbox takes them.
local function start(options)
  local self = { sandbox = assert(rackspace.sandbox(options)), users = {}, tokens = {} }
  for _, user in ipairs(self.sandbox:describe().users) do
    self.users[user.username] = user
  end
  return setmetatable(self, in_process_mt)
end

return { start = start }
