--- services.lua - gives a sandbox the routes of the services
-- SPDX-License-Identifier: MIT
local endpoints = require("rackspace.session.endpoints")

local services = {}

-- The behaviour of a service in the sandbox is a table. By the name of an
-- operation it has the function(sandbox, call) -> status, body, headers that
-- answers it; and it has
--   fault     = function(status, message) -> status, body, headers;
--   refuse    = function() -> the same, for a token that is missing or bad;
--   authorize = function(sandbox, call) -> the same when it refuses, where
--     the service has another way than tokens;
--   throttle  = function(sandbox, call, op) -> the same when it refuses;
--   xml       = what write_xml takes, by the operations' names;
--   write_xml = function(xml, op, status, body) -> text;
--   has_suffixes = whether a path may end in .json or .xml;
--   hosts     = what answers paths that are no operation's, each { has =
--     function(path), target = function(call) -> { op =, fault =, handler = },
--     names = of the targets' operations, close = function(sandbox) };
--   openapi   = the behaviour in that dialect, where it is another.

--- A path of a service that has versions is served without one too.
local function paths_of(op)
  local bare, versions = op.path:gsub("^/{version}", "")
  return versions > 0 and { op.path, bare } or { op.path }
end

local function target_of(op, behaviour)
  return { op = op, handler = behaviour[op.name], fault = behaviour.fault,
    refuse = behaviour.refuse, authorize = behaviour.authorize,
    throttle = behaviour.throttle, has_suffixes = behaviour.has_suffixes,
    xml = behaviour.xml and behaviour.xml[op.name],
    write_xml = behaviour.write_xml }
end

--- Adds the routes of an operation below a base path. Its fallback is a second
-- way to the same target.
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
  if op.fallback then
    sandbox.routes:add(op.fallback_method, base .. op.fallback_path, target)
  end
end

local function add_service(sandbox, definition, behaviour, declared)
  behaviour = behaviour[sandbox.dialect] or behaviour
  for _, op in ipairs(definition.operations) do
    op = op[sandbox.dialect] or op
    sandbox.rows[#sandbox.rows + 1] = op
    if behaviour[op.name] then
      local endpoint = declared[op.endpoint]
      add_routes(sandbox, op, endpoints.path(endpoint and endpoint.url),
        target_of(op, behaviour))
    end
  end
  for _, host in ipairs(behaviour.hosts or {}) do
    sandbox.hosts[#sandbox.hosts + 1] = host
  end
end

--- Gives a sandbox the routes of all services of a list such as
-- rackspace.services.
function services.add(sandbox, list)
  local declared = list.endpoints()
  for name, definition in list.each() do
    add_service(sandbox, definition, list.behaviour(name), declared)
  end
end

--- The URLs of the declared endpoints below that of a sandbox.
function services.urls(declared, url)
  local urls = {}
  for name, endpoint in pairs(declared) do
    urls[name] = url .. endpoints.path(endpoint.url)
  end
  return urls
end

--- Rows can share a route. The one of a call is the last of them that demands
-- something of its query and gets it, or else the first.
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
