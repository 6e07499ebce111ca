--- rows.lua - what the services' rows say, for who completes and explains
-- SPDX-License-Identifier: MIT
local methods = require("rackspace.manual.methods")
local services = require("rackspace.services")
local settings = require("rackspace.session.settings")
local types = require("rackspace.row.types")

local rows = {}

-- Sessions are read without their metamethods: nothing is loaded or called
-- but the modules of rows.

--- A value, when it is a session.
function rows.session(value)
  local metatable = type(value) == "table" and getmetatable(value)
  return type(metatable) == "table" and
    rawget(metatable, "__name") == "rackspace.session" and value or nil
end

--- The session that a script calls rs, or any other of its globals.
function rows.any_session(globals)
  local session = rows.session(rawget(globals, "rs"))
  for _, value in next, session and {} or globals do
    session = session or rows.session(value)
  end
  return session
end

--- How the call went that gave a value, by the session that made it.
function rows.meta(globals, object)
  for _, value in next, globals do
    local session = rows.session(value)
    local meta = session and session.metas[object]
    if meta then
      return meta
    end
  end
end

--- The definition of one of a session's services; also of one that it has not
-- loaded, and of its own.
function rows.service(session, name)
  local own = session and rawget(session, name)
  local definition = type(own) == "table" and rawget(own, 1)
  if type(definition) == "table" and definition.operations then
    return definition
  end
  return services.definition(name)
end

--- Calls fn(name, definition) for the services of a session.
function rows.each_service(session, fn)
  for name, definition in services.each() do
    fn(name, definition)
  end
  for name in next, session or {} do
    if type(name) == "string" and not services.has(name) then
      local definition = rows.service(session, name)
      if definition then
        fn(name, definition)
      end
    end
  end
end

--- Calls fn(name) for what a session can do by itself.
function rows.each_method(fn)
  for _, source in ipairs(methods.sources) do
    for name in pairs(source.name == "session" and source.types or {}) do
      fn(name)
    end
  end
end

--- The operation that a call names, as in { path = { "rs", "accounts", "get" }
-- }, in the session's dialect.
function rows.operation(session, call)
  local path = call.path
  if #path ~= 3 then
    return nil
  end
  local service = rows.service(session, path[2])
  local op = service and service.by_name[path[3]]
  local is_open = session and session.settings.dialect == "openapi"
  return op and (is_open and op.openapi or op)
end

--- A record type's fields: of a service, or of any.
function rows.record(name, service)
  name = type(name) == "string" and name:gsub("%[%]$", "")
  local definition = services.definition(service)
  return definition and definition.records[name]
end

--- The fields inside of `fields` where `keys` lead; nil where they lead
-- nowhere.
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

--- The fields of an operation's options; or, by `keys`, of a record in them.
function rows.fields(op, keys)
  return descend(op.options, keys, op.records)
end

function rows.settings(keys)
  return descend(settings.known, keys,
    settings.records(services.endpoints()))
end

return rows
