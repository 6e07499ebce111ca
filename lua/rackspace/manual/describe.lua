--- describe.lua - describes services, settings and errors as data to print
-- SPDX-License-Identifier: MIT
local endpoints = require("rackspace.session.endpoints")
local fault = require("rackspace.base.fault")
local members = require("rackspace.base.members")
local row_of = require("rackspace.row.row")
local services = require("rackspace.services")
local settings = require("rackspace.session.settings")

local describe = {}

-- The other dialect of the Customer Service: the rows' `openapi`.
local openapi = { dialect = "openapi", contract = "1.0",
  source = "Customer Service OpenAPI document" }

--- The fields of an error value; not every error has all of them.
describe.error_fields = {
  { name = "kind", type = "ErrorKind", required = true,
    doc = "What to decide by." },
  { name = "message", type = "string", required = true,
    doc = "One line to read; `tostring(err)` is the same." },
  { name = "operation", type = "string",
    doc = 'The operation, as in "accounts.get".' },
  { name = "status", type = "integer", doc = "The status of the response." },
  { name = "code", type = "any", doc = "What the service calls the fault." },
  { name = "details", type = "any", doc = "What the service says beside." },
  { name = "request_id", type = "string",
    doc = "The service's name for the request." },
  { name = "retry_after", type = "number",
    doc = "Seconds after which to ask again." },
  { name = "attempts", type = "integer",
    doc = "How often it was tried." },
  { name = "sent", type = "boolean",
    doc = "Whether the request may have reached the service." },
  { name = "challenge", type = "table",
    doc = "The log-in's demand for one more factor: `session`, `factor`." },
  { name = "lacks", type = "string",
    doc = '"credentials", where there are none to log in with, or not the ' ..
      "profile that was named." },
  { name = "role", type = "string",
    doc = "Who may do it, where the documents say so." },
  { name = "portal", type = "string",
    doc = "Where that role is given, where the documents say so." },
  { name = "command", type = "string",
    doc = "What `err:curl()` gives: a command line for curl that sends the " ..
      "request again, with variables such as `$RACKSPACE_TOKEN` for what " ..
      "is secret or personal." },
  { name = "attachments", type = "table",
    doc = "The files of a ticket or comment that failed, with the uuids of " ..
      "those that are put up: to be given again as they are." },
  { name = "result", type = "table",
    doc = "What was made all the same, when only a file was not put up." },
}

--- Returns the result of an operation: { kind = "value", "list", "pager" or
-- "done", type = the name of its or its items' type }.
function describe.result(op)
  if op.echo then
    return { kind = "value", type = op.returns or "table" }
  elseif not op.returns then
    return { kind = "done" }
  elseif op.pages then
    return { kind = "pager", type = op.returns }
  elseif op.is_list then
    return { kind = "list", type = op.returns }
  end
  return { kind = "value", type = op.returns }
end

local function errors_of(op)
  local errors = {}
  for i, status in ipairs(op.errors or {}) do
    errors[i] = { status = status, kind = fault.kind_of(status) }
  end
  for _, message in ipairs(members.keys(op.faults or {})) do
    errors[#errors + 1] = { text = message, kind = op.faults[message] }
  end
  return errors
end

local function routes_of(op, base)
  local routes = {}
  local function add(method, path)
    path = path:gsub("{version}", op.version or "{version}")
    routes[#routes + 1] = { method = method, path = base .. path }
  end
  add(op.method, op.path)
  if op.alternative then
    add(op.alternative, op.path)
  end
  if op.fallback_path then
    add(op.fallback_method, op.fallback_path)
  end
  return routes
end

--- Returns whether an operation has a required parameter.
local function needs_options(op)
  for _, field in ipairs(op.parameters) do
    if field.required then
      return true
    end
  end
  return false
end

local function limit_of(op)
  return op.limit and { requests = op.limit[1], per = op.limit.per }
end

--- Describes an operation in one dialect. `url` is set when it is not that of
-- the service.
local function operation_of(op, document, urls)
  local url = urls[op.endpoint]
  return {
    service = op.service, name = op.name, full_name = op.full_name,
    doc = op.doc, example = op.example, role = op.role, portal = op.portal,
    operation_id = op.operation_id, limit = limit_of(op),
    args = op.args, parameters = op.parameters, result = describe.result(op),
    needs_options = needs_options(op), is_paged = op.pages ~= nil,
    errors = errors_of(op), routes = routes_of(op, endpoints.path(url)),
    source = document.source, contract = document.contract,
    dialect = document.dialect,
    url = op.endpoint ~= document.endpoint and url or nil,
  }
end

local function types_of(definition)
  local list = {}
  for i, name in ipairs(members.keys(definition.records)) do
    list[i] = { name = name, fields = definition.records[name] }
  end
  return list
end

--- Returns the URLs of the services, by the names of the endpoints.
local function urls_of(declared)
  local urls = {}
  for name, endpoint in pairs(declared) do
    urls[name] = endpoint.url
  end
  return urls
end

--- Describes a service.
-- @param definition of the service
-- @return { name =, doc =, source =, contract =, auth =, url =, xml =, types =,
-- operations = }; `openapi` of an operation is the same one in that dialect
function describe.service(definition)
  local urls = urls_of(services.endpoints())
  local document = members.add({ endpoint = definition.endpoint }, openapi)
  local service = {
    name = definition.name, doc = definition.doc, source = definition.source,
    contract = definition.contract, auth = definition.auth,
    url = urls[definition.endpoint],
    xml = definition.xml, types = types_of(definition), operations = {},
  }
  for i, op in ipairs(definition.operations) do
    local described = operation_of(op, definition, urls)
    if op.openapi then
      described.openapi = operation_of(op.openapi, document, urls)
    end
    service.operations[i] = described
  end
  return service
end

--- Returns the kinds of error, sorted: a list of { name =, doc = }.
function describe.kinds()
  local kinds = {}
  for i, kind in ipairs(members.keys(fault.kinds)) do
    kinds[i] = { name = kind, doc = fault.kinds[kind] }
  end
  return kinds
end

--- Describes everything.
-- @return { services =, settings =, records = of the settings, call_options =
-- of every call, paged_options = of every list, dialect_options = of every call
-- that has dialects, kinds = of error, error_fields = }
function describe.all()
  local all = { services = {}, settings = settings.known,
    records = settings.records(services.endpoints()),
    call_options = row_of.call_options, paged_options = row_of.paged_options,
    dialect_options = row_of.dialect_options,
    kinds = describe.kinds(), error_fields = describe.error_fields }
  for _, definition in services.each() do
    table.insert(all.services, describe.service(definition))
  end
  return all
end

return describe
