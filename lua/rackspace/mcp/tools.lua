--- tools.lua - the operations as tools of the Model Context Protocol
-- SPDX-License-Identifier: MIT
local allow = require("rackspace.call.allow")
local nearest = require("rackspace.base.nearest")
local paths = require("rackspace.row.paths")
local result = require("rackspace.mcp.result")
local schema = require("rackspace.mcp.schema")
local services = require("rackspace.services")

local tools = {}

local paged_fields = {
  { name = "cursor", type = "string",
    doc = "Where to go on: next_cursor of the result before." },
}

--- Whether a record has a secret, or a record in it has.
local function holds_secret(name, records, seen)
  name = name and name:gsub("%[%]$", "")
  local fields = name and records[name]
  if name == "secret" then
    return true
  elseif not fields or seen[name] then
    return false
  end
  seen[name] = true
  for _, field in ipairs(fields) do
    if holds_secret(field.type, records, seen) then
      return true
    end
  end
  return false
end

--- Why an operation is never a tool, or nil.
local function obstacle(op)
  for _, list in ipairs{ op.args, op.parameters } do
    for _, field in ipairs(list) do
      if field.type == "secret" then
        return "it takes secrets"
      end
    end
  end
  if paths.takes_path(op) then
    return "it reads or writes files here"
  elseif op.auth == false then
    return "it logs in"
  elseif holds_secret(op.returns, op.records, {}) then
    return "it gives secrets"
  end
end

--- Returns what is wrong with a list of operations to allow, or nil.
function tools.problem(allowed)
  local known, obstacles = {}, {}
  services.each_operation(function(op)
    known[#known + 1], obstacles[op.full_name] = op.full_name, obstacle(op)
  end)
  for _, name in ipairs(allowed) do
    local service = name:match("^([%w_]+)%.%*$")
    if obstacles[name] then
      return ("%s can't be a tool: %s"):format(name, obstacles[name])
    elseif not nearest.has(known, name) and not services.has(service) then
      return ("there is no operation '%s'%s"):format(name,
        nearest.hint(name, known))
    end
  end
end

local function describe_limit(op)
  return op.limit and ("The service takes %d of these in %d s; further " ..
    "ones wait for their turn."):format(op.limit[1], op.limit.per) or nil
end

--- Returns what a tool is said to do: its document, and what a caller has to
-- know beside.
local function describe(op)
  local lines = { op.doc }
  lines[#lines + 1] = describe_limit(op)
  lines[#lines + 1] = op.role and "Needs the role " .. op.role .. "." or nil
  if op.writes and op.outcome then
    lines[#lines + 1] = "When the outcome is unknown, look before it is " ..
      "called again: " .. op.outcome
  end
  if op.pages then
    lines[#lines + 1] = "Gives a part of the list, and next_cursor where " ..
      "there is more."
  end
  return table.concat(lines, " ")
end

local function fields_of(op)
  local fields = { result.count_field(op) }
  if op.pages then
    fields[#fields + 1] = paged_fields[1]
  end
  return fields
end

--- Returns the tool of an operation as the protocol shows it.
local function show(op)
  return { name = (op.full_name:gsub("%.", "_")),
    title = op.full_name, description = describe(op),
    inputSchema = schema.of_operation(op, fields_of(op)),
    annotations = { title = op.full_name, readOnlyHint = not op.writes,
      destructiveHint = op.writes and op.method == "DELETE",
      idempotentHint = op.method == "PUT" or op.method == "DELETE" or
        not op.writes, openWorldHint = true } }
end

--- Returns the tools: a list, with each operation by its tool's name in
-- `operations`, and the names of these operations in `allowed`.
-- @param allowed list of the writing operations that are tools too
-- @param dialect string: that of the session, or nil
function tools.list(allowed, dialect)
  local list, operations, names = {}, {}, {}
  services.each_operation(function(op)
    if (not op.writes or allow.has(allowed, op)) and not obstacle(op) then
      local shown = show(dialect == "openapi" and op.openapi or op)
      list[#list + 1], operations[shown.name] = shown, op
      names[#names + 1] = op.full_name
    end
  end)
  return { list = list, operations = operations, allowed = names }
end

return tools
