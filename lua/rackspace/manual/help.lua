--- help.lua - what a call, a service or a value is, for who asks at a prompt
-- SPDX-License-Identifier: MIT
local describe = require("rackspace.manual.describe")
local docstring = require("rackspace.manual.docstring")
local manual = require("rackspace.manual")
local members = require("rackspace.base.members")
local services = require("rackspace.services")
local paragraph = require("rackspace.show.paragraph")
local rows = require("rackspace.manual.rows")
local settings = require("rackspace.session.settings")
local topics = require("rackspace.manual.topics")
local value = require("rackspace.show.value")
local width = require("rackspace.show.width")

local help = {}

local most_names = 12

local function settings_lines(options)
  local lines = { "rackspace.new{ ... } takes, all of it optional:" }
  manual.add_fields(lines, settings.known, options)
  return lines
end

local function entries_of(list)
  local entries = {}
  for i, one in ipairs(list) do
    entries[i] = { one.name, one.doc }
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

--- A topic's text, line by line.
function help.topic(name)
  local lines = {}
  for line in (topics[name] .. "\n"):gmatch("([^\n]*)\n") do
    lines[#lines + 1] = line
  end
  return lines
end

--- What a name says: a topic, a service or an operation, as in "concepts",
-- "tickets", "rs.tickets:create"; nil when it is none.
function help.named(name, options, session)
  local service, op = name:gsub("^rs[.:]", ""):match("^([%w_]*)[.:]?([%w_]*)$")
  local definition = service and rows.service(session, service)
  if name == "settings" then
    return settings_lines(options)
  elseif name == "errors" then
    return error_lines(options)
  elseif topics[name] then
    return help.topic(name)
  elseif definition and op == "" then
    return manual.service(definition, options)
  elseif definition then
    local found = rows.operation(session, { path = { "rs", service, op } })
    return found and manual.operation(found, definition, options)
  end
end

--- The operation that a session's method is, and its service's definition.
local function operation_of(session, method)
  local found, of
  rows.each_service(session, function(name, definition)
    local own = session and rawget(session, name)
    for _, op in ipairs(type(own) == "table" and definition.operations or {}) do
      if rawequal(rawget(own, op.name), method) then
        found = rows.operation(session, { path = { "rs", name, op.name } })
        of = definition
      end
    end
  end)
  return found, of
end

local function function_lines(fn, options)
  local info, form, comment = debug.getinfo(fn, "S"), docstring.of(fn)
  if info.what == "C" then
    return { "a function of C's" }
  end
  local place = ("%s:%d"):format(info.short_src, info.linedefined)
  local lines = { (form or "a function") .. ", " .. place }
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
  for i = 1, math.min(#keys, most_names) do
    names[i] = width.plain(tostring(keys[i]))
  end
  return { ("a table of %d fields: %s%s"):format(#keys,
    table.concat(names, ", "), #keys > most_names and ", …" or "") }
end

local function session_lines(session, options)
  local lines, list = { tostring(session) .. ", with the services" }, {}
  rows.each_service(session, function(name, definition)
    list[#list + 1] = { name, definition.doc or "" }
  end)
  table.sort(list, function(a, b) return a[1] < b[1] end)
  paragraph.entries(lines, list, options or {})
  return lines
end

--- What a session, a service or a call is; nil for anything else.
function help.of_rows(object, options, session)
  local definition = type(object) == "table" and rawget(object, 1)
  if type(object) == "function" then
    local op, of = operation_of(session, object)
    return op and manual.operation(op, of, options)
  elseif type(definition) == "table" and definition.operations then
    return manual.service(definition, options)
  elseif rows.session(object) then
    return session_lines(object, options)
  end
end

--- What a value is.
function help.value(object, options, session)
  local lines = help.of_rows(object, options, session)
  if lines then
    return lines
  elseif type(object) == "string" then
    return help.named(object, options, session) or
      { ("a string of %d bytes"):format(#object) }
  elseif type(object) == "function" then
    return function_lines(object, options)
  elseif value.is_data(object) then
    return table_lines(object)
  end
  return { ("a %s: %s"):format(type(object), value.brief(object)) }
end

--- What help("...") knows beside the services.
function help.topics()
  local names = members.add(members.copy(topics), services.modules)
  names.errors, names.settings = true, true
  return members.keys(names)
end

return help
