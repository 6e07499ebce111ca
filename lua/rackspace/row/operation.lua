--- operation.lua - builds a request from the arguments of an operation
-- SPDX-License-Identifier: MIT
local article = require("rackspace.row.checkers").article
local core = require("rackspace.core")
local iterator = require("rackspace.base.iterator")
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")
local nearest = require("rackspace.base.nearest")
local types = require("rackspace.row.types")
local urlencoded = require("rackspace.row.urlencoded")

-- The messages of types.check_fields about parameters.
local texts = { unknown = "unknown parameter '%s'%s", wrong = "'%s' %s" }

--- Adds the path's variables from the positional arguments. Returns a problem,
-- or nil.
local function read_args(op, variables, ...)
  for i = 1, #op.args do
    local field, given = op.args[i], (select(i, ...))
    if given == nil then
      return ("'%s' is missing"):format(field.name)
    end
    local value, problem = types.check(given, field, op.records)
    if value == nil then
      return ("'%s' %s"):format(field.name, problem)
    end
    local segments = field.reference and field.reference.segments
    for j = 1, segments and #segments or 0 do
      variables[segments[j]] = value[segments[j]]
    end
    if not segments then
      variables[field.name] = value
    end
  end
end

--- Returns the problem of a parameter that is missing, or that needs or
-- excludes another; or nil.
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

--- Returns the problem of the option `format`, or nil.
local function check_format(op, format)
  if format ~= "json" and format ~= "xml" then
    return ("'format' must be \"json\" or \"xml\", not '%s'"):format(format)
  elseif format == "xml" and not op.xml then
    return "'format' can't be \"xml\": there is only JSON here"
  end
end

--- Returns the end of a message: the parameters that an operation takes.
local function list_parameters(op)
  local names = types.names(op.parameters)
  names[#names + 1] = op.pages and "cursor" or nil
  return names[1] and ("; it takes %s"):format(table.concat(names, ", ")) or ""
end

--- Returns the problem of a parameter that an operation does not have.
local function unknown_option(op, name)
  if op.elsewhere and op.elsewhere[name] then
    return ("'%s' is no parameter in the OpenAPI dialect"):format(name)
  end
  local hint = nearest.hint(name, types.names(op.options))
  return ("unknown parameter '%s'%s"):format(tostring(name),
    hint ~= "" and hint or list_parameters(op))
end

--- Checks the options' table. Returns the values of the request, or nil and a
-- problem.
local function read_options(op, options)
  if options == nil then
    options = {}
  elseif type(options) ~= "table" or
      getmetatable(options) and not iterator.is_table(options) then
    return nil, "the parameters must be a table, not " .. article(options)
  end
  if op.accepts then
    options = types.without(options, op.parameters, op.records[op.accepts])
  end
  local values, problem, unknown = types.check_fields(options, op.options,
    op.records, texts)
  if not values then
    return nil, unknown ~= nil and unknown_option(op, unknown) or problem
  elseif op.fill then
    op.fill(values)
  end
  problem = check_demands(op, values) or
    values.format and check_format(op, values.format)
  if problem then
    return nil, problem
  end
  return values
end

--- Returns the query string, or nil when it is empty.
local function build_query(op, values)
  local parts = {}
  for i = 1, #op.query do
    local field = op.query[i]
    local value = values[field.name]
    if value ~= nil then
      parts[#parts + 1] = field.wire or field.name
      parts[#parts + 1] = type(value) == "boolean" and tostring(value) or value
    end
  end
  return parts[1] and core.url.query(parts)
end

--- Builds the body of a request. Returns the encoded body, nil, and the table
-- that it encodes, without `wrap` and nil when it is urlencoded; nil and a
-- problem; or nil for an operation without a body.
local function build_body(op, values)
  if not op.has_body then
    return nil
  elseif op.encoding == "urlencoded" then
    return urlencoded.encode(op.body, values)
  end
  local content, fields = {}, op.body or {}
  for name, value in pairs(op.sends or {}) do
    content[name] = value
  end
  for i = 1, #fields do
    content[fields[i].name] = values[fields[i].name]
  end
  local text, problem = json.encode(op.wrap and { [op.wrap] = content } or
    content)
  return text, problem, content
end

-- Longer strings are not masked: no service repeats them.
local longest_hidden = 65536

local function add_texts(list, value)
  if type(value) == "string" and #value <= longest_hidden then
    list[#list + 1] = core.secret(value)
    list[#list + 1] = core.secret(core.url.encode(value))
    local quoted = json.encode(value) -- nil: it is not UTF-8, nor sent so
    list[#list + 1] = quoted and core.secret(quoted)
  elseif type(value) == "table" then
    for _, inner in pairs(value) do
      add_texts(list, inner)
    end
  end
end

--- Returns the strings in personal parameters as a list of secrets, each as it
-- is, URL-encoded and as JSON. They are masked in errors, events and logs,
-- since a response may repeat them.
local function personal_texts(op, values)
  local list = {}
  for i = 1, #op.personal do
    add_texts(list, values[op.personal[i].name])
  end
  return list
end

--- Expands the variables of a path. With `colons` in the row, colons stay
-- unencoded, as some services demand.
local function expand(op, template, variables)
  if not template:find("{", 1, true) then
    return template
  end
  local path = core.url.expand(template, variables)
  return op.colons and path:gsub("%%3A", ":") or path
end

--- Creates a request. Only `values` is always there: an operation's own code
-- may make requests without the other fields, and may set them later.
local function new_request(op, variables, values, body, content)
  local is_open = op.is_open
  return {
    path = not is_open and expand(op, op.path, variables) or nil, -- string; nil
    -- where the operation's own code knows the variables
    fallback = not is_open and op.fallback_path and
      expand(op, op.fallback_path, variables) or nil, -- string or nil: the
    -- path that is tried after a 404
    query = op.query[1] and build_query(op, values) or nil, -- string or nil
    body = body, -- string, secret or nil
    form = nil, -- list or nil: the parts of a multipart body (uploads)
    headers = nil, -- table or nil: headers beside those of every call (log-in)
    values = values, -- table: the checked parameters and options
    sent = op.echo and content or nil, -- table or nil: what was sent, which is
    -- the value of an empty response
    secrets = nil, -- list or nil: secrets in the body (log-in)
    shown = nil, -- string or nil: the body as it may be shown (log-in)
  }
end

--- Builds the request from an operation's arguments. Returns it, or nil and a
-- problem.
local function build(op, ...)
  local most, count = #op.args + 1, select("#", ...)
  if count > most then
    return nil, ("takes at most %d arguments, got %d"):format(most, count)
  end
  local variables = { version = op.version }
  local problem = op.args[1] and read_args(op, variables, ...)
  if problem then
    return nil, problem
  end
  local values, body, content
  values, problem = read_options(op, (select(most, ...)))
  if values then
    body, problem, content = build_body(op, values)
  end
  if problem then
    return nil, problem
  end
  return new_request(op, variables, values, body, content)
end

--- Returns a copy of a request with other values in its body, or nil and a
-- problem.
local function rebuild(op, request, values)
  local copy = members.copy(request)
  local problem, content
  copy.body, problem, content = build_body(op, values)
  copy.values, copy.sent = values, op.echo and content or nil
  return copy.body and copy, problem
end

return { body = build_body, build = build, personal_texts = personal_texts,
  rebuild = rebuild }
