--- init.lua - the prompt: reads Lua from a terminal, runs it, shows its results
-- SPDX-License-Identifier: MIT
local chunk_of = require("rackspace.repl.chunk")
local commands = require("rackspace.repl.commands")
local core = require("rackspace.core")
local deletion = require("rackspace.repl.deletion")
local evaluator = require("rackspace.repl.evaluator")
local history_of = require("rackspace.repl.history")
local input_of = require("rackspace.repl.input")
local known_ids_of = require("rackspace.repl.known_ids")
local line = require("rackspace.line")
local paint_of = require("rackspace.show.paint")
local progress_of = require("rackspace.show.progress")
local prompt = require("rackspace.repl.prompt")
local rackspace = require("rackspace")
local screen_of = require("rackspace.repl.screen")
local secrets = require("rackspace.repl.secrets")
local sessions = require("rackspace.manual.sessions")
local transcript_of = require("rackspace.repl.transcript")
local unseen_of = require("rackspace.repl.unseen")
local width = require("rackspace.show.width")

-- A repl has: host = functions of the program (see run), globals,
-- screen, input, history, progress, known_ids, transcript, unseen, number = of
-- the last result, last = the last chunk,
-- prompt_paint, error_paint, fits_errors = whether errors are wrapped,
-- interrupted_at = when the last interrupt came, history_failed = whether that
-- was reported, deletes_all = whether the line may delete without asking again.
local repl_methods = evaluator.methods()
local repl_mt = { __index = repl_methods }

local DOUBLE_INTERRUPT = 1 -- seconds within which a second interrupt leaves

-- ---- reading ----------------------------------------------------------------

--- Adds an entry to the history; reports once when that fails. Returns whether
-- the entry was kept: one with a secret in it is not.
function repl_methods:remember(text)
  local is_kept, problem = self.history:keep(text, secrets.list(self.globals))
  if is_kept then
    self.input:remember(text)
  end
  if problem and not self.history_failed then
    self.history_failed = true
    self.screen:note("the history is not kept: " .. problem)
  end
  return is_kept
end

--- Reads an entry of one or more lines. Returns a chunk; or nil and why there
-- is none: "end", "interrupt" or "error".
function repl_methods:read()
  local text, why = self.input:read(prompt.text(self.globals.rs,
    self.number + 1, self.prompt_paint))
  if not text then
    return nil, why
  end
  local chunk, message, is_open = chunk_of.compile(text)
  while not chunk and is_open do
    local more
    more, why = self.input:read(">> ", text)
    if not more then
      if why == "interrupt" then
        return nil, why
      end
      io.write("\n")
      break
    end
    text = text .. "\n" .. more
    chunk, message, is_open = chunk_of.compile(text)
  end
  local is_kept = self:remember(text)
  if not chunk then
    self:report_error(message)
    return nil, "error"
  end
  chunk.is_secret = not is_kept and text:find("%S") ~= nil
  return chunk
end

--- Warns of a local variable that ended with its line.
local function warn_of_local(repl, chunk)
  local name = not chunk.is_value and chunk_of.lost_local(chunk.text)
  if name and not chunk.text:find("\n") and
      not chunk.text:find(name .. "[^\n]*[%W]" .. name) then
    repl.screen:note(("%s was local to that line; without local it stays")
      :format(name))
  end
end

--- Records an interrupt. Returns whether it is the second one in a short time.
function repl_methods:interrupt()
  local now = core.monotonic()
  local before = self.interrupted_at
  self.interrupted_at = now
  return before ~= nil and now - before < DOUBLE_INTERRUPT
end

--- Reads and runs one entry. Returns the exit code when it was the last.
function repl_methods:turn()
  local chunk, why = self:read()
  if chunk then
    self.interrupted_at = nil
    if self:run_chunk(chunk) then
      warn_of_local(self, chunk)
    end
    self.known_ids:add_session(sessions.check(self.globals.rs))
    self.known_ids:add(rawget(self.globals, "_"))
  elseif why == "end" then
    io.write("\n")
    return 0
  elseif why == "interrupt" then
    io.write("^C\n")
    if self:interrupt() then
      return 130
    end
  end
end

--- Runs until the end of the input. An interrupt ends what runs, not the
-- program. Returns the exit code.
function repl_methods:run()
  while true do
    self.host.catch()
    local ok, code = pcall(self.turn, self)
    local signal = self.host.caught()
    if ok and code then
      return code
    elseif signal and signal ~= 2 then
      return 128 + signal
    elseif signal and self:interrupt() then
      return 130
    elseif not ok and not signal then
      error(code, 0)
    elseif not ok then
      io.write("\n")
    end
  end
end

-- ---- beginning --------------------------------------------------------------

--- Greets, and makes the session `rs` when a user or a sandbox is configured.
function repl_methods:greet(banner)
  self.screen:line(banner .. ". Ctrl-D leaves; help helps.")
  rawset(self.globals, "rackspace", rackspace)
  local rs, message = rawget(self.globals, "rs"), nil
  if rs == nil then
    rs, message = rackspace.new()
    rawset(self.globals, "rs", rs)
  end
  if rs then
    self.screen:line(width.plain("rs is a " .. tostring(rs) ..
      ". Try: rs.accounts:list()"))
  else
    self.screen:text(message)
    self.screen:line("There is no rs then. To look around, type: sandbox")
  end
end

--- Returns the screen's output: the terminal, with the progress cleared first
-- and secrets hidden.
local function output_of(repl, globals)
  return {
    write = function(text)
      repl.progress:clear()
      io.write(text)
    end, size = line.size,
    has_colours = paint_of.is_wanted(line.is_terminal(1), os.getenv),
    hide = function(text)
      return secrets.hide(text, globals)
    end,
  }
end

--- Returns a function that marks its colours for the line editor as having no
-- width.
local function marking(paint)
  return function(style, text)
    return (paint(style, text):gsub("\27%[[%d;]*m", "\1%0\1"))
  end
end

local function new(host, globals)
  local self = setmetatable({ host = host, globals = globals, number = 0,
    known_ids = known_ids_of.new(), transcript = transcript_of.new(),
    unseen = unseen_of.new(),
    history = history_of.new(os.getenv) }, repl_mt)
  self.screen = screen_of.new(output_of(self, globals))
  self.error_paint = paint_of.new(paint_of.is_wanted(line.is_terminal(2),
    os.getenv))
  self.fits_errors = line.is_terminal(2)
  self.progress = progress_of.new(self.fits_errors and
    function(text) io.stderr:write(text) end, line.size)
  self.input = input_of.new(line.open(), host, {
    globals = globals, ids = self.known_ids.ids }, self.screen)
  self.prompt_paint = self.input.is_edited and marking(self.screen.paint) or
    self.screen.paint
  for _, entry in ipairs((self.history:load())) do
    self.input:remember(entry)
  end
  commands.install(self)
  return self
end

--- Runs the prompt until its user leaves. Returns the exit code.
-- @param banner string: the name and version to greet with
-- @param host table: catch(), caught() for signals, files(folder) for names,
-- failures of scripts/failures.lua, has_consent = whether to delete without
-- asking
local function run(banner, host)
  local self = new(host, _G)
  if not host.has_consent and line.is_terminal(0) then
    deletion.ask_before(self)
  end
  if not host.failures.is_quiet then
    self.unseen:watch(self.globals, function() self.progress:clear() end)
    function host.failures.on_failure(err)
      self.unseen:add(err)
    end
  end
  self:greet(banner)
  return self:run()
end

return { run = run }
