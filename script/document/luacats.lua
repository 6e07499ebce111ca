--- luacats.lua - prints LuaCATS annotations from the rows
-- SPDX-License-Identifier: MIT
local annotation = require("script.document.annotation")
local methods = require("script.document.methods")
local text = require("script.document.text")

local function field_line(field, scope, is_result)
  local name = field.name:find("^[%a_][%w_]*$") and field.name or
    ('["%s"]'):format(field.name)
  return ("---@field %s%s %s%s"):format(name, field.required and "" or "?",
    annotation.of(field, scope, is_result),
    field.doc and " " .. field.doc or "")
end

--- Adds a class of fields: the record of a result, or options.
local function add_class(lines, name, fields, scope, is_result)
  lines:add("---@class %s", name)
  for _, field in ipairs(fields) do
    lines:add("%s", field_line(field, scope, is_result))
  end
  lines:add()
end

--- Returns the name of the class of an operation's options.
local function options_class(op)
  if #op.parameters > 0 then
    return ("rackspace.%s.%s.Options"):format(op.service, op.name)
  end
  return op.is_paged and "rackspace.PagedOptions" or "rackspace.CallOptions"
end

local function add_options(lines, op, scope)
  if #op.parameters > 0 then
    local parent = op.is_paged and "PagedOptions" or "CallOptions"
    add_class(lines, ("%s : rackspace.%s"):format(options_class(op), parent),
      op.parameters, scope)
  end
end

--- Returns the annotation of an operation's result.
local function result(op, scope)
  local returned = op.result
  if returned.kind == "done" then
    return "true"
  end
  local name = annotation.of({ type = returned.type }, scope, true)
  if returned.kind == "pager" then
    return ("rackspace.Pager<%s>"):format(name)
  end
  return name .. (returned.kind == "list" and "[]" or "")
end

--- Returns an overload for the operation in the other dialect.
local function overload(op, other, scope)
  local arguments = { "self: " .. scope.prefix }
  for _, field in ipairs(other.args) do
    arguments[#arguments + 1] = ("%s: %s"):format(field.name,
      annotation.of(field, scope))
  end
  arguments[#arguments + 1] = ("options?: %s"):format(#other.parameters > 0
    and options_class(op) or
    other.is_paged and "rackspace.PagedOptions" or "rackspace.CallOptions")
  local given = result(other, scope)
  return ("---@overload fun(%s): %s"):format(table.concat(arguments, ", "),
    other.is_paged and given or
    given .. "?, string?, rackspace.Error?")
end

local function add_operation(lines, op, scope)
  lines:wrap("---", op.doc)
  for _, route in ipairs(text.routes(op)) do
    lines:add("---")
    lines:add("---`%s`", route)
  end
  for _, field in ipairs(op.args) do
    lines:add("---@param %s %s %s", field.name, annotation.of(field, scope),
      field.doc)
  end
  lines:add("---@param options%s %s", op.needs_options and "" or "?",
    options_class(op))
  if op.is_paged then
    lines:add("---@return %s pager", result(op, scope))
  else
    lines:add("---@return %s? result", result(op, scope))
    lines:add("---@return string? message")
    lines:add("---@return rackspace.Error? err")
  end
  if op.openapi then
    lines:add("%s", overload(op, op.openapi, scope))
  end
  lines:add("function %s:%s(%s) end", op.service, op.name,
    table.concat(text.arguments(op), ", "))
  lines:add()
end

local function add_service(lines, service)
  local scope = annotation.scope(service)
  for _, record in ipairs(service.types) do
    add_class(lines, scope.prefix .. "." .. record.name, record.fields, scope,
      true)
  end
  for _, op in ipairs(service.operations) do
    add_options(lines, op, scope)
  end
  lines:wrap("---", service.doc)
  lines:add("---@class %s", scope.prefix)
  lines:add("local %s = {}", service.name)
  lines:add()
  for _, op in ipairs(service.operations) do
    add_operation(lines, op, scope)
  end
end

local function add_errors(lines, all)
  lines:add("---@alias rackspace.ErrorKind")
  for _, kind in ipairs(all.kinds) do
    lines:add('---| "%s" # %s', kind.name, kind.doc)
  end
  lines:add()
  add_class(lines, "rackspace.Error", all.error_fields, annotation.global)
end

--- Adds the settings, and the options of every call.
local function add_settings(lines, all)
  for _, name in ipairs{ "Email", "Endpoints" } do
    add_class(lines, "rackspace." .. name, all.records[name], annotation.global)
  end
  add_class(lines, "rackspace.Settings", all.settings, annotation.global)
  local of_calls = {}
  for _, fields in ipairs{ all.call_options, all.dialect_options } do
    for _, field in ipairs(fields) do
      of_calls[#of_calls + 1] = field
    end
  end
  add_class(lines, "rackspace.CallOptions", of_calls, annotation.global)
  add_class(lines, "rackspace.PagedOptions : rackspace.CallOptions",
    all.paged_options, annotation.global)
end

local function add_aliases(lines)
  for _, alias in ipairs(annotation.aliases) do
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

--- Adds the session, with a field for each service.
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

--- Returns all annotations as one text.
-- @param all table of describe.all
-- @param documented table: the lists of methods.read, by their sources' names
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
  add_methods(lines, "results:", documented.results)
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
