--- raw.lua - `rackspace call METHOD PATH`: a request without an operation
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local allow = require("rackspace.call.allow")
local arguments = require("rackspace.command.arguments")
local call = require("rackspace.command.call")
local commands = require("rackspace.command.commands")
local confirmation = require("rackspace.command.confirmation")
local core = require("rackspace.core")
local dry_run = require("rackspace.command.dry_run")
local exits = require("rackspace.command.exits")
local mark = require("rackspace.base.mark")
local members = require("rackspace.base.members")
local services = require("rackspace.services")
local nearest = require("rackspace.base.nearest")
local output_of = require("rackspace.output")
local row_of = require("rackspace.row.row")
local sessions = require("rackspace.command.sessions")
local usage = require("rackspace.command.usage")

local methods = { GET = true, POST = true, PUT = true, PATCH = true,
  DELETE = true }

local function usage_failure(problem)
  local _, command = commands.find("call")
  return exits.usage, "call: " .. problem, usage.command_synopsis(command)
end

--- Returns whether a path matches the route of an operation.
local function fits(path, op)
  local pattern = op.path:gsub("{version}", op.version or "")
    :gsub("[%-.+*?^$()%%%[%]]", "%%%0"):gsub("{[^}]*}", "[^/]+")
  return path:find("^" .. pattern .. "$") ~= nil
end

--- Calls fn(definition, op) for each operation until it returns something.
local function search(fn)
  for _, definition in services.each() do
    for _, op in ipairs(definition.operations) do
      local found = fn(definition, op) or
        op.openapi and fn(definition, op.openapi)
      if found then
        return found
      end
    end
  end
end

--- Returns an operation of an endpoint, whose log-in and encoding a request to
-- it needs.
local function sample_of(endpoint)
  return search(function(_, op)
    return op.endpoint == endpoint and op.auth and op
  end)
end

--- Returns an operation of the named service, or of the service that the path
-- belongs to; or nil and what is wrong.
local function find_row(path, name)
  local endpoints = services.endpoints()
  local definition = name and services.definition(name)
  local endpoint = endpoints[name] and name or
    definition and definition.endpoint
  if endpoint then
    return sample_of(endpoint)
  elseif name then
    return nil, ("there is no service '%s'%s"):format(name, nearest.hint(name,
      members.keys(endpoints)))
  end
  local plain = path:match("^[^?]*")
  local row = search(function(_, op)
    return endpoints[op.endpoint] and fits(plain, op) and op
  end)
  if not row then
    return nil, "which service is that path of? Say it by --service=" ..
      table.concat(members.keys(endpoints), "|")
  end
  return row
end

--- Returns the text of a file, or of standard input, without a byte order mark;
-- or nil and the problem.
local function read_body(path)
  local text, problem
  if path == "-" then
    text = io.read("*a")
  else
    text, problem = arguments.read_file(path)
  end
  return text and mark.skip(text), problem
end

--- Reads the request from the words after METHOD and PATH; nil and what is
-- wrong.
local function read_words(path, words)
  local query, request = {}, { values = {} }
  for i = 3, #words do
    local name, value = words[i]:match("^([^=@][^=]*)=(.*)$")
    local file, problem = words[i]:match("^@(.+)$"), nil
    if name then
      query[#query + 1], query[#query + 2] = name, value
    elseif file then
      request.body, problem = read_body(file)
    else
      problem = ("'%s' is neither name=value nor @FILE"):format(words[i])
    end
    if problem then
      return nil, problem
    end
  end
  local plain, own = path:match("^([^?]*)%??(.*)$")
  local more = query[1] and core.url.query(query) or ""
  request.path = plain
  request.query = own .. (own ~= "" and more ~= "" and "&" or "") .. more
  request.query = request.query ~= "" and request.query or nil
  return request
end

--- Makes an operation of one request, with the log-in and encoding of another.
local function operation_for(method, row)
  local op = row_of.define({ "call", method .. " /", returns = "any",
    endpoint = row.endpoint, accept = row.accept ~= "multipart/form-data" and
    row.accept or nil, colons = true }, { name = "raw", types = {},
    records = {}, errors = {}, auth = row.auth, encoding = row.encoding,
    version = row.version, faults = row.faults })
  op.full_name = "call"
  return op
end

local function send(invocation, session, op, request)
  local value, message, err = sessions.progress(invocation):during(session,
    session.request, session, op, request)
  if not value then
    return exits.failure(err, message)
  end
  local output = output_of.new(invocation.options, {}, invocation.terminal)
  return call.guard(output, function()
    output:value(value)
    output:finish()
  end)
end

--- Sends the request, unless it is refused.
local function run_with(invocation, session, op, request)
  local title = ("%s %s"):format(op.method, request.path)
  if invocation.options.dry_run then
    output_of.write_lines(dry_run.lines(session, op, request),
      invocation.terminal)
    return exits.done
  end
  local refusal = allow.write_refusal(session, op)
  if refusal then
    return exits.failure(refusal)
  elseif op.method == "DELETE" then
    local ok, problem = confirmation.confirm(title, invocation.options,
      invocation.terminal)
    if not ok then
      return exits.refused, problem
    end
  end
  return send(invocation, session, op, request)
end

local function run(invocation)
  local words = invocation.words
  local method, path = ascii.upper(words[1] or ""), words[2]
  if not methods[method] then
    return usage_failure("METHOD is one of " ..
      table.concat(members.keys(methods), ", "))
  elseif not path or not path:find("^/%S*$") then
    return usage_failure("PATH begins with a slash, as in " ..
      "/v1/customer_accounts")
  end
  local row, problem = find_row(path, invocation.options.service)
  local request
  if row then
    request, problem = read_words(path, words)
  end
  if not request then
    return usage_failure(problem)
  end
  local session, message, err = sessions.open(invocation)
  if not session then
    return exits.failure(err, message)
  end
  local code, text, advice = run_with(invocation, session,
    operation_for(method, row), request)
  session:close()
  return code, text, advice
end

return { run = run }
