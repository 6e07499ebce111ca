--- annotation.lua - the LuaCATS annotations of the rows' types
-- SPDX-License-Identifier: MIT
local annotation = {}

-- The annotations of types, as arguments.
local argument_types = {
  account = "rackspace.AccountName",
  account_resource = "rackspace.ResourceName", any = "any",
  attached = "string|table", attachment = "string|table",
  boolean = "boolean",
  customer = "rackspace.CustomerName", ["function"] = "function",
  id = "string|integer", integer = "integer", map = "table<string, string>",
  number = "number", open_resource = "rackspace.AnyResourceName",
  path = "string",
  rcn = "rackspace.RcnName", recipient = "string|table",
  resource = "string|table", secret = "string|rackspace.Secret",
  string = "string", table = "table",
}

-- The annotations of types in results, where they differ.
local result_types = { secret = "rackspace.Secret", id = "string" }

-- The types with a name of their own: { name, annotation, description }.
annotation.aliases = {
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

--- The scope of types that belong to no service.
annotation.global = { prefix = "rackspace", texts = {} }

--- Returns the scope of a service's types: { prefix = of their classes, texts =
-- the set of those that a text can stand for }.
function annotation.scope(service)
  local texts = {}
  for _, record in ipairs(service.types) do
    texts[record.name] = record.fields.text_as ~= nil
  end
  return { prefix = "rackspace." .. service.name, texts = texts }
end

--- Returns the union of a field's known values.
local function union_of(field)
  local values = {}
  for i, value in ipairs(field.known) do
    values[i] = ("%q"):format(value)
  end
  values[#values + 1] = not field.closed and "string" or nil
  values[#values + 1] = field.record and "table" or nil
  return table.concat(values, "|")
end

--- Returns the annotation of a field's type.
-- @param field table: type, known, closed, record
-- @param scope of the service
-- @param is_result boolean: whether the field is part of a result
function annotation.of(field, scope, is_result)
  local name, brackets = field.type:match("^(.-)([%[%]]*)$")
  if field.known and name == "string" then
    local union = union_of(field)
    return brackets ~= "" and ("(%s)[]"):format(union) or union
  elseif field.record then
    return argument_types[name]:gsub("|table$", "") .. "|table"
  end
  local text = scope.texts[name] and "string|" or ""
  local simple = is_result and result_types[name] or argument_types[name] or
    text .. scope.prefix .. "." .. name
  if brackets ~= "" and simple:find("|", 1, true) then
    return ("(%s)%s"):format(simple, brackets)
  end
  return simple .. brackets
end

return annotation
