--- describe.lua - what the rows say, put in order for those who print it
-- SPDX-License-Identifier: MIT
local endpoints = require("rackspace.session.endpoints")
local fault = require("rackspace.base.fault")
local members = require("rackspace.base.members")
local row_of = require("rackspace.row.row")
local settings = require("rackspace.session.settings")

local describe = {}

-- The other rendering of the Customer Service, which the rows' `openapi` is.
local openapi = { dialect = "openapi", contract = "1.0", endpoint = "customer",
  source = "Customer Service OpenAPI document" }

--- What an error value tells. Not every error has all of it.
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
  { name = "role", type = "string",
    doc = "Who may do it, where the documents say so." },
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

--- What a call gives: its form and the type in it.
function describe.result(op)
  if op.echo then
    return { form = "value", type = op.returns or "table" }
  elseif not op.returns then
    return { form = "done" }
  elseif op.pages then
    return { form = "pager", type = op.returns }
  elseif op.items or op.shape == "entries" then
    return { form = "list", type = op.returns }
  end
  return { form = "value", type = op.returns }
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

--- Whether a call can't do without its options.
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

--- The path that an endpoint's URL has already.
local function path_of(url)
  return url and url:match("^%w+://[^/]*(.*)$") or ""
end

--- An operation in one of its renderings. Its `url` is told where it is not
-- its service's.
local function operation_of(op, document)
  local url = endpoints.defaults[op.endpoint]
  return {
    service = op.service, name = op.name, full_name = op.full_name,
    doc = op.doc, example = op.example, role = op.role, limit = limit_of(op),
    args = op.args, parameters = op.parameters, result = describe.result(op),
    needs_options = needs_options(op), is_paged = op.pages ~= nil,
    errors = errors_of(op), routes = routes_of(op, path_of(url)),
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

--- A service from its definition. Its operations stand in the rows' order;
-- `openapi` in one is the same operation in that dialect.
function describe.service(definition)
  local service = {
    name = definition.name, doc = definition.doc, source = definition.source,
    contract = definition.contract, auth = definition.auth,
    url = endpoints.defaults[definition.endpoint],
    xml = definition.xml, types = types_of(definition), operations = {},
  }
  for i, op in ipairs(definition.operations) do
    local described = operation_of(op, definition)
    if op.openapi then
      described.openapi = operation_of(op.openapi, openapi)
    end
    service.operations[i] = described
  end
  return service
end

--- The records of settings; where each service is by itself.
local function records_of_settings()
  local places = {}
  for i, field in ipairs(settings.records.Endpoints) do
    places[i] = { name = field.name, type = field.type,
      doc = ("Where %s is."):format(field.name),
      default = endpoints.defaults[field.name] }
  end
  return { Email = settings.records.Email, Endpoints = places }
end

--- Everything: services by name, settings, options of every call, kinds of
-- error. `modules` maps the services' names to the modules of their rows.
function describe.all(modules)
  local all = { services = {}, settings = settings.known,
    records = records_of_settings(), call_options = row_of.call_options,
    paged_options = row_of.paged_options, kinds = {},
    error_fields = describe.error_fields }
  for i, name in ipairs(members.keys(modules)) do
    all.services[i] = describe.service(require(modules[name]))
  end
  for i, kind in ipairs(members.keys(fault.kinds)) do
    all.kinds[i] = { name = kind, doc = fault.kinds[kind] }
  end
  return all
end

return describe
