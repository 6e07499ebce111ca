--- evaluator.lua - runs what was typed, shows what it gives, and keeps it
-- SPDX-License-Identifier: MIT
local command = require("rackspace.repl.command")
local fault = require("rackspace.base.fault")
local help = require("rackspace.manual.help")
local iterator = require("rackspace.base.iterator")
local members = require("rackspace.base.members")
local services = require("rackspace.services")
local nearest = require("rackspace.base.nearest")
local pages = require("rackspace.many.pager")
local picture = require("rackspace.picture")
local sessions = require("rackspace.manual.sessions")

-- The methods of a prompt (repl.lua), which has: globals, screen, progress,
-- host, transcript, number = that of the last result, last = the last chunk.
local repl_methods = {}

local function is_pager(object)
  return iterator.type_of(object) == "pager"
end

--- A pager that gives the same as another from where that stands: looking
-- takes nothing from a script's own.
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

--- How what is explained is shown.
function repl_methods:help_options()
  return { width = (self.screen.size()), paint = self.screen.paint }
end

--- What a call gave as a picture; nil where there is none of it.
local function drawn_lines(self, object)
  local meta = sessions.meta(self.globals, object)
  local pictured = meta and picture.of(meta.operation)
  local options = self:help_options()
  options.account = meta and meta.subject
  return pictured and pictured.lines(object, options)
end

--- Shows a value; of a pager, its first items. Returns what was shown.
function repl_methods:show_one(object, options)
  if is_pager(object) then
    local copy = copy_of(object)
    if not copy then
      self.screen:note("this pager has no more")
      return {}
    end
    return self.screen:pager(object, copy)
  end
  local lines = not options and drawn_lines(self, object) or
    help.of_api(object, self:help_options(), sessions.check(self.globals.rs))
  if lines then
    self.screen:lines(lines)
  else
    self.screen:value(object, options)
  end
  return object
end

--- Keeps a result as _ and by its number.
function repl_methods:keep(object)
  self.number = self.number + 1
  rawset(self.globals, "_", object)
  rawset(self.globals, "_" .. self.number, object)
end

--- What is hinted at of a message about a global that is nil: a service stands
-- behind rs, and rs may not be there.
local function hint_global(text)
  local name = text:match("nil value %(global '([%w_]+)'%)") or
    text:match("global '([%w_]+)' %(a nil value%)")
  if name == "rs" then
    return " (there is no session; type: sandbox)"
  end
  local near = name and nearest.nearest(name, services.names())
  return near and (" (did you mean rs.%s?)"):format(near) or ""
end

--- Where to read on about an error value.
local function hint_help(err)
  local is_refused = fault.is_error(err) and err.kind == "invalid"
  local service = is_refused and err.operation:match("^([%w_]+)%.")
  return services.has(service) and
    ("\n?rs.%s tells what it takes"):format(err.operation) or ""
end

--- Says what went wrong; where, only when there is more than one line. `err` is
-- what is known of it beside its message.
function repl_methods:complain(problem, err)
  local text = type(problem) == "string" and problem:gsub("^stdin:1: ", "") or
    tostring(problem)
  text = self.screen.hide(text) .. hint_global(text) ..
    hint_help(err or problem)
  io.stdout:flush()
  text = self.fits_errors and self.screen:fit(text) or text
  io.stderr:write(self.error_paint("bad", text), "\n")
end

--- What a call gives that failed: nil, a message, an error's table.
local function is_failure(results)
  return results.n == 3 and results[1] == nil and
    type(results[2]) == "string" and type(results[3]) == "table"
end

--- Whether the first value is all that there is to see: behind it are nils, or
-- the rest of what a for loop takes.
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

local function show_single(self, object)
  if object == nil then
    self.screen:line("nil")
  else
    self:keep(self:show_one(object))
  end
end

--- Shows what a line gave, and keeps it.
function repl_methods:show(results)
  local first = results[1]
  if is_failure(results) then
    self:complain(results[2], results[3])
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

--- What a name was perhaps meant to be that stands for nothing.
local function hint_name(self, text)
  local name, names = text:match("^%s*([%a_][%w_][%w_][%w_]+)%s*$"), {}
  for known in next, name and self.globals or {} do
    names[#names + 1] = type(known) == "string" and known or nil
  end
  for _, service in ipairs(name and services.names() or {}) do
    names[#names + 1] = service
  end
  local near = name and nearest.nearest(name, names)
  if near and rawget(self.globals, near) == nil then
    near = "rs." .. near
  end
  if near and near ~= name then
    self.screen:note(("did you mean %s?"):format(near))
  end
end

--- Runs a chunk and shows what it gives; a command that stands alone is
-- called. Returns what it gave.
function repl_methods:evaluate(chunk)
  local results = pack(chunk.run())
  if results.n == 1 and command.is_command(results[1]) then
    results = pack(results[1]())
  end
  local given = results[1]
  self:show(results)
  if results.n == 1 and given == nil then
    hint_name(self, chunk.text)
  end
  return given
end

--- Notes what was run: for again() and for save().
local function note_chunk(self, chunk, ok, given, has_result)
  local is_again = chunk.text:find("^%s*again%s*%(?%s*%)?%s*$")
  self.last = is_again and self.last or chunk
  local shown = rawget(self.globals, "_")
  local count = ok and is_pager(given) and has_result and
    not is_pager(shown) and math.max(1, #shown)
  self.transcript:add{ text = chunk.text, is_value = chunk.is_value,
    failed = not ok, is_secret = chunk.is_secret,
    number = has_result and self.number or nil,
    is_pager = count ~= false, count = count or nil }
end

--- Runs what was typed. Returns whether it went well.
function repl_methods:run_chunk(chunk)
  local number = self.number
  self.progress:start(sessions.check(self.globals.rs))
  local ok, given = pcall(self.evaluate, self, chunk)
  local is_new_line = self.progress:is_shown() -- nor is there a ^C then
  self.progress:finish()
  if not ok then
    given = self.host.caught() and
      (is_new_line and "interrupted" or "\ninterrupted") or given
    self:complain(given)
    if type(given) == "table" then
      self:keep(given)
    end
  end
  note_chunk(self, chunk, ok, given, self.number > number)
  return ok
end

--- A copy of the methods, to be added to.
local function methods()
  return members.copy(repl_methods)
end

return { methods = methods }
