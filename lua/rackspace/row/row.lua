--- row.lua - builds operations from the rows of a service
-- SPDX-License-Identifier: MIT
local urlencoded = require("rackspace.row.urlencoded")
local members = require("rackspace.base.members")
local types = require("rackspace.row.types")

-- The options that every call takes besides its operation's own parameters.
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

local dialect_options = {
  { name = "dialect", type = "string", known = { "reference", "openapi" },
    closed = true, doc = "The rendering of the Customer Service that this " ..
      "call speaks, where it is not the session's." },
}

local paged_options = {
  { name = "cursor", type = "string",
    doc = "Where to go on: what `pager:cursor()` gave. Filters are in it." },
}

--- Returns a field of a row, { "name", "type", "doc", required = true }, with
-- `name`, `type`, `doc` and its `reference` as named members. Raises when it is
-- wrong.
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

--- Returns the fields of a list, with named members, and by_name. `service` is
-- the definition that has their types and references.
local function name_fields(rows, service)
  local fields = { by_name = {}, text_as = rows and rows.text_as,
    accepts = rows and rows.accepts, columns = rows and rows.columns }
  for i, row in ipairs(rows or {}) do
    fields[i] = name_field(row, service)
    fields.by_name[fields[i].name] = fields[i]
  end
  return fields
end

--- Returns the method and the path of a route.
local function read_route(route, name)
  local method, path = tostring(route):match("^(%u+) (/%S*)$")
  if not method then
    error(("row '%s' has no route such as 'GET /path'"):format(name), 0)
  end
  return method, path
end

--- Returns the first variable of a path that no argument gives, or nil.
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

--- Checks that the variables of a path have arguments. Only `run` can fill in
-- others.
local function check_variables(op)
  local open = open_variable(op, op.path) or
    op.fallback_path and open_variable(op, op.fallback_path)
  if open and not op.run then
    error(("row '%s' has no argument for {%s}"):format(op.name, open), 0)
  end
  op.is_open = open ~= nil
end

--- Returns the fields of several lists as one.
local function join(...)
  local all = {}
  for _, fields in ipairs{ ... } do
    for _, field in ipairs(fields) do
      all[#all + 1] = field
    end
  end
  return all
end

--- Returns the type of a row's result or, where that is a list, of its items;
-- and whether it is a list.
local function read_returns(row)
  local element = row.returns and row.returns:match("^(.*)%[%]$")
  return element or row.returns, (element or row.items) ~= nil
end

--- Returns an operation without the fields that add_parameters adds. These two
-- functions list every field of an operation.
local function new_operation(row, service)
  local method, path = read_route(row[2], row[1])
  local returns, is_list = read_returns(row)
  local encoding, shape = service.encoding, row.shape
  local accept = row.accept or service.accept or "application/json"
  local op = {
    -- Names: strings.
    name = row[1], service = service.name,
    full_name = service.name .. "." .. row[1],
    endpoint = row.endpoint or service.endpoint,
    -- The request: the route, and a second one that is tried after a 404.
    method = method, path = path,
    fallback_method = nil, fallback_path = nil,
    fixed_by = row.fixed_by, -- list or nil: the setting that names one of them
    alternative = row.alternative, -- string or nil: another method
    version = service.version, -- string or nil: {version} in paths
    colons = row.colons, -- boolean: leave colons in variables unencoded
    is_open = false, -- boolean: `run` sets some of the path's variables
    writes = row.writes ~= false and method ~= "GET" and method ~= "HEAD",
    repeatable = row.repeatable, -- boolean: a POST that may be sent again
    auth = row.auth or row.auth == nil and service.auth, -- "token",
    -- "signature" or false
    accept = accept, xml = nil, -- media types; define sets xml
    encoding = encoding, -- "urlencoded", or nil for JSON
    content_type = encoding == "urlencoded" and urlencoded.media_type or
      accept,
    has_body = row.body ~= nil or row.sends ~= nil,
    sends = row.sends, -- table or nil: members that the body always has
    wrap = row.wrap, -- string or nil: the member that contains the body
    limit = row.limit, -- { requests, per = seconds, window = } or nil
    -- The parameters: lists of fields.
    args = name_fields(row.args, service),
    query = name_fields(row.query, service),
    body = row.body and name_fields(row.body, service),
    accepts = row.accepts, -- string or nil: a type of record that may stand for
    -- the parameters; its other members are left out
    fill = row.fill, check = row.check, -- functions or nil
    -- The result.
    records = service.records, -- { [type] = fields }
    returns = returns, is_list = is_list, -- type or nil, boolean
    gives_records = not shape and service.records[returns] ~= nil,
    items = row.items, member = row.member, -- strings or nil
    absent = row.absent, -- value or nil: that of a member that is not there
    shape = shape, normalise = row.normalise, -- functions or nil
    echo = row.echo, -- boolean: an empty response returns what was sent
    pages = row.pages, -- "link", "offset", "marker" or nil
    key = row.key, total = row.total, size = row.size, -- of pages
    -- Errors.
    errors = row.errors or service.errors, -- list of statuses
    faults = service.faults, -- { [message] = kind } or nil
    advice = row.advice, outcome = row.outcome,
    role = row.role, portal = row.portal, -- strings or nil
    role_of = row.role_of, -- function or nil: those of one call
    done = row.done, -- string or nil: what a write has done, once it has
    -- The operation's own code, and its documentation.
    run = row.run, -- function or nil
    doc = row.doc, example = row.example, operation_id = row.operation_id,
    openapi = nil, elsewhere = nil, -- set by define
  }
  if row.fallback then
    op.fallback_method, op.fallback_path = read_route(row.fallback, op.name)
  end
  return op
end

--- Adds the fields of an operation that are derived from its parameters.
local function add_parameters(op, row, service)
  op.parameters = join(op.query, op.body or {},
    name_fields(row.options, service)) -- list: the operation's own
  op.options = join(op.parameters, row.pages and paged_options or {},
    row.has_dialects and dialect_options or {}, call_options) -- list: all
  -- fields of the table of options
  op.option, op.demands, op.personal = {}, {}, {} -- by name; those that are
  -- required or depend on others; those with personal data
  op.has_known = false -- boolean: a parameter, or one inside, has known values
  for _, field in ipairs(op.parameters) do
    op.has_known = op.has_known or field.known ~= nil or
      service.records[(field.type:gsub("%[%]$", ""))] ~= nil
  end
  op.options.by_name = op.option
  for _, field in ipairs(op.options) do
    op.option[field.name] = field
    op.personal[#op.personal + 1] = field.personal and field or nil
    if field.required or field.needs or field.without then
      table.insert(op.demands, field)
    end
  end
end

local function define_one(row, service)
  local op = new_operation(row, service)
  check_variables(op)
  add_parameters(op, row, service)
  return op
end

--- Returns the row as the OpenAPI document has it, without the fallback.
local function openapi_row(row)
  local copy = members.add(members.copy(row), row.openapi)
  copy[1], copy[2] = row[1], row.openapi[1]
  copy.fallback, copy.fixed_by, copy.openapi = nil, nil, nil
  return copy
end

--- Checks that an operation has as many arguments in both dialects: the options
-- of a call, which may name the dialect, stand behind them.
local function check_arguments(op)
  if #op.openapi.args ~= #op.args then
    error(("row '%s' has other arguments with openapi"):format(op.name), 0)
  end
end

--- Returns the operation of a checked row of a service's definition. Its
-- `openapi` is the same operation in that dialect.
local function define(row, service)
  row = members.add({ has_dialects = row.openapi ~= nil }, row)
  local op = define_one(row, service)
  op.xml = service.xml
  if row.openapi then
    op.openapi = define_one(openapi_row(row), service)
    op.openapi.endpoint = service.openapi_endpoint or op.endpoint
    op.openapi.elsewhere = op.option
    check_arguments(op)
  end
  return op
end

return { call_options = call_options, define = define,
  dialect_options = dialect_options, name_fields = name_fields,
  paged_options = paged_options }
