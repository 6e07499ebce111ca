--- services.lua - adds the routes of the services to a sandbox
-- SPDX-License-Identifier: MIT
local endpoints = require("rackspace.session.endpoints")

local services = {}

-- The behaviour of a service in the sandbox is a table. It maps the name of
-- each operation to its handler, a function(sandbox, call) that returns status,
-- body, headers and file, and has these fields besides:
--   fault     = function(status, message), returns status, body and headers;
--   refuse    = function(sandbox), returns the same, for a missing or invalid
--     token;
--   authorize = function(sandbox, call), for a service that uses no tokens:
--     returns the same to refuse a call, or nil;
--   throttle  = function(sandbox, call, op): returns the same to refuse a call,
--     or nil;
--   xml       = the first argument of write_xml, by the operation's name;
--   write_xml = function(xml, op, status, body), returns a string;
--   has_suffixes = whether a path may end in .json or .xml;
--   may_end_in_slash = whether a path may end in a slash;
--   json_type = a media type that stands for application/json, or nil;
--   operations = list of operations that only the sandbox has, for clients of
--     others, each with a handler;
--   hosts     = list of handlers for paths that belong to no operation, such as
--     those of an upload target, each { has = function(path), target =
--     function(call) that returns { op =, fault =, handler = }, admits =
--     function(sandbox, call) that returns whether a call may send a long body,
--     names = list of the targets' operations, close = function(sandbox) };
--   openapi   = the behaviour in the OpenAPI dialect, where it differs.

--- Returns the paths of an operation: where the path has a version, also the
-- path without it.
local function paths_of(op)
  local bare, versions = op.path:gsub("^/{version}", "")
  return versions > 0 and { op.path, bare } or { op.path }
end

local function target_of(op, behaviour)
  return { op = op, handler = behaviour[op.name], fault = behaviour.fault,
    refuse = behaviour.refuse, authorize = behaviour.authorize,
    throttle = behaviour.throttle, has_suffixes = behaviour.has_suffixes,
    may_end_in_slash = behaviour.may_end_in_slash,
    json_type = behaviour.json_type,
    xml = behaviour.xml and behaviour.xml[op.name],
    write_xml = behaviour.write_xml }
end

--- Adds the routes of an operation below a base path. The fallback's route has
-- the same target.
local function add_routes(sandbox, op, base, target)
  local shared = sandbox.sharing[op.method .. op.path] or {}
  sandbox.sharing[op.method .. op.path] = shared
  shared[#shared + 1] = target
  for _, path in ipairs(paths_of(op)) do
    sandbox.routes:add(op.method, base .. path, target)
  end
  if op.alternative then
    sandbox.routes:add(op.alternative, base .. op.path, target)
  end
  if op.fallback_path then
    sandbox.routes:add(op.fallback_method, base .. op.fallback_path, target)
  end
end

--- Returns the path of an endpoint. The dialect that the sandbox does not speak
-- by default has a path of its own.
local function path_of(sandbox, endpoint)
  local dialect = endpoint and endpoint.dialect
  return (dialect and dialect ~= sandbox.dialect and "/" .. dialect or "") ..
    endpoints.path(endpoint and endpoint.url)
end

--- Adds the routes of a service's operations in the other dialect. They are
-- counted, and fail by fault rules, as those of the sandbox's own.
local function add_other_dialect(sandbox, definition, behaviour, declared)
  local is_openapi = sandbox.dialect ~= "openapi"
  behaviour = is_openapi and behaviour.openapi or behaviour
  for _, op in ipairs(definition.operations) do
    local handler = op.openapi and behaviour[op.name]
    op = is_openapi and op.openapi or op
    if handler then
      sandbox.routes:add(op.method, path_of(sandbox, declared[op.endpoint]) ..
        op.path, target_of(op, behaviour))
    end
  end
end

local function add_operation(sandbox, op, behaviour, declared)
  op = op[sandbox.dialect] or op
  sandbox.rows[#sandbox.rows + 1] = op
  if behaviour[op.name] then
    add_routes(sandbox, op, path_of(sandbox, declared[op.endpoint]),
      target_of(op, behaviour))
  end
end

local function add_service(sandbox, definition, behaviour, declared)
  local own = behaviour[sandbox.dialect] or behaviour
  for _, list in ipairs{ definition.operations, own.operations or {} } do
    for _, op in ipairs(list) do
      add_operation(sandbox, op, own, declared)
    end
  end
  add_other_dialect(sandbox, definition, behaviour, declared)
  for _, host in ipairs(behaviour.hosts or {}) do
    sandbox.hosts[#sandbox.hosts + 1] = host
  end
end

--- Adds the routes of all services of a list such as rackspace.services.
function services.add(sandbox, list)
  local declared = list.endpoints()
  for name, definition in list.each() do
    add_service(sandbox, definition, list.behaviour(name), declared)
  end
end

--- Returns the URLs of a sandbox's endpoints, by name, below its own URL.
function services.urls(sandbox, url)
  local urls = {}
  for name, endpoint in pairs(sandbox.declared) do
    urls[name] = url .. path_of(sandbox, endpoint)
  end
  return urls
end

--- Returns the target of a call among those that share its route: the last one
-- whose required query parameters are all there, or else the first.
function services.row_of(sandbox, route, call)
  local found = route
  local sharing = sandbox.sharing[route.op.method .. route.op.path]
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

return services
