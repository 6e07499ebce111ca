--- services.lua - the services of a sandbox: routes from the rows, and faults
-- SPDX-License-Identifier: MIT

local services = {}

local openapi = "rackspace.customer.openapi"

-- Services, their rows, and how they behave here. The last one answers for
-- paths that are nobody's.
local list = {
  { rows = "rackspace.identity", behaviour = "rackspace.identity.sandbox",
    base = "/v2.0" },
  { rows = "rackspace.email_customers", base = "",
    behaviour = "rackspace.email_customers.sandbox",
    within = "^/v?%d?/?customers" },
  -- All its paths begin so, and none of the other services'.
  { rows = "rackspace.tickets", base = "",
    behaviour = "rackspace.tickets.sandbox", within = "^/[acrt]%l" },
  { rows = "rackspace.contacts", behaviour = "rackspace.contacts.sandbox",
    base = "" },
  { rows = "rackspace.metadata", behaviour = "rackspace.metadata.sandbox",
    base = "" },
  { rows = "rackspace.accounts", behaviour = "rackspace.accounts.sandbox",
    base = "" },
}

--- A path of a service that has versions is served without one too.
local function paths_of(op)
  local bare, versions = op.path:gsub("^/{version}", "")
  return versions > 0 and { op.path, bare } or { op.path }
end

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

--- Gives a sandbox the routes of every service.
function services.add(self)
  for _, service in ipairs(list) do
    add_service(self, service)
  end
end

--- Rows can share a route. The one of a call is the last of them that demands
-- something of its query and gets it, or else the first.
function services.row_of(self, route, call)
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

--- The fault of the service that a path is below.
function services.fault_of(self, path)
  for _, service in ipairs(list) do
    local is_within = service.within and path:find(service.within)
    if is_within or not service.within and (path == service.base or
        path:sub(1, #service.base + 1) == service.base .. "/") then
      return handlers_of(service, self.dialect).fault
    end
  end
  return handlers_of(list[#list], self.dialect).fault
end

return services
