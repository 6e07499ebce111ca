--- service.lua - makes the operations of a service methods of a session
-- SPDX-License-Identifier: MIT
local allow = require("rackspace.call.allow")
local fault = require("rackspace.base.fault")
local nearest = require("rackspace.base.nearest")
local operation = require("rackspace.row.operation")
local pages = require("rackspace.many.pager")
local perform = require("rackspace.call.perform").perform
local returned = require("rackspace.base.returned")
local row_of = require("rackspace.row.row")
local types = require("rackspace.row.types")
local variant = require("rackspace.row.variant")

-- The fields of a row besides its name and route.
local row_fields = {
  "args", "query", "body", "items", "member", "pages", "key", "total", "size",
  "fallback", "returns", "limit", "doc", "role", "errors", "example", "run",
  "auth", "accept", "writes", "openapi", "shape", "endpoint", "alternative",
  "sends", "wrap", "echo", "normalise", "check", "fill", "colons", "advice",
  "done", "options", "outcome", "repeatable", "fixed_by", "accepts",
  "absent", "portal", "role_of", "operation_id",
}

-- The fields of a row that `openapi` may override.
local openapi_fields = {
  "args", "query", "items", "member", "absent", "key", "total", "returns",
  "doc", "errors", "operation_id",
}

local ways_of_paging = { link = true, offset = true, marker = true }

local service_mt = {}

local function names_of(definition)
  local names = {}
  for _, op in ipairs(definition.operations) do
    names[#names + 1] = op.name
  end
  return names
end

local MOST_DOUBTS = 100 -- that a session tells of

--- Emits a warning, once in a session, for each parameter that has none of its
-- known values: a list of nothing would be all that tells of a mistyped one.
local function warn_of_unknown(session, op, values)
  local doubts = session.doubts or { count = MOST_DOUBTS }
  for _, text in ipairs(types.doubts(values, op.parameters, op.records)) do
    if not doubts[text] and doubts.count < MOST_DOUBTS then
      doubts[text], doubts.count = true, doubts.count + 1
      session:emit("warning", { operation = op.full_name,
        message = op.full_name .. ": " .. text })
    end
  end
end

--- Returns a function that makes the calls of an operation. Wrong arguments
-- raise at the level of its caller's caller.
local function caller_of(session, base)
  local settings = session.settings or {}
  local is_allowed = allow.has(settings.allow, base)
  local forms = { reference = variant.of(base, settings, "reference"),
    openapi = variant.of(base, settings, "openapi") }
  return function(...)
    local op = forms[variant.named(base, ...) or settings.dialect] or
      forms.reference
    local refusal = not is_allowed and allow.refusal(op) or nil
    if refusal and not op.pages then
      return fault.fail(refusal)
    end
    local request, problem = operation.build(op, ...)
    problem = problem or op.check and op.check(request.values, session, ...)
    if problem then
      error(op.full_name .. ": " .. problem, 3)
    end
    if op.has_known then
      warn_of_unknown(session, op, request.values)
    end
    local write_refusal = settings.read_only and
      allow.write_refusal(session, op) or allow.objection(session, op, ...)
    if write_refusal then
      return fault.fail(write_refusal)
    elseif op.pages then
      local pager
      pager, problem = pages.new(session, op, request, refusal)
      if not pager then
        error(op.full_name .. ": " .. problem, 3)
      end
      return pager
    elseif op.run then
      return op.run(session, op, request, ...)
    end
    return perform(session, op, request)
  end
end

--- Returns what makes the calls of a service's operation, and keeps it.
local function call_of(service, op)
  local calls = service[3]
  calls[op.name] = calls[op.name] or caller_of(service[2], op)
  return calls[op.name]
end

--- Returns the method of an operation, and keeps it for later calls.
function service_mt:__index(name)
  local service, definition = self, self[1]
  local op = definition.by_name[name]
  if not op then
    error(("rs.%s has no operation '%s'%s"):format(definition.name,
      tostring(name), nearest.hint(name, names_of(definition))), 2)
  end
  local call = call_of(service, op)
  local function method(given, ...)
    if given ~= service then
      error(("%s: call it with a colon, as in rs.%s:%s(...)"):format(
        op.full_name, op.service, op.name), 2)
    end
    return returned.pass(call(...))
  end
  rawset(self, name, method)
  return method
end

function service_mt:__tostring()
  return "rs." .. self[1].name
end

local function name_of(row)
  local name = type(row) == "table" and row[1]
  if type(name) ~= "string" then
    error("a row has no name", 0)
  end
  return name
end

local function check_fields(name, row, fields)
  for key in pairs(row) do
    if type(key) == "string" and not nearest.has(fields, key) then
      error(("row '%s' has an unknown field '%s'%s"):format(name, key,
        nearest.hint(key, fields)), 0)
    end
  end
end

local function check_row(row)
  local name = name_of(row)
  check_fields(name, row, row_fields)
  check_fields(name, row.openapi or {}, openapi_fields)
  if row.shape and type(row.shape) ~= "function" then
    error(("row '%s' has a shape that is no function"):format(name), 0)
  end
  if row.pages and not (ways_of_paging[row.pages] and row.items) then
    error(("row '%s' has pages, and so needs items, and pages = \"link\", " ..
      "\"offset\" or \"marker\""):format(name), 0)
  end
end

--- Returns the record types of a definition, with named fields. Does not change
-- the rows, which other code prints.
local function records_of(definition)
  local records = {}
  for name, fields in pairs(definition.types) do
    records[name] = row_of.name_fields(fields, definition)
  end
  return records
end

--- Builds the operations of a definition from its rows. Raises when one of them
-- is wrong.
local function build(definition)
  local operations, by_name = {}, {}
  definition.records = records_of(definition)
  for i, row in ipairs(definition) do
    local op = row_of.define(row, definition)
    operations[i], by_name[op.name] = op, op
  end
  definition.operations, definition.by_name = operations, by_name
  return definition
end

-- Fields of a definition that are kept under another name, since operations are
-- called as they are.
local renamed = { endpoints = "hosts", login = "login_row" }

local built_fields = { operations = true, by_name = true, records = true }

-- Operations are built when one of these fields is first read: a session needs
-- the endpoints of all services, but the operations of few. The names of the
-- rows are functions: require("rackspace.accounts").get(rs, ...) is the same as
-- rs.accounts:get(...).
local definition_mt = {}

local function has_row(definition, name)
  for i = 1, #definition do -- ipairs would come back to the metatable
    if definition[i][1] == name then
      return true
    end
  end
  return false
end

local function is_session(value)
  return type(value) == "table" and type(value.perform) == "function"
end

--- Returns an operation as a function whose first argument is the session.
local function function_of(definition, name)
  return function(session, ...)
    if not is_session(session) then
      error(("%s.%s: takes a session first, as rackspace.new() gives it")
        :format(definition.name, name), 2)
    end
    local call = call_of(session[definition.name], definition.by_name[name])
    return returned.pass(call(...))
  end
end

function definition_mt:__index(name)
  if built_fields[name] then
    build(self)
    return rawget(self, name)
  elseif type(name) == "string" and has_row(self, name) then
    self[name] = function_of(self, name)
    return self[name]
  end
end

--- Makes a definition a service: adds `new(session)`, which returns the
-- service's operations as methods. Raises when a row is wrong. Returns the
-- definition.
--
-- A definition has rows and these fields:
--   name, doc = strings;
--   endpoint  = the name of the rows' endpoint; openapi_endpoint, that of the
--     same rows in the OpenAPI dialect;
--   types     = { [type] = list of fields }: the record types. A type with
--     text_as = "member" accepts a string for a record that has only that
--     member; one with columns = { names } has these as its first columns in
--     tables; one with accepts = "Type" leaves out the other members of a
--     record of that type;
--   endpoints = the endpoints that the service declares, by name (see
--     endpoints.lua);
--   references = { [type] = { check = function(value), which returns the value
--     to send, or nil and a problem; segments = the path's variables that are
--     members of that value; fields = of the record that is accepted } }:
--     further types of arguments;
--   login     = the name of the row that logs a session in;
--   auth      = "token", "signature" (X-Api-Signature) or false;
--   encoding  = "urlencoded" for bodies that are not JSON;
--   accept    = the media type of all rows;
--   xml       = the media type of the service's XML;
--   version   = the value of {version} in paths;
--   errors    = the statuses that all rows may return;
--   faults    = { [message] = kind of error }.
--
-- A row is { "name", "METHOD /path/{variable}", ... } with these fields:
--   args     = fields of the positional arguments, for the path's variables;
--   query    = fields of the query, body = fields of the body;
--   options  = fields that are not sent, for `run`;
--   sends    = members that the body always has;
--   wrap     = the member that contains the whole body;
--   items    = the envelope's member that has the list; "a.b" is b in a;
--   member   = the envelope's member that has the result; absent, what `shape`
--     is given where that is not there;
--   returns  = the type of the result, or of the items of a list; "T[]" for a
--     list without an envelope;
--   pages    = "link", "offset" or "marker": how the list is paged;
--   key      = the fields that identify a record;
--   total    = the envelope's member that has the number of all items;
--   size     = the parameter that sets the size of a page ("limit");
--   fallback = a second route, tried when the first returns 404; the session
--     keeps to the one that answered;
--   fixed_by = { "a setting", its value for the route, its value for the
--     fallback }: the setting that fixes one of the two;
--   endpoint = the endpoint's name, where it is not the definition's;
--   auth     = as in the definition;
--   accept   = the media type, where it is not application/json;
--   colons   = whether colons in the path's variables stay unencoded;
--   alternative = the method to use when the session has patch = false, or when
--     the server returns 405 or 501 for the route's own method;
--   echo     = whether an empty response returns a table of what was sent;
--   accepts  = the type of a record that may stand for the parameters; what it
--     has besides them is left out;
--   fill     = function(values), which adds defaults;
--   check    = function(values, session, ...), which returns the problem of the
--     values and the arguments, or nil;
--   normalise = function(record), which returns the record in the form that is
--     shown;
--   shape    = function(value), which converts the value of the response to the
--     documented shape; or returns nil and a problem;
--   openapi  = { "METHOD /path", ... }: the route in the OpenAPI dialect, and
--     the fields that differ there;
--   writes   = false for a POST that changes nothing, such as a log-in;
--   repeatable = true for a POST that may be sent again after a failure;
--   limit    = { requests, per = seconds, window = the name of a limit that
--     several routes share };
--   done     = what a write has done, once it has, for people: "closed
--     {ticketId}", where a name in braces is an argument's or a result's field;
--   outcome  = the call that shows what a write did whose response was lost;
--   advice   = { ["message of the service"] = "advice to the user" };
--   doc, role, portal, errors, example = documentation: portal is where the
--     role is given; role_of = function(values, text), which returns the
--     { role =, portal = } of one call that was refused with a text;
--   operation_id = the name of the operation in an OpenAPI document;
--   run      = function(session, op, request, ...), which runs an operation
--     that these fields can't describe.
--
-- A field is { "name", "type", "doc", ... } with: required; min, max; needs,
-- the name of a field that must be given too; without, the name of one that
-- must not be; known, a list of values; closed, whether other values are
-- refused; wire, the name that is sent; personal, whether the value is personal
-- data, which is masked in events, logs and errors; record, the member or a
-- list of members of which the first is taken where a record is given, or a
-- function(record) that returns the value, or nil and a problem.
local function define(definition)
  definition.types = definition.types or {}
  for name, other in pairs(renamed) do
    local value = rawget(definition, name)
    if value ~= nil then
      definition[other], definition[name] = value, nil
    end
  end
  for _, row in ipairs(definition) do
    check_row(row)
  end
  function definition.new(session)
    if not is_session(session) then
      error(definition.name .. ".new: takes a session, as rackspace.new() " ..
        "gives it", 2)
    end
    return setmetatable({ definition, session, {} }, service_mt)
  end
  return setmetatable(definition, definition_mt)
end

return { build = build, define = define }
