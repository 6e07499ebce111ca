--- service.lua - a file of rows made into methods of a session
-- SPDX-License-Identifier: MIT
local allow = require("rackspace.call.allow")
local fault = require("rackspace.base.fault")
local nearest = require("rackspace.base.nearest")
local operation = require("rackspace.row.operation")
local pages = require("rackspace.many.pager")
local perform = require("rackspace.call.perform").perform
local row_of = require("rackspace.row.row")

-- What a row may say beside its name and route.
local row_fields = {
  "args", "query", "body", "items", "member", "pages", "key", "total", "size",
  "fallback", "returns", "limit", "doc", "role", "errors", "example", "run",
  "auth", "accept", "writes", "openapi", "shape", "endpoint", "alternative",
  "sends", "wrap", "echo", "normalise", "check", "fill", "colons", "advice",
  "options", "outcome", "repeatable",
}

-- What `openapi` may say otherwise; nothing else of a row.
local openapi_fields = {
  "args", "query", "items", "member", "key", "total", "returns", "doc",
  "errors",
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

--- What another function gave. A call in a method's place would hide from Lua
-- 5.1 that the method was called plainly, and could yield.
local function same(...)
  return ...
end

--- The method of an operation. Wrong arguments raise where it was called.
local function method_of(service, session, op)
  if session.settings and session.settings.dialect == "openapi" then
    op = op.openapi or op
  end
  local settings = session.settings or {}
  local is_allowed = allow.has(settings.allow, op)
  return function(self, ...)
    if self ~= service then
      error(("%s: call it with a colon, as in rs.%s:%s(...)"):format(
        op.full_name, op.service, op.name), 2)
    end
    local refusal = not is_allowed and allow.refusal(op) or nil
    if refusal and not op.pages then
      return fault.fail(refusal)
    end
    local request, problem = operation.build(op, ...)
    problem = problem or op.check and op.check(request.values, session, ...)
    if problem then
      error(op.full_name .. ": " .. problem, 2)
    end
    local write_refusal = settings.read_only and
      allow.write_refusal(session, op)
    if write_refusal then
      return fault.fail(write_refusal)
    elseif op.pages then
      local pager
      pager, problem = pages.new(session, op, request, refusal)
      if not pager then
        error(op.full_name .. ": " .. problem, 2)
      end
      return pager
    elseif op.run then
      return same(op.run(session, op, request, ...))
    end
    return same(perform(session, op, request))
  end
end

--- Methods are made when they are first used.
function service_mt:__index(name)
  local definition, session = self[1], self[2]
  local op = definition.by_name[name]
  if not op then
    error(("rs.%s has no operation '%s'%s"):format(definition.name,
      tostring(name), nearest.hint(name, names_of(definition))), 2)
  end
  op = operation.with_version(op, session.settings.version)
  local method = method_of(self, session, op)
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

--- The record types of a definition, their fields named. The rows stay as
-- they are for those who print them.
local function records_of(definition)
  local records = {}
  for name, fields in pairs(definition.types) do
    records[name] = row_of.name_fields(fields, definition)
  end
  return records
end

--- Reads the rows of a definition into operations. Raises when one of them is
-- wrong.
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

local built_fields = { operations = true, by_name = true, records = true }

-- Operations are built when they are first asked for: a session needs the
-- endpoints of all services, and the operations of few.
local definition_mt = {}

function definition_mt:__index(name)
  if built_fields[name] then
    build(self)
    return rawget(self, name)
  end
end

--- A service from its definition: name, endpoint, doc, types and rows. The
-- result has `new(session)`, which gives its operations.
--
-- A row: { "name", "METHOD /path/{variable}",
--   args     = fields given by position, for the path's variables;
--   query    = fields of the query, body = fields of the JSON body;
--   sends    = members that the body always has;
--   wrap     = the member of the body that everything goes into;
--   items    = the envelope's member that holds a list; "a.b" is b in a;
--   member   = the envelope's member that holds the result;
--   pages    = "link", "offset" or "marker": the list goes over pages;
--   key      = the fields that tell one record from another;
--   total    = the envelope's member that counts all items;
--   size     = the parameter that says how many to a page ("limit");
--   fallback = a second path, asked once when the first answers 404;
--   endpoint = the service's name, where it is not the definition's;
--   colons   = whether the path's variables keep theirs;
--   alternative = the method to use when the session says patch = false, or
--     when the server answers 405 or 501 to the route's own;
--   echo     = whether an empty answer gives a table of what was sent;
--   normalise = function(record) -> record, as it is shown;
--   fill     = function(values), which adds what the caller left out;
--   check    = function(values, session, ...) -> what is wrong with them and
--     the arguments, or nil;
--   options  = fields that are not sent, for its run;
--   shape    = function(value) -> value, or nil and a problem: gives the
--     value of the answer the form that the operation promises;
--   openapi  = { "METHOD /path", ... }: the route in the OpenAPI document, and
--     what is otherwise there; for sessions of that dialect;
--   writes   = false for a POST that changes nothing, such as a log-in;
--   accept   = the media type, where it is not application/json;
--   returns  = the type of the result, or of a list's items; "T[]" for a
--     list that is no member of an envelope;
--   limit    = { requests, per = seconds, window = a name for what counts
--     together, where it is not the route };
--   outcome  = the call that tells what a write has done whose answer was lost;
--   repeatable = whether a POST changes nothing, and may be made again;
--   advice   = { ["what the service says"] = "what to do about it" };
--   doc, role, errors, example = for its reader;
--   run      = function(session, op, request, ...) for the irregular few }
-- A definition's `xml` is the media type of its XML, where it has one.
-- A definition's `accept` is that of all its rows. A record type with
-- text_as = "member" may be given by a text, which is that member; one with
-- columns = { names } is shown in tables by these first.
-- A field: { "name", "type", "doc", required =, needs =, min =, max =,
-- closed = whether nothing but what is `known` may be given, personal =
-- whether it tells of a person, and so stands in no event, log or error };
-- `needs` names a field that must be beside it, `without` one that must not.
-- An "id" with record = "member" may be given by a record that has it.
--
-- The definition itself may also have: endpoints = the endpoints that its rows
-- use, by name (see endpoints.lua), login = the name of the row by which a
-- session logs in, references = types of its own, by name: { check =
-- function(value) -> the value to send or nil and a problem, segments = the
-- path's variables that the value has members for, fields = those of the record
-- that it may be }; auth = "signature" (X-Api-Signature instead of a token),
-- encoding = "urlencoded" (bodies are no JSON), version = what {version} in
-- paths is, faults = { message = kind of error }.
local function define(definition)
  definition.types = definition.types or {}
  for _, row in ipairs(definition) do
    check_row(row)
  end
  function definition.new(session)
    if type(session) ~= "table" or type(session.perform) ~= "function" then
      error(definition.name .. ".new: takes a session, as rackspace.new() " ..
        "gives it", 2)
    end
    return setmetatable({ definition, session }, service_mt)
  end
  return setmetatable(definition, definition_mt)
end

return { build = build, define = define }
