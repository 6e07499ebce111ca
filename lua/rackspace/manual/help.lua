--- help.lua - finds the lines that help() shows about a name or a value
-- SPDX-License-Identifier: MIT
local describe = require("rackspace.manual.describe")
local docstring = require("rackspace.manual.docstring")
local lookup = require("rackspace.manual.lookup")
local members = require("rackspace.base.members")
local paragraph = require("rackspace.show.paragraph")
local reference = require("rackspace.manual.reference")
local services = require("rackspace.services")
local sessions = require("rackspace.manual.sessions")
local settings = require("rackspace.session.settings")
local terms = require("rackspace.manual.terms")
local topics = require("rackspace.manual.topics")
local value = require("rackspace.show.value")
local width = require("rackspace.show.width")

local help = {}

local MAX_NAMES = 12 -- of a table's fields

local function settings_lines(options)
  local lines = { "rackspace.new{ ... } takes, all of it optional:" }
  reference.add_fields(lines, settings.known, options)
  return lines
end

local function entries_of(list)
  local entries = {}
  for i, item in ipairs(list) do
    entries[i] = { item.name, item.doc }
  end
  return entries
end

local function error_lines(options)
  local lines = {}
  paragraph.add(lines, "A call that fails gives nil, a message and an " ..
    "error's table; at this prompt the table is kept as _. Its `kind` is " ..
    "one of", options)
  paragraph.entries(lines, entries_of(describe.kinds()), options)
  lines[#lines + 1] = "and it has, where they are known:"
  paragraph.entries(lines, entries_of(describe.error_fields), options)
  return lines
end

--- Returns the lines of a topic.
function help.topic(name)
  local lines = {}
  for line in (topics[name] .. "\n"):gmatch("([^\n]*)\n") do
    lines[#lines + 1] = line
  end
  return lines
end

--- Returns the lines about a word of the documents or the name of a field, or
-- nil.
function help.term(name, options)
  local lines = {}
  local text, fields = terms.text(name, topics.concepts), terms.fields(name)
  if text then
    paragraph.add(lines, ("%s: %s"):format(name, text), options)
  end
  if fields[1] then
    lines[#lines + 1] = text and "" or nil
    lines[#lines + 1] = ("%s is a name in"):format(name)
    paragraph.entries(lines, fields, options)
  end
  return lines[1] and lines or nil
end

--- Returns the lines about a topic, a service or an operation, or nil.
-- @param name string, such as "concepts", "tickets" or "rs.tickets:create"
-- @param options table: width (80), paint
-- @param session its own services are known too; may be nil
function help.named(name, options, session)
  local service, op = name:gsub("^rs[.:]", ""):match("^([%w_]*)[.:]?([%w_]*)$")
  local definition = service and lookup.service(session, service)
  if name == "settings" then
    return settings_lines(options)
  elseif name == "errors" then
    return error_lines(options)
  elseif topics[name] then
    return help.topic(name)
  elseif definition and op == "" then
    return reference.service(definition, options)
  elseif definition then
    local found = lookup.operation(session, { "rs", service, op })
    return found and reference.operation(found, definition, options)
  end
end

--- Returns the operation that a method of a session's service performs, and the
-- service's definition.
local function operation_of(session, method)
  local found, found_in
  lookup.each_service(session, function(name, definition)
    local own = session and rawget(session, name)
    for _, op in ipairs(type(own) == "table" and definition.operations or {}) do
      if rawequal(rawget(own, op.name), method) then
        found = lookup.operation(session, { "rs", name, op.name })
        found_in = definition
      end
    end
  end)
  return found, found_in
end

local function function_lines(fn, options)
  local info, signature, comment = debug.getinfo(fn, "S"), docstring.of(fn)
  if info.what == "C" then
    return { "a function of C's" }
  end
  local location = ("%s:%d"):format(info.short_src, info.linedefined)
  local lines = { width.plain((signature or "a function") .. ", " .. location) }
  if comment then
    paragraph.add(lines, comment, options, "  ")
  end
  return lines
end

local function table_lines(object)
  if value.is_list(object) then
    return { ("a list of %d"):format(#object) }
  end
  local keys, names = value.keys(object), {}
  for i = 1, math.min(#keys, MAX_NAMES) do
    names[i] = width.plain(tostring(keys[i]))
  end
  return { ("a table of %d fields: %s%s"):format(#keys,
    table.concat(names, ", "), #keys > MAX_NAMES and ", …" or "") }
end

local function session_lines(session, options)
  local lines, list = { width.plain(tostring(session)) ..
    ", with the services" }, {}
  lookup.each_service(session, function(name, definition)
    list[#list + 1] = { name, definition.doc or "" }
  end)
  table.sort(list, function(a, b) return a[1] < b[1] end)
  paragraph.entries(lines, list, options or {})
  return lines
end

--- Returns the lines about a session, a service or an operation's method; nil
-- for any other value.
function help.of_api(object, options, session)
  local definition = type(object) == "table" and rawget(object, 1)
  if type(object) == "function" then
    local op, found_in = operation_of(session, object)
    return op and reference.operation(op, found_in, options)
  elseif type(definition) == "table" and definition.operations then
    return reference.service(definition, options)
  elseif sessions.check(object) then
    return session_lines(object, options)
  end
end

--- Returns the lines about any value; a string is tried as a name first.
function help.value(object, options, session)
  local lines = help.of_api(object, options, session)
  if lines then
    return lines
  elseif type(object) == "string" then
    return help.named(object, options, session) or
      help.term(object, options) or { ("a string of %d bytes"):format(#object) }
  elseif type(object) == "function" then
    return function_lines(object, options)
  elseif value.is_data(object) then
    return table_lines(object)
  end
  return { ("a %s: %s"):format(type(object), value.brief(object)) }
end

--- Returns a sorted list of the names that help("...") knows: topics and
-- services.
function help.topics()
  local names = members.add(members.copy(topics), services.modules)
  names.errors, names.settings, names.start = true, true, true
  return members.keys(names)
end

return help
