--- lookup.lua - finds services, operations and fields by their names
-- SPDX-License-Identifier: MIT
local services = require("rackspace.services")
local settings = require("rackspace.session.settings")
local types = require("rackspace.row.types")

local lookup = {}

--- The names of a session's own methods.
lookup.session_methods = { "all", "close", "last", "map", "meta", "on",
  "service", "sleep", "time" }

-- A session may be nil; it is read without its metamethods, so that no service
-- is loaded into it.

--- Returns the definition of a service: of one of the session's own, or of the
-- library's; nil when there is none.
function lookup.service(session, name)
  local own = session and rawget(session, name)
  local definition = type(own) == "table" and rawget(own, 1)
  if type(definition) == "table" and definition.operations then
    return definition
  end
  return services.definition(name)
end

--- Calls fn(name, definition) for the library's services and the session's own.
function lookup.each_service(session, fn)
  for name, definition in services.each() do
    fn(name, definition)
  end
  for name in next, session or {} do
    if type(name) == "string" and not services.has(name) then
      local definition = lookup.service(session, name)
      if definition then
        fn(name, definition)
      end
    end
  end
end

--- Returns an operation as its row has it, or nil.
-- @param path list of names, as in { "rs", "accounts", "get" }
function lookup.row(session, path)
  local service = #path == 3 and lookup.service(session, path[2])
  return service and service.by_name[path[3]] or nil
end

--- Returns an operation in the dialect of the session, or nil.
-- @param path list of names, as in { "rs", "accounts", "get" }
function lookup.operation(session, path)
  local op = lookup.row(session, path)
  local is_openapi = session and session.settings.dialect == "openapi"
  return op and (is_openapi and op.openapi or op)
end

--- Returns the fields of a service's record type, which may end in "[]"; or
-- nil.
function lookup.record(name, service)
  name = type(name) == "string" and name:gsub("%[%]$", "")
  local definition = services.definition(service)
  return definition and definition.records[name]
end

--- Returns the fields of the record to which a list of keys leads, or nil.
local function descend(fields, keys, records)
  for _, key in ipairs(keys) do
    local field = types.find(fields, key)
    local name = field and field.type:gsub("%[%]$", "")
    fields = name and (records[name] or
      field.reference and field.reference.fields)
    if not fields then
      return nil
    end
  end
  return fields
end

--- Returns the fields of an operation's options; with keys, those of a record
-- inside the options.
function lookup.fields(op, keys)
  return descend(op.options, keys, op.records)
end

--- Returns the fields of the settings; with keys, those of a record in them.
function lookup.settings(keys)
  return descend(settings.known, keys,
    settings.records(services.endpoints()))
end

return lookup
