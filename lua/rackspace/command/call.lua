--- call.lua - calls an operation with words as arguments, writes the result
-- SPDX-License-Identifier: MIT
local arguments = require("rackspace.command.arguments")
local confirmation = require("rackspace.command.confirmation")
local describe = require("rackspace.manual.describe")
local dry_run = require("rackspace.command.dry_run")
local exits = require("rackspace.command.exits")
local fields = require("rackspace.output.fields")
local lookup = require("rackspace.manual.lookup")
local output_of = require("rackspace.output")
local sessions = require("rackspace.command.sessions")
local types = require("rackspace.row.types")
local usage = require("rackspace.command.usage")
local width = require("rackspace.show.width")
local variant = require("rackspace.row.variant")

local unpack = table.unpack or unpack -- luacheck: ignore 143

local call = {}

--- Returns the failure of a wrong command line.
local function usage_failure(op, problem)
  return exits.usage, op.full_name .. ": " .. problem,
    usage.brief(op) .. "\n     rackspace help " .. op.full_name
end

--- Runs fn(...), which writes to an output. Returns an exit code, and when it
-- failed a message and advice. A failure after something was written is a
-- partial one.
function call.guard(output, fn, ...)
  local ok, problem = pcall(fn, ...)
  local is_error = type(problem) == "table" and problem.kind
  if ok or problem == output_of.closed then
    return exits.done
  elseif not is_error then
    error(problem, 0)
  end
  local code, message, advice = exits.failure(problem)
  if output.count > 0 and problem.kind ~= "file" then
    return exits.partial, ("%s (after %d items)"):format(message,
      output.count), advice
  end
  return code, message, advice
end

local function write_pages(pager, output, most)
  for page in pager:pages(most) do
    output:page(page)
  end
  output:finish()
end

local function first_of(list, most)
  local part = {}
  for i = 1, math.min(#list, most or #list) do
    part[i] = list[i]
  end
  return part
end

local function write_result(result, output, kind, most)
  if kind == "list" then
    output:page(first_of(result, most))
  elseif kind == "value" then
    output:value(result)
  end
  if kind ~= "done" then
    output:finish()
  end
end

local function kind_of(op)
  return describe.result(op).kind
end

--- Returns the message of an error that a method raises for wrong arguments,
-- or nil for other errors.
local function mistake_of(op, problem)
  local prefix = op.full_name .. ": "
  return type(problem) == "string" and problem:sub(1, #prefix) == prefix and
    problem:sub(#prefix + 1) or nil
end

--- Writes what a method returned. Returns an exit code, and when it failed a
-- message and advice.
local function show(invocation, op, result, err)
  local progress = invocation.progress
  local output = output_of.new(invocation.options, {
    operation = op.full_name, subject = invocation.subject, type = op.returns,
    records = op.records[op.returns or ""] }, invocation.terminal,
    invocation.terminal.is_terminal(1) and function()
      progress:clear()
    end)
  local kind, most = kind_of(op), invocation.options.max
  local done = err and err.result or result
  local code, message, advice
  if kind == "pager" then
    code, message, advice = call.guard(output, write_pages, result, output,
      most)
  elseif done ~= nil then
    code, message, advice = call.guard(output, write_result, done, output,
      kind, most)
  end
  if err and done ~= nil and code == exits.done then
    return exits.partial, err.message, (select(2, exits.of(err)))
  elseif err then
    return exits.failure(err)
  end
  return code, message, advice
end

--- Returns what a write has done, for people: what its row says, with the
-- names in braces replaced by the arguments and the fields of the result.
local function done_text(op, args, result)
  local function value_of(name)
    for i, field in ipairs(op.args) do
      if field.name == name then
        return tostring(args[i])
      end
    end
    return type(result) == "table" and result[name] ~= nil and
      tostring(result[name]) or ""
  end
  local text = op.done or op.full_name .. " is done"
  return (text:gsub("{([%w_]+)}", value_of))
end

--- Tells on standard error what a write has done.
local function tell_done(invocation, op, args, result)
  if op.writes then
    io.stdout:flush()
    invocation.progress:clear()
    io.stderr:write(width.plain(done_text(op, args, result)), "\n")
  end
end

--- Calls the method and writes its result.
local function perform(invocation, session, op, args)
  local service = session[op.service]
  local ok, result, _, err = pcall(service[op.name], service,
    unpack(args, 1, args.n))
  local mistake = not ok and mistake_of(op, result)
  if mistake then
    return usage_failure(op, mistake)
  elseif not ok then
    error(result, 0)
  end
  local code, message, advice = show(invocation, op, result, err)
  if code == exits.done then
    tell_done(invocation, op, args, result)
  end
  return code, message, advice
end

local function print_dry(session, op, args, terminal)
  local request, problem = dry_run.build(session, op, args)
  if not request then
    return usage_failure(op, problem)
  end
  output_of.write_lines(dry_run.lines(session, op, request), terminal)
  return exits.done
end

--- Returns the operation and its arguments as a text, for a question.
local function title(op, args)
  local words = { op.full_name }
  for i = 1, #op.args do
    words[#words + 1] = type(args[i]) == "string" and args[i] or nil
  end
  return table.concat(words, " ")
end

local function run_with(invocation, session, op, args)
  local options = invocation.options
  if options.dry_run then
    return print_dry(session, op, args, invocation.terminal)
  elseif op.method == "DELETE" and not session.settings.read_only then
    local ok, problem = confirmation.confirm(title(op, args), options,
      invocation.terminal)
    if not ok then
      return exits.refused, problem
    end
  end
  invocation.subject = args[1]
  invocation.progress = sessions.progress(invocation)
  return invocation.progress:during(session, perform, invocation, session, op,
    args)
end

--- Returns the words of a call; --clobber is short for one of them.
local function words_of(invocation)
  local words = {}
  for i, word in ipairs(invocation.words) do
    words[i] = word
  end
  words[#words + 1] = invocation.options.clobber and "clobber=true" or nil
  return words
end

--- Reads the arguments of the method, or returns nil and what is wrong.
local function read(invocation, op)
  local options = invocation.options
  if options.clobber and not types.find(op.options, "clobber") then
    return nil, "--clobber is for downloads"
  end
  local args, problem = arguments.read(op, words_of(invocation))
  if args and options.fields then
    problem = fields.problem(options.fields, op.returns, op.records)
  end
  if args and options.max and kind_of(op) ~= "pager" and
      kind_of(op) ~= "list" then
    problem = "--max is for lists"
  end
  return not problem and args or nil, problem
end

--- Returns the dialect that the words of a call name, or nil.
local function dialect_of(words)
  for _, word in ipairs(words) do
    local dialect = word:match("^dialect=(.*)$")
    if dialect then
      return dialect
    end
  end
end

--- Runs the call of an operation. Returns an exit code, and when it failed a
-- message and advice.
function call.run(invocation)
  local path = { "rs", invocation.service, invocation.operation }
  local session, message, err = sessions.open(invocation)
  local op = variant.of(lookup.row(session, path),
    session and session.settings or {}, dialect_of(invocation.words))
  local args, problem = read(invocation, op)
  if not args then
    return usage_failure(op, problem)
  elseif not session then
    return exits.failure(err, message)
  end
  local code, text, advice = run_with(invocation, session, op, args)
  session:close()
  return code, text, advice
end

return call
