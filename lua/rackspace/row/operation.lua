--- operation.lua - a call of an operation, made into a request
-- SPDX-License-Identifier: MIT
local article = require("rackspace.row.checkers").article
local core = require("rackspace.core")
local form = require("rackspace.row.urlencoded")
local iterator = require("rackspace.base.iterator")
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")
local nearest = require("rackspace.base.nearest")
local types = require("rackspace.row.types")

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
    local segments = field.reference and field.reference.segments
    for j = 1, segments and #segments or 0 do
      variables[segments[j]] = value[segments[j]]
    end
    if not segments then
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

--- What an operation takes, but for what every call does.
local function tell_parameters(op)
  local names = types.names(op.parameters)
  names[#names + 1] = op.pages and "cursor" or nil
  return names[1] and ("; it takes %s"):format(table.concat(names, ", ")) or ""
end

--- Why there is no option of that name.
local function unknown_option(op, name)
  if op.elsewhere and op.elsewhere[name] then
    return ("'%s' is no parameter in the OpenAPI dialect"):format(name)
  end
  local hint = nearest.hint(name, types.names(op.options))
  return ("unknown parameter '%s'%s"):format(tostring(name),
    hint ~= "" and hint or tell_parameters(op))
end

--- The checked values of the options' table; nil and what is wrong with it.
local function check_options(op, options)
  local values = {}
  if options == nil then
    return values
  elseif iterator.type_of(options) ~= "table" then
    return nil, "the parameters must be a table, not " .. article(options)
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
-- is or as it stood in the URL or the body, and then no error may. nil where
-- the operation has none.
local function personal_texts(op, values)
  local texts = op.personal[1] and {}
  for i = 1, #op.personal do
    add_texts(texts, values[op.personal[i].name])
  end
  return texts or nil
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

return { body = build_body, build = build, rebuild = rebuild,
  with_version = with_version }
