--- markdown.lua - prints the reference and the table of doc/coverage.md
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")
local tables = require("script.document.tables")
local text = require("script.document.text")

local results = {
  done = function() return "`true`." end,
  list = function(name) return ("A list of %s."):format(name) end,
  pager = function(name) return ("A pager of %s."):format(name) end,
  value = function(name) return ("One %s."):format(name) end,
}

local function errors_text(errors)
  local list = {}
  for i, err in ipairs(errors) do
    list[i] = err.status and ("%d `%s`"):format(err.status, err.kind) or
      ('"%s" `%s`'):format(err.text, err.kind)
  end
  return table.concat(list, ", ")
end

--- Returns the arguments and parameters of an operation as one list.
local function parameters_of(op)
  local fields = {}
  for _, field in ipairs(op.args) do
    fields[#fields + 1] = members.add({ required = true }, field)
  end
  for _, field in ipairs(op.parameters) do
    fields[#fields + 1] = field
  end
  return fields
end

local function add_facts(lines, op, service)
  local result = op.result
  lines:add("- Gives: %s", results[result.kind](result.type and
    tables.type_name(result.type, service)))
  if #op.errors > 0 then
    lines:add("- Errors: %s.", errors_text(op.errors))
  end
  if op.limit then
    lines:add("- Limit: %d in %d seconds.", op.limit.requests, op.limit.per)
  end
  if op.url then
    lines:add("- At: `%s`.", op.url)
  end
  if op.role then
    lines:add("- Takes: %s%s.", op.role,
      op.portal and "; given in " .. op.portal or "")
  end
  lines:add("- Source: %s, contract %s%s.", op.source, op.contract,
    op.operation_id and (", `%s`"):format(op.operation_id) or "")
  lines:add()
end

local function add_routes(lines, op)
  lines:add("    %s", (table.concat(text.routes(op), "\n    ")))
  lines:add()
end

--- Adds an operation's routes, parameters and facts.
local function add_request(lines, op, service)
  add_routes(lines, op)
  local fields = parameters_of(op)
  if #fields > 0 then
    tables.fields(lines, fields, service, "parameter")
  end
  add_facts(lines, op, service)
end

--- Adds what differs with dialect = "openapi".
local function add_other(lines, op, service)
  lines:add('With `dialect = "openapi"`: `%s`', text.call(op))
  lines:add()
  add_request(lines, op, service)
end

local function add_operation(lines, op, service)
  lines:add("### %s", op.full_name)
  lines:add()
  lines:add("`%s`", text.call(op))
  lines:add()
  lines:wrap("", op.doc)
  lines:add()
  add_request(lines, op, service)
  if op.example then
    lines:add("```lua\n%s\n```", op.example)
    lines:add()
  end
  if op.openapi then
    add_other(lines, op.openapi, service)
  end
end

local function add_service(lines, service)
  lines:add("## rs.%s", service.name)
  lines:add()
  lines:wrap("", service.doc)
  lines:add()
  lines:wrap("", ("At `%s`, unless `endpoints` says otherwise. %s")
    :format(service.url, service.xml and
      ('Also as XML (`%s`), by `format = "xml"`.'):format(service.xml) or ""))
  lines:add()
  for _, op in ipairs(service.operations) do
    add_operation(lines, op, service)
  end
  for _, record in ipairs(service.types) do
    lines:add("### %s.%s", service.name, record.name)
    lines:add()
    tables.fields(lines, record.fields, service, "field")
  end
end

local function add_contents(lines, all)
  for _, service in ipairs(all.services) do
    local calls = {}
    for i, op in ipairs(service.operations) do
      calls[i] = ("[%s](%s)"):format(op.name, tables.anchor(op.full_name))
    end
    lines:add("- [rs.%s](%s):", service.name,
      tables.anchor("rs." .. service.name))
    lines:wrap("  ", table.concat(calls, ", "))
  end
  lines:add()
end

local function add_settings(lines, all)
  lines:add("## Settings\n\nOf `rackspace.new{ ... }`. All are optional.\n")
  tables.fields(lines, all.settings, nil, "setting")
  for _, name in ipairs{ "Email", "Endpoints" } do
    lines:add("`%s` has:", name:lower())
    lines:add()
    tables.fields(lines, all.records[name], nil, "field")
  end
end

local function add_methods(lines, heading, call, list)
  lines:add("## %s\n", heading)
  for _, method in ipairs(list) do
    lines:add("`%s%s(%s)`:", call, method.name,
      table.concat(method.arguments, ", "))
    lines:wrap("", method.doc)
    lines:add()
  end
end

local function add_options(lines, all)
  lines:add("## Options of every call\n")
  lines:wrap("", "They stand among an operation's own parameters.")
  lines:add()
  tables.fields(lines, all.call_options, nil, "option")
  lines:add("Of lists that go over pages, also:\n")
  tables.fields(lines, all.paged_options, nil, "option")
  lines:add("Of the Customer Service's calls, also:\n")
  tables.fields(lines, all.dialect_options, nil, "option")
end

local function add_errors(lines, all)
  lines:add("## Errors\n")
  lines:wrap("", "A call that fails gives `nil`, a message and a table; " ..
    "iterators raise the table. It has:")
  lines:add()
  tables.fields(lines, all.error_fields, nil, "field")
  tables.head(lines, "`err.kind`", "")
  for _, kind in ipairs(all.kinds) do
    tables.row(lines, ("`%s`"):format(kind.name), tables.cell(kind.doc))
  end
  lines:add()
end

--- Returns the reference.
-- @param all table of describe.all
-- @param documented table: the lists of methods.read, by their sources' names
local function reference(all, documented)
  local lines = text.lines()
  lines:add("# Reference\n")
  lines:wrap("", "Printed from the operations' rows by `script/print`; " ..
    "what the rows say is what the calls do. The tour is in " ..
    "[README.md](../README.md).")
  lines:add()
  add_contents(lines, all)
  add_methods(lines, "The module", "rackspace.", documented.rackspace)
  add_settings(lines, all)
  add_methods(lines, "The session", "rs:", documented.session)
  add_methods(lines, "Pagers", "pager:", documented.pager)
  add_methods(lines, "Results of a map", "results:", documented.results)
  add_options(lines, all)
  add_errors(lines, all)
  for _, service in ipairs(all.services) do
    add_service(lines, service)
  end
  return (lines:text():gsub("\n+$", "\n"))
end

local function add_covered(lines, op)
  local routes = text.routes(op)
  for i, route in ipairs(routes) do
    routes[i] = ("`%s`"):format(route)
  end
  tables.row(lines, ("`rs.%s:%s`"):format(op.service, op.name),
    table.concat(routes, "<br>"), op.source .. ", " .. op.contract ..
    (op.operation_id and (": `%s`"):format(op.operation_id) or ""))
end

--- Returns the table of the operations, with their routes and sources.
local function coverage(all)
  local lines = text.lines()
  tables.head(lines, "operation", "method and path", "document, contract")
  for _, service in ipairs(all.services) do
    for _, op in ipairs(service.operations) do
      add_covered(lines, op)
      if op.openapi then
        add_covered(lines, op.openapi)
      end
    end
  end
  return lines:text()
end

return { coverage = coverage, reference = reference }
