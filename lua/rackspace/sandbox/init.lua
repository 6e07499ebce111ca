--- init.lua - the services in miniature: state, routes from the rows, answers
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.engine.json")
local seed = require("rackspace.sandbox.seed")
local store = require("rackspace.sandbox.store")
local users = require("rackspace.sandbox.users")

-- Services, their rows, and how they behave here.
local services = {
  { rows = "rackspace.identity", behaviour = "rackspace.sandbox.identity",
    base = "/v2.0" },
  { rows = "rackspace.accounts", behaviour = "rackspace.sandbox.accounts",
    base = "" },
}

local sandbox_methods = {}
local sandbox_mt = { __name = "rackspace.sandbox", __index = sandbox_methods }

local function split(path)
  local segments = {}
  for segment in path:gmatch("[^/]+") do
    segments[#segments + 1] = segment
  end
  return segments
end

local function add_route(self, method, path, route)
  local segments = split(path)
  local routes = self.routes[#segments] or {}
  self.routes[#segments] = routes
  routes[#routes + 1] = { method = method, segments = segments, to = route }
end

--- Every row has its route; a row's fallback is a second way to the same.
local function add_service(self, service)
  local definition = require(service.rows)
  local handlers = require(service.behaviour)
  for _, op in ipairs(definition.operations) do
    local route = { op = op, handler = handlers[op.name],
      fault = handlers.fault, refuse = handlers.refuse }
    if route.handler then
      add_route(self, op.method, service.base .. op.path, route)
      if op.fallback then
        add_route(self, op.fallback_method, service.base .. op.fallback_path,
          route)
      end
    end
  end
end

--- The variables of a path when it fits the route; nil when it doesn't.
local function match(route, segments)
  local variables = {}
  for i, expected in ipairs(route.segments) do
    local name = expected:match("^{(.*)}$")
    if name then
      variables[name] = core.url.decode(segments[i])
    elseif expected ~= segments[i] then
      return nil
    end
  end
  return variables
end

local function find_route(self, method, path)
  local segments, allowed = split(path), nil
  for _, route in ipairs(self.routes[#segments] or {}) do
    local variables = match(route, segments)
    if variables and route.method == method then
      return route.to, variables
    elseif variables then
      allowed = route.to
    end
  end
  return nil, allowed
end

local function parse_query(text)
  local query = {}
  for pair in (text or ""):gmatch("[^&]+") do
    local name, value = pair:match("^([^=]*)=?(.*)$")
    query[core.url.decode(name)] = core.url.decode((value:gsub("%+", " ")))
  end
  return query
end

--- What the row says of a request's parameters.
local function check_query(op, query)
  for _, field in ipairs(op.query) do
    if query[field.name] and field.needs and not query[field.needs] then
      return ("%s must be used with %s"):format(field.name, field.needs)
    end
  end
end

local function accepts_json(accept)
  return not accept or accept:find("application/json", 1, true) or
    accept:find("*/*", 1, true)
end

--- Checks a call as the rows say, then lets its service answer.
local function answer(self, route, call)
  call.body_value = call.body ~= "" and json.decode(call.body) or nil
  if not accepts_json(call.headers.accept) then
    return route.fault(406, "only application/json is served here")
  end
  if route.op.auth == "token" then
    call.token = self:find_token(call.headers["x-auth-token"])
    if not call.token then
      return route.refuse(self)
    end
    call.user = users.by_name[call.token.user]
  end
  local problem = check_query(route.op, call.query)
  if problem then
    return route.fault(400, problem)
  end
  self.counts[route.op.full_name] =
    (self.counts[route.op.full_name] or 0) + 1
  return route.handler(self, call)
end

local function request_id(self)
  self.requests = self.requests + 1
  return ("%08x-5acb-4000-8000-%012x"):format(self.seed, self.requests)
end

--- The response to a request { method =, target = "/path?query", headers =
-- { lower-case name = value }, body = }: { status =, headers =, body = }.
function sandbox_methods:handle(request)
  local path, query = request.target:match("^([^?#]*)%??([^#]*)")
  local route, variables = find_route(self, request.method, path)
  local status, body, headers
  if route then
    status, body, headers = answer(self, route, {
      variables = variables, query = parse_query(query),
      headers = request.headers, body = request.body or "",
      base = "http://" .. (request.headers.host or "localhost"),
    })
  elseif path:find("^/sandbox/?") then
    status, body = require("rackspace.sandbox.control").answer(self, request,
      path)
  else
    local fault = variables and variables.fault or
      require("rackspace.sandbox.accounts").fault
    status, body = fault(variables and 405 or 404,
      variables and "this method is not allowed here" or
      "there is nothing at this path")
  end
  headers = headers or {}
  headers["X-Trans-Id"] = request_id(self)
  headers["Content-Type"] = headers["Content-Type"] or "application/json"
  return { status = status, headers = headers,
    body = type(body) == "table" and assert(json.encode(body)) or body or "" }
end

--- The sandbox's own time: the machine's, moved by what `advance` added.
function sandbox_methods:time()
  return self.clock() + self.moved
end

--- Moves the sandbox's time on, so that what expires does.
function sandbox_methods:advance(seconds)
  self.moved = self.moved + seconds
end

--- A token's record while it is good.
function sandbox_methods:find_token(id)
  local token = id and self.store.tokens[id]
  if token and core.time(token.expires) > self:time() then
    return token
  end
end

--- Makes every token worthless, as its owner's API key reset would.
function sandbox_methods:revoke()
  self.store.tokens = {}
  self.store:save()
end

--- How often an operation was called: sandbox:count("identity.authenticate").
function sandbox_methods:count(name)
  return self.counts[name] or 0
end

--- Where the services are when the sandbox answers at a URL.
function sandbox_methods.endpoints(_, url)
  return { identity = url .. "/v2.0", customer = url, ticketing = url,
    resources = url, feeds = url, email = url }
end

--- What a client has to know: endpoints and a user's credentials.
function sandbox_methods:describe(url)
  local first = users.list[1]
  return { url = url, endpoints = self:endpoints(url),
    credentials = { username = first.username, api_key = first.api_key },
    users = users.public(), accounts = self.data.count, seed = self.seed }
end

function sandbox_methods:close()
  self.store:save()
end

function sandbox_mt:__tostring()
  return ("sandbox (%d accounts, seed %d)"):format(self.data.count, self.seed)
end

--- A sandbox.
-- @param options accounts = how many (137), seed = number (1), state = a file
--   that keeps what was changed, token_seconds = how long tokens live
--   (86400), inclusive = whether a page begins with its marker's account,
--   clock = function that gives seconds since 1970
-- @return the sandbox; or nil and a message when the state can't be read
local function new(options)
  options = options or {}
  local state, message = store.open(options.state)
  if not state then
    return nil, message
  end
  local self = setmetatable({
    store = state, routes = {}, counts = {}, requests = 0, moved = 0,
    seed = options.seed or 1, clock = options.clock or core.now,
    token_seconds = options.token_seconds or 86400,
    inclusive = options.inclusive or false,
    data = seed.new{ seed = options.seed or 1,
      accounts = options.accounts or 137 },
  }, sandbox_mt)
  for _, service in ipairs(services) do
    add_service(self, service)
  end
  return self
end

return { new = new }
