--- evaluator.lua - runs chunks at the prompt, shows and keeps their results
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.repl.commands")
local fault = require("rackspace.base.fault")
local help = require("rackspace.manual.help")
local iterator = require("rackspace.base.iterator")
local members = require("rackspace.base.members")
local nearest = require("rackspace.base.nearest")
local pages = require("rackspace.many.pager")
local picture = require("rackspace.picture")
local services = require("rackspace.services")
local sessions = require("rackspace.manual.sessions")
local width = require("rackspace.show.width")

-- These methods are a part of the repl's (init.lua), whose fields they use.
local repl_methods = {}

local function is_pager(object)
  return iterator.type_of(object) == "pager"
end

--- Returns a pager that continues from the position of another one, or nil at
-- its end. Showing the copy does not consume items of the original.
local function copy_of(pager)
  local request, values = {}, {}
  for name, part in pairs(pager.request) do
    request[name] = part
  end
  for name, part in pairs(pager.request.values) do
    values[name] = part
  end
  if pager.page then
    values.cursor = pager:cursor()
    if not values.cursor then
      return nil
    end
  end
  request.values = values
  return assert(pages.new(pager.session, pager.op, request))
end

--- Returns the options for the lines of help.
function repl_methods:help_options()
  return { width = (self.screen.size()), paint = self.screen.paint }
end

--- Returns the lines of the picture of a call's result, or nil.
local function picture_lines(repl, object)
  local meta = sessions.meta(repl.globals, object)
  local drawer = meta and picture.of(meta.operation)
  local options = repl:help_options()
  options.account = meta and meta.subject
  return drawer and drawer.lines(object, options)
end

--- Shows a value; of a pager, its first items.
-- @param options table or nil: see show.lines
-- @return the value that was shown; for a pager, a list of its items
function repl_methods:show_value(object, options)
  if is_pager(object) then
    local copy = copy_of(object)
    if not copy then
      self.screen:note("this pager has no more")
      return {}
    end
    return self.screen:pager(object, copy)
  end
  local lines = not options and picture_lines(self, object) or
    help.of_api(object, self:help_options(), sessions.check(self.globals.rs))
  if lines then
    self.screen:lines(lines)
  else
    self.screen:value(object, options)
  end
  return object
end

--- Keeps a result in the globals _ and _1, _2, ...
function repl_methods:keep(object)
  self.number = self.number + 1
  rawset(self.globals, "_", object)
  rawset(self.globals, "_" .. self.number, object)
end

--- Returns a hint for a message about a nil global: the name may be that of a
-- service, or rs without a session.
local function hint_global(text)
  local name = text:match("nil value %(global '([%w_]+)'%)") or
    text:match("global '([%w_]+)' %(a nil value%)")
  if name == "rs" then
    return " (there is no session; type: sandbox)"
  end
  local near = name and nearest.nearest(name, services.names())
  return near and (" (did you mean rs.%s?)"):format(near) or ""
end

--- Returns a hint to the help of the operation that refused its arguments.
local function hint_help(err)
  local is_refused = fault.is_error(err) and err.kind == "invalid"
  local service = is_refused and err.operation:match("^([%w_]+)%.")
  return services.has(service) and
    ("\n?rs.%s tells what it takes"):format(err.operation) or ""
end

--- Writes an error to standard error; the location only when it is not on the
-- first line.
-- @param problem message or error value
-- @param err error value that belongs to the message, if any
function repl_methods:report_error(problem, err)
  local text = type(problem) == "string" and problem:gsub("^stdin:1: ", "") or
    tostring(problem)
  text = width.plain_lines(self.screen.hide(text) .. hint_global(text) ..
    hint_help(err or problem))
  self.unseen:see(text)
  io.stdout:flush()
  text = self.fits_errors and self.screen:fit(text) or text
  io.stderr:write(self.error_paint("bad", text), "\n")
end

--- Returns whether results are those of a failed call: nil, a message and an
-- error value.
local function is_failure(results)
  return results.n == 3 and results[1] == nil and
    type(results[2]) == "string" and type(results[3]) == "table"
end

--- Returns whether only the first result is of interest: the others are nil, or
-- the state of a for loop.
local function is_single(results)
  local is_loop = iterator.type_of(results[1]) == "results"
  for i = 2, results.n do
    local is_state = is_loop and rawequal(results[i], results[1])
    if results[i] ~= nil and not is_state then
      return false
    end
  end
  return results.n == 1 or results[1] ~= nil
end

local function show_single(repl, object)
  if object == nil then
    repl.screen:line("nil")
  else
    repl:keep(repl:show_value(object))
  end
end

--- Shows the results of a line, and keeps the first.
-- @param results list with n
function repl_methods:show(results)
  local first = results[1]
  if is_failure(results) then
    self:report_error(results[2], results[3])
    self:keep(results[3])
  elseif is_single(results) then
    show_single(self, first)
  elseif results.n > 1 then
    self.screen:values(results, results.n)
    if first ~= nil then
      self:keep(first)
    end
  end
end

-- ---- running ----------------------------------------------------------------

local function pack(...)
  return { n = select("#", ...), ... }
end

--- Suggests a name for one that is nil.
local function suggest_name(repl, text)
  local name, names = text:match("^%s*([%a_][%w_][%w_][%w_]+)%s*$"), {}
  for known in next, name and repl.globals or {} do
    names[#names + 1] = type(known) == "string" and known or nil
  end
  for _, service in ipairs(name and services.names() or {}) do
    names[#names + 1] = service
  end
  local near = name and nearest.nearest(name, names)
  if near and rawget(repl.globals, near) == nil then
    near = "rs." .. near
  end
  if near and near ~= name then
    repl.screen:note(("did you mean %s?"):format(near))
  end
end

--- Runs a chunk and shows its results; a command without brackets is called.
-- Returns the first result.
function repl_methods:evaluate(chunk)
  local results = pack(chunk.run())
  if results.n == 1 and commands.is_command(results[1]) then
    results = pack(results[1]())
  end
  local result = results[1]
  self:show(results)
  if results.n == 1 and result == nil then
    suggest_name(self, chunk.text)
  end
  return result
end

--- Records what was run, for again() and save().
local function record(repl, chunk, ok, result, has_result)
  local is_again = chunk.text:find("^%s*again%s*%(?%s*%)?%s*$")
  repl.last = is_again and repl.last or chunk
  local shown = rawget(repl.globals, "_")
  local count = ok and is_pager(result) and has_result and
    not is_pager(shown) and math.max(1, #shown)
  repl.transcript:add{ text = chunk.text, is_value = chunk.is_value,
    failed = not ok, has_failed = next(repl.unseen.known) ~= nil or nil,
    is_secret = chunk.is_secret, number = has_result and repl.number or nil,
    is_pager = count ~= false, count = count or nil }
end

--- Tells of the calls of a line that failed and whose messages the line has
-- not shown.
local function tell_unseen(repl)
  local errors, more = repl.unseen:finish()
  for _, err in ipairs(errors) do
    repl:report_error(err.message, err)
  end
  if more > 0 then
    repl.screen:note(("… and %d more calls of this line failed"):format(more))
  end
end

--- Runs a chunk. Returns whether it raised no error.
function repl_methods:run_chunk(chunk)
  local number = self.number
  self.unseen:begin()
  self.deletes_all = false
  self.progress:start(sessions.check(self.globals.rs))
  local ok, result = pcall(self.evaluate, self, chunk)
  local is_new_line = self.progress:is_shown() -- its line hides the "^C"
  self.progress:finish()
  if not ok then
    result = self.host.caught() and
      (is_new_line and "interrupted" or "\ninterrupted") or result
    self:report_error(result)
    if type(result) == "table" then
      self:keep(result)
    end
  end
  tell_unseen(self)
  record(self, chunk, ok, result, self.number > number)
  return ok
end

--- Returns a copy of the methods, to which the repl adds its own.
local function methods()
  return members.copy(repl_methods)
end

return { methods = methods }
