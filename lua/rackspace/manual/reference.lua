--- reference.lua - describes an operation or a service as lines of text
-- SPDX-License-Identifier: MIT
local describe = require("rackspace.manual.describe")
local lookup = require("rackspace.manual.lookup")
local paint_of = require("rackspace.show.paint")
local paragraph = require("rackspace.show.paragraph")
local services = require("rackspace.services")

local reference = {}

local function names_of(fields)
  local names = {}
  for i, field in ipairs(fields) do
    names[i] = field.name
  end
  return table.concat(names, ", ")
end

--- Returns the parameters in braces, the optional ones in brackets, and whether
-- one of them is required.
local function options_text(parameters)
  local required, optional = {}, {}
  for _, field in ipairs(parameters) do
    local list = field.required and required or optional
    list[#list + 1] = field.name .. "="
  end
  local text = table.concat(required, ", ")
  if optional[1] then
    text = text .. (text ~= "" and " [, " or "[") ..
      table.concat(optional, ", ") .. "]"
  end
  return "{ " .. text .. " }", required[1] ~= nil
end

--- Returns how an operation is called, with the optional parameters in
-- brackets: "rs.tickets:comment(ticketId, { text= [, attachments=] })".
function reference.signature(op)
  local name = ("rs.%s:%s"):format(op.service, op.name)
  local args = names_of(op.args)
  if not op.parameters[1] then
    return ("%s(%s)"):format(name, args)
  end
  local options, is_required = options_text(op.parameters)
  if args == "" then
    return name .. options
  elseif is_required then
    return ("%s(%s, %s)"):format(name, args, options)
  end
  return ("%s(%s [, %s])"):format(name, args, options)
end

local function doc_of(field)
  local parts = { ("(%s%s)"):format(field.type,
    field.required and ", needed" or ""), field.doc }
  if field.known then
    parts[#parts + 1] = "One of: " .. table.concat(field.known, ", ") .. "."
  end
  if field.needs then
    parts[#parts + 1] = ("Needs %s."):format(field.needs)
  end
  return table.concat(parts, " ")
end

--- Adds the names and descriptions of fields to a list of lines.
-- @param options table: width (80), paint
function reference.add_fields(lines, fields, options)
  local entries = {}
  for i, field in ipairs(fields) do
    entries[i] = { field.name, doc_of(field) }
  end
  paragraph.entries(lines, entries, options)
end

local function section(lines, title, options)
  lines[#lines + 1] = ""
  lines[#lines + 1] = (options.paint or paint_of.plain)("heading", title)
end

local results = {
  done = "true", pager = "a pager of %s: an iterator, or pager:totable(n)",
  list = "a list of %s", value = "%s",
}

local function add_result(lines, op, described, options)
  local result = described.result
  local text = results[result.kind]:format(result.type or "")
  local fields = lookup.record(result.type, op.service)
  if fields then
    text = text .. ": " .. names_of(fields)
  end
  section(lines, "gives", options)
  paragraph.add(lines, text, options, "  ")
end

local function errors_text(errors)
  local parts = {}
  for i, err in ipairs(errors) do
    parts[i] = ("%s %s"):format(err.status or err.text, err.kind)
  end
  return table.concat(parts, ", ")
end

local function routes_text(routes)
  local parts = {}
  for i, route in ipairs(routes) do
    parts[i] = route.method .. " " .. route.path
  end
  return table.concat(parts, " or ")
end

--- Adds the limit, role, errors, routes, source and example of an operation.
local function add_facts(lines, described, options)
  local limit, entries = described.limit, {}
  local function add(name, text)
    entries[#entries + 1] = text and text ~= "" and { name, text } or nil
  end
  add("limit", limit and ("%d in %d s"):format(limit.requests, limit.per))
  add("role", described.role)
  add("portal", described.portal)
  add("errors", errors_text(described.errors))
  add("sends", routes_text(described.routes))
  add("source", described.source and
    ("%s, %s"):format(described.source, described.contract))
  add("example", described.example)
  section(lines, "to know", options)
  paragraph.entries(lines, entries, options)
end

--- Returns the description of an operation in its own dialect.
local function description_of(op, definition)
  for _, described in ipairs(describe.service(definition).operations) do
    if described.name == op.name then
      local is_openapi = definition.by_name[op.name].openapi == op
      return is_openapi and described.openapi or described
    end
  end
end

--- Returns the lines that describe an operation.
-- @param op operation
-- @param definition of its service; the library's when nil
-- @param options table: width (80), paint
function reference.operation(op, definition, options)
  options = options or {}
  definition = definition or services.definition(op.service)
  local lines, paint = {}, options.paint or paint_of.plain
  local signature = reference.signature(op)
  for _, line in ipairs(paragraph.wrap(signature, options.width or 80, "  ")) do
    lines[#lines + 1] = paint("heading", line)
  end
  paragraph.add(lines, op.doc or "", options)
  if op.args[1] or op.parameters[1] then
    section(lines, "takes", options)
    reference.add_fields(lines, op.args, options)
    reference.add_fields(lines, op.parameters, options)
  end
  local described = description_of(op, definition)
  add_result(lines, op, described, options)
  add_facts(lines, described, options)
  return lines
end

--- Returns the lines that describe a service. Takes the same options.
function reference.service(definition, options)
  options = options or {}
  local lines, entries = {}, {}
  lines[1] = (options.paint or paint_of.plain)("heading",
    "rs." .. definition.name)
  paragraph.add(lines, definition.doc or "", options)
  for i, op in ipairs(definition.operations) do
    entries[i] = { op.name, op.doc or "" }
  end
  lines[#lines + 1] = ""
  paragraph.entries(lines, entries, options)
  lines[#lines + 1] = ""
  lines[#lines + 1] = ("?rs.%s.%s tells more of it."):format(definition.name,
    definition.operations[1].name)
  return lines
end

return reference
