--- init.lua - the services in miniature: state, routes from the rows, answers
-- SPDX-License-Identifier: MIT
local control = require("rackspace.sandbox.control")
local core = require("rackspace.core")
local faults = require("rackspace.sandbox.faults")
local json = require("rackspace.engine.json")
local members = require("rackspace.engine.members")
local request_of = require("rackspace.sandbox.request")
local routes = require("rackspace.sandbox.routes")
local seed = require("rackspace.sandbox.seed")
local storage = require("rackspace.sandbox.storage")
local store = require("rackspace.sandbox.store")
local uploads = require("rackspace.sandbox.uploads")
local users = require("rackspace.sandbox.users")
local xml = require("rackspace.sandbox.xml")

-- Services, their rows, and how they behave here. The last one answers for
-- paths that are nobody's.
local services = {
  { rows = "rackspace.identity", behaviour = "rackspace.sandbox.identity",
    base = "/v2.0" },
  { rows = "rackspace.email_customers", base = "",
    behaviour = "rackspace.sandbox.email_customers",
    within = "^/v?%d?/?customers" },
  -- All its paths begin so, and none of the other services'.
  { rows = "rackspace.tickets", base = "",
    behaviour = "rackspace.sandbox.tickets", within = "^/[acrt]%l" },
  { rows = "rackspace.contacts", behaviour = "rackspace.sandbox.contacts",
    base = "" },
  { rows = "rackspace.metadata", behaviour = "rackspace.sandbox.metadata",
    base = "" },
  { rows = "rackspace.accounts", behaviour = "rackspace.sandbox.accounts",
    base = "" },
}

-- How far time can be moved in all: dates keep years of four digits.
local longest_move = 100 * 365 * 86400

local sandbox_methods = {}
local sandbox_mt = { __name = "rackspace.sandbox", __index = sandbox_methods }

--- A path of a service that has versions is served without one too.
local function paths_of(op)
  local bare, versions = op.path:gsub("^/{version}", "")
  return versions > 0 and { op.path, bare } or { op.path }
end

--- Rows can share a route. The one of a call is the last of them that demands
-- something of its query and gets it, or else the first.
local function row_of(self, route, call)
  local found = route
  local sharing = self.sharing[route.op.method .. route.op.path]
  for _, other in ipairs(sharing or {}) do
    local demanded, has_all = false, true
    for _, field in ipairs(other.op.query) do
      demanded = demanded or field.required
      has_all = has_all and
        not (field.required and call.query[field.name] == nil)
    end
    found = demanded and has_all and other or found
  end
  return found
end

local openapi = "rackspace.sandbox.openapi"

--- How a service behaves in a dialect.
local function handlers_of(service, dialect)
  local name = service.rows:match("[^.]+$")
  return dialect == "openapi" and require(openapi)[name] or
    require(service.behaviour)
end

--- Every row has its route; a row's fallback is a second way to the same.
local function add_service(self, service)
  local definition = require(service.rows)
  local handlers = handlers_of(service, self.dialect)
  for _, op in ipairs(definition.operations) do
    op = self.dialect == "openapi" and op.openapi or op
    local target = { op = op, handler = handlers[op.name],
      fault = handlers.fault, refuse = handlers.refuse,
      xml = handlers.xml and handlers.xml[op.name],
      authorize = handlers.authorize, throttle = handlers.throttle }
    self.rows[#self.rows + 1] = op
    if target.handler then
      local shared = self.sharing[op.method .. op.path] or {}
      self.sharing[op.method .. op.path] = shared
      shared[#shared + 1] = target
      for _, path in ipairs(paths_of(op)) do
        self.routes:add(op.method, service.base .. path, target)
      end
      if op.alternative then
        self.routes:add(op.alternative, service.base .. op.path, target)
      end
      if op.fallback then
        self.routes:add(op.fallback_method,
          service.base .. op.fallback_path, target)
      end
    end
  end
end

--- The fault of the service that a path is below.
local function fault_of(self, path)
  for _, service in ipairs(services) do
    local is_within = service.within and path:find(service.within)
    if is_within or not service.within and (path == service.base or
        path:sub(1, #service.base + 1) == service.base .. "/") then
      return handlers_of(service, self.dialect).fault
    end
  end
  return handlers_of(services[#services], self.dialect).fault
end

local function count(self, name)
  self.counts[name] = (self.counts[name] or 0) + 1
end

--- Checks a call as the rows say, then lets its service answer.
local function answer(self, route, call)
  local status, problem, headers
  if route.authorize then
    status, problem, headers = route.authorize(self, call)
    if status then
      return status, problem, headers
    end
  end
  status, problem = request_of.type_problem(call, route.op)
  if status then
    return route.fault(status, problem)
  end
  if route.op.auth == "token" then
    call.token = self:find_token(call.headers["x-auth-token"])
    if not call.token then
      return route.refuse(self)
    end
    call.user = users.by_name[call.token.user]
    if call.token.scope then
      return route.fault(403, "the token is good for setting up " ..
        "multi-factor only")
    end
  end
  status, problem = request_of.query_problem(route.op, call)
  if status then
    return route.fault(status, problem)
  end
  if route.throttle then
    status, problem, headers = route.throttle(self, call, route.op)
    if status then
      return status, problem, headers
    end
  end
  count(self, route.op.full_name)
  return route.handler(self, call)
end

--- Counts what the storage gave: it is the answer of a row as well.
local function answer_from_storage(self, call)
  local status, body, headers, file = storage.answer(self, call)
  if file then
    count(self, "tickets.download")
  end
  return status, body, headers, file
end

--- The answer where no operation is: a control's, the storage's, or a fault.
local function answer_otherwise(self, call, allowed)
  if storage.has(call.path) then
    return answer_from_storage(self, call)
  elseif call.path == "/sandbox" or call.path:find("^/sandbox/") then
    return control.answer(self, call)
  elseif not allowed then
    return fault_of(self, call.path)(404, "there is nothing at this path")
  end
  local status, body, headers = fault_of(self, call.path)(405,
    "this method is not allowed here")
  headers = headers or {}
  headers.Allow = table.concat(allowed, ", ")
  return status, body, headers
end

-- The names that os.date() gives are those of the host's language.
local days = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" }
local months = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
  "Oct", "Nov", "Dec" }

local function http_date(seconds)
  local now = os.date("!*t", math.floor(seconds))
  return ("%s, %02d %s %04d %02d:%02d:%02d GMT"):format(days[now.wday],
    now.day, months[now.month], now.year, now.hour, now.min, now.sec)
end

local function request_id(self)
  self.requests = self.requests + 1
  return ("%08x-5acb-4000-8000-%012x"):format(self.seed % 4294967296,
    self.requests)
end

--- What a rule of a fault lets through reaches its service, and goes wrong on
-- the way back.
local function answer_by_rule(self, route, call)
  local rule = self.faults_of:strike(route.op.full_name)
  local status, body, headers
  if not rule or not faults.is_before(rule) then
    status, body, headers = answer(self, route, call)
  end
  if rule and rule.status then
    status, body, headers = route.fault(rule.status, faults.message)
  end
  return status, body, headers, rule
end

--- The response to a request { method =, target = "/path?query", headers =
-- { lower-case name = value }, body = or file = a path }: { status =,
-- headers =, body = or file = a path }, and where a fault was asked for, a
-- `delay` in seconds, or `close` when there is to be no answer.
function sandbox_methods:handle(request)
  local call = request_of.read(request)
  local route, found = self.routes:find(call.method, call.path)
  local status, body, headers, file, rule
  if route then
    call.variables = found
    status, body, headers, rule =
      answer_by_rule(self, row_of(self, route, call), call)
  else
    status, body, headers, file = answer_otherwise(self, call, found)
  end
  headers = headers or {}
  headers["X-Trans-Id"] = request_id(self)
  headers.Date = http_date(self:time())
  local xml_type = route and route.xml and request_of.xml_type(call, route.op)
  if type(body) == "table" and xml_type then
    headers["Content-Type"] = xml_type
    body = xml.write(route.xml, route.op, status, body)
  elseif type(body) == "table" then
    headers["Content-Type"] = "application/json"
    body = assert(json.encode(body))
  end
  local response = { status = status, headers = headers, file = file,
    body = not file and (body or "") or nil }
  return rule and faults.apply(rule, response) or response
end

--- The sandbox's own time: the machine's, moved by what `advance` added.
function sandbox_methods:time()
  return self.clock() + self.store.moved
end

--- Moves the sandbox's time on, so that what expires does.
function sandbox_methods:advance(seconds)
  if type(seconds) ~= "number" or not (seconds >= 0 and
      self.store.moved + seconds <= longest_move) then
    error("advance: seconds must be a number from 0 on, and a hundred " ..
      "years at most in all", 2)
  end
  self.store.moved = self.store.moved + seconds
  self.store:save()
end

--- A token's record while it is good.
function sandbox_methods:find_token(id)
  local token = id and self.store.tokens[id]
  local expires = token and core.time(token.expires)
  if expires and expires > self:time() and users.by_name[token.user] then
    return token
  end
end

--- Makes every token worthless, whoever has it.
function sandbox_methods:revoke()
  self.store.tokens = {}
  self.store:save()
end

--- Makes calls of an operation, or of "*" for every one, go wrong: with some
-- `status`, as in { every = 3, status = 429 }, a `delay`, or no answer at all
-- (`close`). doc/faults.md has all that a rule takes.
-- false instead of a rule removes the operation's rules; those of "*", all.
function sandbox_methods:fault(operation, rule)
  local done, problem
  if rule == false then
    done, problem = self.faults_of:remove(operation)
  elseif type(rule) ~= "table" then
    problem = "takes an operation's name, and a table or false"
  else
    local copy = members.copy(rule)
    copy.operation = operation
    done, problem = self.faults_of:add{ copy }
  end
  if not done then
    error("fault: " .. problem, 2)
  end
end

--- The rules of the faults that were asked for, each with its `operation`, how
-- many `calls` it has seen and of how many it has made `faults`.
function sandbox_methods:faults()
  return self.faults_of:list()
end

--- How often an operation was answered: sandbox:count("accounts.list").
-- Calls that were refused for their token or form don't count.
function sandbox_methods:count(name)
  return self.counts[name] or 0
end

--- What a client has to know of the sandbox that answers at a URL: endpoints
-- and a user's credentials. Without a URL, of one inside this process.
function sandbox_methods:describe(url)
  local first = users.list[1]
  url = url or "http://localhost"
  return { url = url, accounts = self.data.count, seed = self.seed,
    dialect = self.dialect, limits = self.limits,
    endpoints = { identity = url .. "/v2.0", customer = url, ticketing = url,
      resources = url, feeds = url, email = url },
    credentials = { username = first.username, api_key = first.api_key,
      email = users.public()[1].email },
    users = users.public() }
end

--- Keeps the state; without a state's file, the attachments' bytes go.
function sandbox_methods:close()
  uploads.close(self)
  self.store:save()
end

function sandbox_mt:__tostring()
  return ("sandbox (%d accounts, seed %d)"):format(self.data.count, self.seed)
end

--- A sandbox.
-- @param options accounts = how many (137), seed = number (1), state = a file
--   that keeps what was changed, token_seconds = how long tokens live
--   (86400), inclusive = whether a page begins with its marker's account,
--   clock = function that gives seconds since 1970, customers = how many the
--   Email & Apps reseller has (3), limits = false or "off" to let
--   any number of calls pass
-- @param options.faults a file with a JSON list of what is to go wrong
-- @param options.dialect "openapi" for the Customer Service as its OpenAPI
--   document renders it
-- @return the sandbox; or nil and a message when the state can't be used
local function new(options)
  options = options or {}
  local dialect = options.dialect or "reference"
  if dialect ~= "reference" and dialect ~= "openapi" then
    error("sandbox.new: 'dialect' must be \"reference\" or \"openapi\"", 2)
  end
  local data = seed.new{ seed = options.seed or 1,
    accounts = options.accounts or 137 }
  local state, message = store.open(options.state)
  if not state then
    return nil, message
  end
  local self = setmetatable({
    store = state, routes = routes.new(), counts = {}, requests = 0,
    rows = {}, sharing = {}, windows = {},
    limits = options.limits ~= false and options.limits ~= "off",
    customers = options.customers or 3,
    dialect = dialect, seed = options.seed or 1,
    clock = options.clock or core.now,
    token_seconds = options.token_seconds or 86400,
    inclusive = options.inclusive or false, data = data,
  }, sandbox_mt)
  for _, service in ipairs(services) do
    add_service(self, service)
  end
  self.faults_of = faults.new(self.rows, self.sharing)
  local done, problem = faults.load(self.faults_of, options.faults)
  if not done then
    return nil, problem
  end
  return self
end

return { new = new }
