--- operation.lua - a row of a service, and a call of it made into a request
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local form = require("rackspace.engine.form")
local json = require("rackspace.engine.json")
local members = require("rackspace.engine.members")
local nearest = require("rackspace.engine.nearest")
local types = require("rackspace.engine.types")

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
local function name_field(row, records)
  local field = { name = row[1], type = row[2], doc = row[3] }
  for key, value in pairs(row) do
    if type(key) == "string" then
      field[key] = value
    end
  end
  if type(field.name) ~= "string" then
    error("a field has no name", 0)
  elseif not types.is_known(field.type, records) then
    error(("field '%s' is of an unknown type '%s'"):format(field.name,
      tostring(field.type)), 0)
  end
  return field
end

local function name_fields(rows, records)
  local fields = { text_as = rows and rows.text_as,
    columns = rows and rows.columns }
  for i, row in ipairs(rows or {}) do
    fields[i] = name_field(row, records)
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
    for _, name in ipairs(types.segments[field.type] or {}) do
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
  op.accept = row.accept or service.accept
  op.records = service.records
  op.args = name_fields(row.args, service.types)
  read_routes(op, row)
  op.writes = row.writes ~= false and op.method ~= "GET" and
    op.method ~= "HEAD"
  op.query = name_fields(row.query, service.types)
  op.body = row.body and name_fields(row.body, service.types)
  op.parameters = join(op.query, op.body or {},
    name_fields(row.options, service.types))
  op.options = join(op.parameters, row.pages and paged_options or {},
    call_options)
  op.option, op.demands, op.personal = {}, {}, {}
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

--- The variables of the path from the arguments by position.
local function read_args(op, ...)
  local variables = { version = op.version }
  for i = 1, #op.args do
    local field, given = op.args[i], (select(i, ...))
    if given == nil then
      return nil, ("'%s' is missing"):format(field.name)
    end
    local value, problem = types.check(given, field, op.records)
    if value == nil then
      return nil, ("'%s' %s"):format(field.name, problem)
    end
    if type(value) == "table" then
      for name, segment in pairs(value) do
        variables[name] = segment
      end
    else
      variables[field.name] = value
    end
  end
  return variables
end

local function check_demands(op, values)
  for i = 1, #op.demands do
    local field = op.demands[i]
    local given = values[field.name] ~= nil
    if field.required and not given then
      return ("'%s' is missing"):format(field.name)
    elseif given and field.needs and values[field.needs] == nil then
      return ("'%s' needs '%s' beside it"):format(field.name, field.needs)
    elseif given and field.without and values[field.without] ~= nil then
      return ("'%s' can't stand beside '%s'"):format(field.name, field.without)
    end
  end
end

local function check_format(op, format)
  if format and format ~= "json" and format ~= "xml" then
    return ("'format' must be \"json\" or \"xml\", not '%s'"):format(format)
  elseif format == "xml" and not op.xml then
    return "'format' can't be \"xml\": there is only JSON here"
  end
end

--- Why there is no option of that name.
local function unknown_option(op, name)
  if op.elsewhere and op.elsewhere[name] then
    return ("'%s' is no parameter in the OpenAPI dialect"):format(name)
  end
  return ("unknown parameter '%s'%s"):format(tostring(name),
    nearest.hint(name, types.names(op.options)))
end

--- The checked values of the options' table; nil and what is wrong with it.
local function check_options(op, options)
  local values = {}
  if options == nil then
    return values
  elseif type(options) ~= "table" then
    return nil, "the parameters must be a table, not a " .. type(options)
  end
  for name, given in pairs(options) do
    local field = op.option[name]
    if not field then
      return nil, unknown_option(op, name)
    end
    local value, problem = types.check(given, field, op.records)
    if value == nil then
      return nil, ("'%s' %s"):format(name, problem)
    end
    values[name] = value
  end
  return values
end

--- The values that a call is made with.
local function read_options(op, options)
  local values, problem = check_options(op, options)
  if not values then
    return nil, problem
  elseif op.fill then
    op.fill(values)
  end
  problem = check_demands(op, values) or check_format(op, values.format)
  if problem then
    return nil, problem
  end
  return values
end

local function query_text(value)
  return type(value) == "boolean" and tostring(value) or value
end

local function build_query(op, values)
  local pairs_of_it
  for i = 1, #op.query do
    local field = op.query[i]
    local value = values[field.name]
    if value ~= nil then
      pairs_of_it = pairs_of_it or {}
      pairs_of_it[#pairs_of_it + 1] = field.wire or field.name
      pairs_of_it[#pairs_of_it + 1] = query_text(value)
    end
  end
  return pairs_of_it and core.url.query(pairs_of_it)
end

--- What a body of JSON holds, before it is wrapped.
local function content_of(op, values)
  local content = members.copy(op.sends)
  for _, field in ipairs(op.body or {}) do
    content[field.name] = values[field.name]
  end
  return content
end

local function build_body(op, values)
  if not op.has_body then
    return nil
  elseif op.encoding == "form" then
    return form.encode(op.body, values)
  end
  local content = content_of(op, values)
  local text, problem = json.encode(op.wrap and { [op.wrap] = content } or
    content)
  return text, problem, content
end

-- No service repeats more of a text than this.
local longest_hidden = 65536

local function add_texts(texts, value)
  if type(value) == "string" and #value <= longest_hidden then
    texts[#texts + 1] = core.secret(value)
    texts[#texts + 1] = core.secret(core.url.encode(value))
    texts[#texts + 1] = core.secret(json.encode(value))
  elseif type(value) == "table" then
    for _, inner in pairs(value) do
      add_texts(texts, inner)
    end
  end
end

--- What personal parameters hold, as secrets: an answer may repeat it, as it
-- is or as it stood in the URL or the body, and then no error may.
local function personal_texts(op, values)
  local texts = {}
  for i = 1, #op.personal do
    add_texts(texts, values[op.personal[i].name])
  end
  return texts
end

--- A path with its variables. A colon may stand in a segment as it is, which
-- some services want.
local function expand(op, template, variables)
  local path = core.url.expand(template, variables)
  return op.colons and path:gsub("%%3A", ":") or path
end

--- The request's parts from values that were checked; nil and a problem when
-- the body has no JSON.
local function assemble(op, variables, values)
  local body, problem, content = build_body(op, values)
  if problem then
    return nil, problem
  end
  return {
    path = not op.is_open and expand(op, op.path, variables) or nil,
    fallback = op.fallback_path and not op.is_open and
      expand(op, op.fallback_path, variables) or nil,
    query = build_query(op, values), body = body, values = values,
    sent = op.echo and content or nil,
    secrets = personal_texts(op, values),
  }
end

--- The operation below another version of its service.
local function with_version(op, version)
  if not (op.version and version) or op.version == version then
    return op
  end
  return setmetatable({ version = version }, { __index = op })
end

--- A request from a call's arguments: { path =, query =, body =, values = };
-- or nil and what is wrong with the arguments.
local function build(op, ...)
  local most, count = #op.args + 1, select("#", ...)
  if count > most then
    return nil, ("takes at most %d arguments, got %d"):format(most, count)
  end
  local variables, problem = read_args(op, ...)
  if not variables then
    return nil, problem
  end
  local values
  values, problem = read_options(op, (select(most, ...)))
  if not values then
    return nil, problem
  end
  return assemble(op, variables, values)
end

--- The request with other values in its body, as when files got their uuids.
local function rebuild(op, request, values)
  local copy = members.copy(request)
  local problem, content
  copy.body, problem, content = build_body(op, values)
  copy.values, copy.sent = values, op.echo and content or nil
  return copy.body and copy, problem
end

return { body = build_body, build = build, call_options = call_options,
  define = define, name_fields = name_fields, paged_options = paged_options,
  rebuild = rebuild, with_version = with_version }
