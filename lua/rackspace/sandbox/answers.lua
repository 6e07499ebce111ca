--- answers.lua - handles a request: checks it, runs its handler, applies faults
-- SPDX-License-Identifier: MIT
local control = require("rackspace.sandbox.control")
local core = require("rackspace.core")
local faults = require("rackspace.sandbox.faults")
local guard = require("rackspace.sandbox.guard")
local json = require("rackspace.base.json")
local request_of = require("rackspace.sandbox.request")
local services = require("rackspace.sandbox.services")
local users = require("rackspace.sandbox.users")

local function count(sandbox, name)
  sandbox.counts[name] = (sandbox.counts[name] or 0) + 1
end

--- Checks a call against its row, then runs the row's handler. Returns status,
-- body, headers and file, as a handler does.
local function answer(sandbox, route, call)
  local status, problem, headers
  if route.authorize then
    status, problem, headers = route.authorize(sandbox, call)
    if status then
      return status, problem, headers
    end
  end
  status, problem = request_of.type_problem(call, route.op,
    route.json_type)
  if status then
    return route.fault(status, problem)
  end
  if route.op.auth == "token" then
    call.token = sandbox:find_token(call.headers["x-auth-token"])
    if not call.token then
      return route.refuse(sandbox)
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
    status, problem, headers = route.throttle(sandbox, call, route.op)
    if status then
      return status, problem, headers
    end
  end
  count(sandbox, route.op.full_name)
  return route.handler(sandbox, call)
end

--- Runs the handler of a service's own host (see services.lua), and counts the
-- call if it succeeds.
local function answer_from_host(sandbox, target, call)
  local status, body, headers, file = target.handler(sandbox, call)
  if status < 300 then
    count(sandbox, target.op.full_name)
  end
  return status, body, headers, file
end

--- Returns the `fault` function of the service with the routes nearest to a
-- path.
local function fault_of(sandbox, path)
  return sandbox.routes:nearest(path).fault
end

local function is_control(call)
  return call.path == "/sandbox" or call.path:find("^/sandbox/") ~= nil
end

--- Answers a call that no operation matches: the sandbox's controls, or a 404
-- or 405 fault. `allowed` lists the methods of the path, or is nil.
local function answer_otherwise(sandbox, call, allowed)
  if is_control(call) then
    return control.answer(sandbox, call)
  elseif not allowed then
    return fault_of(sandbox, call.path)(404, "there is nothing at this path")
  end
  local status, body, headers = fault_of(sandbox, call.path)(405,
    "this method is not allowed here")
  headers = headers or {}
  headers.Allow = table.concat(allowed, ", "):gsub("GET", "GET, HEAD")
  return status, body, headers
end

-- The names that os.date() returns depend on the locale.
local days = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" }
local months = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
  "Oct", "Nov", "Dec" }

local function http_date(seconds)
  local now = core.date(seconds)
  return ("%s, %02d %s %04d %02d:%02d:%02d GMT"):format(days[now.wday],
    now.day, months[now.month], now.year, now.hour, now.min, now.sec)
end

local function request_id(sandbox)
  sandbox.requests = sandbox.requests + 1
  return ("%08x-5acb-4000-8000-%012x"):format(sandbox.seed % 4294967296,
    sandbox.requests)
end

local function response_of(status, body, headers, file)
  return { status = status, headers = headers or {}, body = body, file = file }
end

--- Runs a target's handler, unless a fault rule takes the call before that.
-- `run` is answer() or answer_from_host(). Returns the response and the rule
-- that took the call, or nil.
local function answer_by_rule(sandbox, target, call, run)
  local rule = sandbox.faults_of:strike(target.op.full_name)
  local response
  if not rule or not faults.is_before(rule) then
    response = response_of(run(sandbox, target, call))
  end
  if rule and rule.status then
    response = response_of(target.fault(rule.status, faults.message))
  end
  return response or response_of(), rule
end

--- Returns the service's own host that a call's path belongs to, or nil.
local function host_of(sandbox, call)
  for _, host in ipairs(sandbox.hosts) do
    if host.has(call.path) then
      return host
    end
  end
end

--- Returns the target of a call (an operation's or a host's) and the function
-- that runs it; or nil.
local function target_of(sandbox, route, call)
  if route then
    return services.row_of(sandbox, route, call), answer
  end
  local host = host_of(sandbox, call)
  if host then
    return host.target(call), answer_from_host
  end
end

local function read(sandbox, request)
  local call = request_of.read(request)
  request_of.take_ending(call, sandbox.routes)
  return call
end

--- Completes a response: encodes its body, and adds the common headers.
local function finish(sandbox, route, call, response)
  local headers, body = response.headers, response.body
  headers["X-Trans-Id"] = request_id(sandbox)
  headers.Date = http_date(sandbox:time())
  local xml_type = route and route.xml and request_of.xml_type(call, route.op)
  if type(body) == "table" and xml_type then
    headers["Content-Type"] = xml_type
    body = route.write_xml(route.xml, route.op, response.status, body)
  elseif type(body) == "table" then
    headers["Content-Type"] = "application/json"
    body = assert(json.text(body))
  end
  response.body = not response.file and (body or "") or nil
end

--- Keeps what a call changed. Returns its response, or that which says why it
-- can't be kept: nothing is changed then.
local function keep(sandbox, fault, response)
  local done, problem = sandbox.store:commit()
  return done and response or response_of(fault(507, problem))
end

--- Handles a request.
-- @param request table: method; target, "/path?query"; headers, by lower-case
--   name; body, a string, or file, the path of the file that holds it
-- @return table: status, headers, and body or file (a path), also for HEAD:
--   who sends it leaves that out. When a fault rule took the call also delay
--   (seconds), and close (true to close the connection without a response)
local function handle(sandbox, request)
  sandbox.store:roll_back() -- what an error in a handler has left
  local call = read(sandbox, request)
  local route, found = sandbox.routes:find(call.method, call.path)
  local target, run = target_of(sandbox, route, call)
  local response, rule
  if target then
    call.variables = found
    response, rule = answer_by_rule(sandbox, target, call, run)
  else
    response = response_of(answer_otherwise(sandbox, call, found))
  end
  response = keep(sandbox, target and target.fault or
    fault_of(sandbox, call.path), response)
  finish(sandbox, route, call, response)
  return rule and faults.apply(rule, response) or response
end

--- Whether what comes before the body of a call authenticates it. Services
-- without tokens take short forms only.
local function is_authenticated(sandbox, route, call)
  if route then
    return route.op.auth == "token" and
      sandbox:find_token(call.headers["x-auth-token"]) ~= nil
  elseif is_control(call) then
    return not guard.control_problem(sandbox, call)
  end
  local host = host_of(sandbox, call)
  return host ~= nil and host.admits(sandbox, call)
end

--- Decides whether a request may send more than `most` bytes of a body.
-- @param request as for handle, without a body
-- @return true; or false and the response that refuses it
local function admit(sandbox, request, most)
  local call = read(sandbox, request)
  local route = sandbox.routes:find(call.method, call.path)
  route = route and services.row_of(sandbox, route, call)
  if is_authenticated(sandbox, route, call) then
    return true
  elseif route and route.op.auth == "token" or host_of(sandbox, call) then
    return false, handle(sandbox, request) -- which refuses it by its head
  end
  return false, guard.too_long(most)
end

return { admit = admit, handle = handle }
