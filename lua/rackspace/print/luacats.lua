--- luacats.lua - annotations for editors, from what the rows say
-- SPDX-License-Identifier: MIT
local methods = require("rackspace.print.methods")
local text = require("rackspace.print.text")

-- The annotation of a type that a row can name, as an argument.
local argument_types = {
  account = "rackspace.AccountName", any = "any", boolean = "boolean",
  customer = "rackspace.CustomerName", ["function"] = "function",
  id = "string|integer", integer = "integer", map = "table<string, string>",
  number = "number", open_resource = "rackspace.AnyResourceName",
  rcn = "rackspace.RcnName", resource = "rackspace.ResourceName",
  secret = "string|rackspace.Secret", string = "string", table = "table",
}

-- And as a result's, where that differs.
local result_types = { secret = "rackspace.Secret", id = "string" }

local aliases = {
  { "AccountName", "string|{ type: string, id: string|integer }",
    '"TYPE/ID", "TYPE:ID" or a record that has both.' },
  { "RcnName", "string|{ rcn: string }",
    "An RCN or a record that has one (OpenAPI dialect)." },
  { "CustomerName", "string|integer|{ rcn: string }",
    "A customer's id or a record that has its RCN (OpenAPI dialect)." },
  { "ResourceName",
    "rackspace.AccountName|{ resourceType: string, resourceId: any }",
    "An account, or a resource by its type and id." },
  { "AnyResourceName",
    "rackspace.RcnName|{ resourceType: string, resourceId: any }",
    "An account's RCN, or any resource (OpenAPI dialect)." },
}

--- The annotation of a field's type. `scope` is the class prefix of records.
local function annotation(field, scope, is_result)
  local name, brackets = field.type:match("^(.-)([%[%]]*)$")
  if field.known and name == "string" then
    local values = {}
    for i, value in ipairs(field.known) do
      values[i] = ("%q"):format(value)
    end
    local union = table.concat(values, "|") .. "|string"
    return brackets ~= "" and ("(%s)[]"):format(union) or union
  elseif field.record then
    return "string|integer|table"
  end
  local simple = is_result and result_types[name] or argument_types[name] or
    scope .. "." .. name
  if brackets ~= "" and simple:find("|", 1, true) then
    return ("(%s)%s"):format(simple, brackets)
  end
  return simple .. brackets
end

local function field_line(field, scope, is_result)
  local is_optional = is_result or not field.required
  return ("---@field %s%s %s%s"):format(field.name, is_optional and "?" or "",
    annotation(field, scope, is_result), field.doc and " " .. field.doc or "")
end

--- A class of fields: of a result's record, or of options.
local function add_class(lines, name, fields, scope, is_result)
  lines:add("---@class %s", name)
  for _, field in ipairs(fields) do
    lines:add("%s", field_line(field, scope, is_result))
  end
  lines:add()
end

--- The name of the class of an operation's options.
local function options_class(op)
  if #op.parameters > 0 then
    return ("rackspace.%s.%s.Options"):format(op.service, op.name)
  end
  return op.is_paged and "rackspace.PagedOptions" or "rackspace.CallOptions"
end

local function add_options(lines, op)
  if #op.parameters > 0 then
    local parent = op.is_paged and "PagedOptions" or "CallOptions"
    add_class(lines, ("%s : rackspace.%s"):format(options_class(op), parent),
      op.parameters, "rackspace." .. op.service)
  end
end

--- The annotation of what a call gives.
local function result(op)
  local given = op.result
  if given.form == "done" then
    return "true"
  end
  local name = annotation({ type = given.type }, "rackspace." .. op.service,
    true)
  if given.form == "pager" then
    return ("rackspace.Pager<%s>"):format(name)
  end
  return name .. (given.form == "list" and "[]" or "")
end

--- The same operation in the other dialect, as an overload.
local function overload(op, other)
  local scope = "rackspace." .. op.service
  local arguments = { "self: " .. scope }
  for _, field in ipairs(other.args) do
    arguments[#arguments + 1] = ("%s: %s"):format(field.name,
      annotation(field, scope))
  end
  arguments[#arguments + 1] = ("options?: %s"):format(#other.parameters > 0
    and options_class(op) or
    other.is_paged and "rackspace.PagedOptions" or "rackspace.CallOptions")
  local given = result(other)
  return ("---@overload fun(%s): %s"):format(table.concat(arguments, ", "),
    other.is_paged and given or
    given .. "?, string?, rackspace.Error?")
end

local function add_operation(lines, op)
  local scope = "rackspace." .. op.service
  lines:wrap("---", op.doc)
  for _, route in ipairs(text.routes(op)) do
    lines:add("---")
    lines:add("---`%s`", route)
  end
  for _, field in ipairs(op.args) do
    lines:add("---@param %s %s %s", field.name, annotation(field, scope),
      field.doc)
  end
  lines:add("---@param options%s %s", op.needs_options and "" or "?",
    options_class(op))
  if op.is_paged then
    lines:add("---@return %s pager", result(op))
  else
    lines:add("---@return %s? result", result(op))
    lines:add("---@return string? message")
    lines:add("---@return rackspace.Error? err")
  end
  if op.openapi then
    lines:add("%s", overload(op, op.openapi))
  end
  lines:add("function %s:%s(%s) end", op.service, op.name,
    table.concat(text.arguments(op), ", "))
  lines:add()
end

local function add_service(lines, service)
  local scope = "rackspace." .. service.name
  for _, record in ipairs(service.types) do
    add_class(lines, scope .. "." .. record.name, record.fields, scope, true)
  end
  for _, op in ipairs(service.operations) do
    add_options(lines, op)
  end
  lines:wrap("---", service.doc)
  lines:add("---@class %s", scope)
  lines:add("local %s = {}", service.name)
  lines:add()
  for _, op in ipairs(service.operations) do
    add_operation(lines, op)
  end
end

local function add_errors(lines, all)
  lines:add("---@alias rackspace.ErrorKind")
  for _, kind in ipairs(all.kinds) do
    lines:add('---| "%s" # %s', kind.name, kind.doc)
  end
  lines:add()
  add_class(lines, "rackspace.Error", all.error_fields, "rackspace")
end

--- What a session is made from, and what every call takes.
local function add_settings(lines, all)
  for _, name in ipairs{ "Email", "Endpoints" } do
    add_class(lines, "rackspace." .. name, all.records[name], "rackspace")
  end
  add_class(lines, "rackspace.Settings", all.settings, "rackspace")
  add_class(lines, "rackspace.CallOptions", all.call_options, "rackspace")
  add_class(lines, "rackspace.PagedOptions : rackspace.CallOptions",
    all.paged_options, "rackspace")
end

local function add_aliases(lines)
  for _, alias in ipairs(aliases) do
    lines:add("---%s", alias[3])
    lines:add("---@alias rackspace.%s %s", alias[1], alias[2])
    lines:add()
  end
end

local function add_method(lines, class, method)
  lines:wrap("---", method.doc)
  for _, line in ipairs(method.annotations) do
    lines:add("---%s", line)
  end
  lines:add("function %s(%s) end", class .. method.name,
    table.concat(method.arguments, ", "))
  lines:add()
end

local function add_methods(lines, class, list)
  for _, method in ipairs(list) do
    add_method(lines, class, method)
  end
end

--- The session with a field for each service.
local function add_session(lines, all, documented)
  lines:add("---A session: settings and an identity.")
  lines:add("---@class rackspace.Session")
  for _, service in ipairs(all.services) do
    lines:add("---@field %s rackspace.%s %s", service.name, service.name,
      service.doc)
  end
  lines:add("local session = {}")
  lines:add()
  add_methods(lines, "session:", documented.session)
end

--- The annotations as one file.
-- @param all what describe.all gives
-- @param documented the docstrings of methods, as methods.read gives them
local function print_all(all, documented)
  local lines = text.lines()
  lines:add("---@meta rackspace")
  lines:add("-- rackspace.lua - types for editors; printed by script/print")
  lines:add("-- SPDX-License-Identifier: MIT")
  lines:add("-- luacheck: ignore")
  lines:add()
  add_errors(lines, all)
  for _, line in ipairs(methods.classes) do
    lines:add("%s", line)
  end
  add_methods(lines, "pager:", documented.pager)
  add_aliases(lines)
  add_settings(lines, all)
  for _, service in ipairs(all.services) do
    add_service(lines, service)
  end
  add_session(lines, all, documented)
  lines:add("---@class rackspace")
  lines:add("---@field _VERSION string")
  lines:add("local rackspace = {}")
  lines:add()
  add_methods(lines, "rackspace.", documented.rackspace)
  lines:add("return rackspace")
  return lines:text()
end

return { print = print_all }
