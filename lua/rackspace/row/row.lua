--- row.lua - a row of a service, read into an operation
-- SPDX-License-Identifier: MIT
local urlencoded = require("rackspace.row.urlencoded")
local members = require("rackspace.base.members")
local types = require("rackspace.row.types")

--- Options that every call takes beside its operation's own parameters.
local call_options = {
  { name = "timeout", type = "number", min = 0.001,
    doc = "Seconds that one attempt may take." },
  { name = "deadline", type = "number", min = 0,
    doc = "Seconds that the whole call may take, waits and repeats included." },
  { name = "retries", type = "integer", min = 0,
    doc = "How often the call is made again at most when it fails." },
  { name = "format", type = "string", known = { "json", "xml" },
    doc = "What to ask for, where the service has XML. The values are alike." },
}

local paged_options = {
  { name = "cursor", type = "string",
    doc = "Where to go on: what `pager:cursor()` gave. Filters are in it." },
}

--- { "name", "type", "doc", required = true } with its parts named.
local function name_field(row, service)
  local field = { name = row[1], type = row[2], doc = row[3] }
  for key, value in pairs(row) do
    if type(key) == "string" then
      field[key] = value
    end
  end
  if type(field.name) ~= "string" then
    error("a field has no name", 0)
  elseif not types.is_known(field.type, service.types,
      service.references) then
    error(("field '%s' is of an unknown type '%s'"):format(field.name,
      tostring(field.type)), 0)
  end
  field.reference = (service.references or {})[(field.type:gsub("%[%]$", ""))]
  return field
end

--- The fields of a list of rows. `service` has the types and the references
-- that they may be of.
local function name_fields(rows, service)
  local fields = { by_name = {}, text_as = rows and rows.text_as,
    columns = rows and rows.columns }
  for i, row in ipairs(rows or {}) do
    fields[i] = name_field(row, service)
    fields.by_name[fields[i].name] = fields[i]
  end
  return fields
end

--- A route's method and path.
local function read_route(route, name)
  local method, path = tostring(route):match("^(%u+) (/%S*)$")
  if not method then
    error(("row '%s' has no route such as 'GET /path'"):format(name), 0)
  end
  return method, path
end

--- The first variable of a path that no argument gives, or nil.
local function open_variable(op, path)
  local given = { version = op.version ~= nil }
  for _, field in ipairs(op.args) do
    given[field.name] = true
    local segments = field.reference and field.reference.segments
    for _, name in ipairs(segments or {}) do
      given[name] = true
    end
  end
  for variable in path:gmatch("{([^}]*)}") do
    if not given[variable] then
      return variable
    end
  end
end

--- A row's routes. Only a `run` function can fill a variable of a path that is
-- no argument.
local function read_routes(op, row)
  op.method, op.path = read_route(row[2], op.name)
  if row.fallback then
    op.fallback_method, op.fallback_path = read_route(row.fallback, op.name)
  end
  op.has_body = row.body ~= nil or row.sends ~= nil
  local open = open_variable(op, op.path) or
    op.fallback_path and open_variable(op, op.fallback_path)
  if open and not row.run then
    error(("row '%s' has no argument for {%s}"):format(op.name, open), 0)
  end
  op.is_open = open ~= nil
end

--- Joins lists of fields into one.
local function join(...)
  local all = {}
  for _, fields in ipairs{ ... } do
    for _, field in ipairs(fields) do
      all[#all + 1] = field
    end
  end
  return all
end

--- The type of a row's result, or of the items of the list that it is; and
-- whether it is a list.
local function read_returns(row)
  local element = row.returns and row.returns:match("^(.*)%[%]$")
  return element or row.returns, (element or row.items) ~= nil
end

local function define_one(row, service)
  local name = row[1]
  local op = { errors = service.errors, auth = service.auth,
    encoding = service.encoding, faults = service.faults,
    version = service.version }
  for key, value in pairs(row) do
    op[key] = value
  end
  op.service, op.name = service.name, name
  op.full_name = service.name .. "." .. name
  op.endpoint = row.endpoint or service.endpoint
  op.accept = row.accept or service.accept or "application/json"
  op.content_type = op.encoding == "urlencoded" and urlencoded.media_type or
    op.accept
  op.records = service.records
  op.returns, op.is_list = read_returns(row)
  op.gives_records = not op.shape and service.records[op.returns] ~= nil
  op.args = name_fields(row.args, service)
  read_routes(op, row)
  op.writes = row.writes ~= false and op.method ~= "GET" and
    op.method ~= "HEAD"
  op.query = name_fields(row.query, service)
  op.body = row.body and name_fields(row.body, service)
  op.parameters = join(op.query, op.body or {},
    name_fields(row.options, service))
  op.options = join(op.parameters, row.pages and paged_options or {},
    call_options)
  op.option, op.demands, op.personal = {}, {}, {}
  op.options.by_name = op.option
  for _, field in ipairs(op.options) do
    op.option[field.name] = field
    op.personal[#op.personal + 1] = field.personal and field or nil
    if field.required or field.needs or field.without then
      table.insert(op.demands, field)
    end
  end
  return op
end

--- The row as the OpenAPI document has it. Nothing of the other's fallback.
local function openapi_row(row)
  local copy = members.add(members.copy(row), row.openapi)
  copy[1], copy[2] = row[1], row.openapi[1]
  copy.fallback, copy.openapi = nil, nil
  return copy
end

--- An operation from a checked row of a service's definition. Its `openapi`
-- is the same operation in that dialect.
local function define(row, service)
  local op = define_one(row, service)
  op.xml = service.xml
  if row.openapi then
    op.openapi = define_one(openapi_row(row), service)
    op.openapi.elsewhere = op.option
  end
  return op
end

return { call_options = call_options, define = define,
  name_fields = name_fields, paged_options = paged_options }
