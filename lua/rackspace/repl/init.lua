--- init.lua - reads Lua from a terminal, runs it, and shows what it gives
-- SPDX-License-Identifier: MIT
local chunk_of = require("rackspace.repl.chunk")
local core = require("rackspace.core")
local evaluator = require("rackspace.repl.evaluator")
local history_of = require("rackspace.repl.history")
local input_of = require("rackspace.repl.input")
local line = require("rackspace.line")
local paint_of = require("rackspace.show.paint")
local progress_of = require("rackspace.show.progress")
local prompt = require("rackspace.repl.prompt")
local rackspace = require("rackspace")
local screen_of = require("rackspace.repl.screen")
local secrets_of = require("rackspace.repl.secrets")
local seen_of = require("rackspace.repl.seen")
local sessions = require("rackspace.manual.sessions")
local tools = require("rackspace.repl.tools")
local transcript_of = require("rackspace.repl.transcript")

local repl_methods = evaluator.methods()
local repl_mt = { __index = repl_methods }

-- Two interrupts within this time are a wish to leave.
local quick = 1

-- ---- reading ----------------------------------------------------------------

--- Keeps an entry for later; says once what is in the way of that.
function repl_methods:remember(text)
  local secrets = secrets_of.list(self.globals)
  local is_kept, problem = self.history:keep(text, secrets)
  if is_kept then
    self.input:remember(text)
  end
  if problem and not self.complained then
    self.complained = true
    self.screen:note("the history is not kept: " .. problem)
  end
  return is_kept
end

--- Reads one entry, over as many lines as it takes: a chunk. Or nil, and why
-- there is none: "end", "interrupt", "error".
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
    self:complain(message)
    return nil, "error"
  end
  chunk.is_secret = not is_kept and text:find("%S") ~= nil
  return chunk
end

local function warn_of_local(self, chunk)
  local name = not chunk.is_value and chunk_of.lost_local(chunk.text)
  if name and not chunk.text:find("\n") and
      not chunk.text:find(name .. "[^\n]*[%W]" .. name) then
    self.screen:note(("%s was local to that line; without local it stays")
      :format(name))
  end
end

--- Notes an interrupt. Returns whether it is the second one in a short time.
function repl_methods:is_leaving()
  local now = core.monotonic()
  local before = self.interrupted_at
  self.interrupted_at = now
  return before ~= nil and now - before < quick
end

--- One line of the conversation. Returns the exit code when it was the last.
function repl_methods:turn()
  local chunk, why = self:read()
  if chunk then
    self.interrupted_at = nil
    if self:run_chunk(chunk) then
      warn_of_local(self, chunk)
    end
    self.seen:note_session(sessions.check(self.globals.rs))
    self.seen:note(rawget(self.globals, "_"))
  elseif why == "end" then
    io.write("\n")
    return 0
  elseif why == "interrupt" then
    io.write("^C\n")
    if self:is_leaving() then
      return 130
    end
  end
end

--- Until the end of input; an interrupt ends what runs, not the program.
function repl_methods:run()
  while true do
    self.host.catch()
    local ok, code = pcall(self.turn, self)
    local signal = self.host.caught()
    if ok and code then
      return code
    elseif signal and signal ~= 2 then
      return 128 + signal
    elseif signal and self:is_leaving() then
      return 130
    elseif not ok and not signal then
      error(code, 0)
    elseif not ok then
      io.write("\n")
    end
  end
end

-- ---- beginning --------------------------------------------------------------

--- `rs` is there from the start when a user or a sandbox is configured.
function repl_methods:greet(banner)
  self.screen:line(banner .. ". Ctrl-D leaves; help helps.")
  rawset(self.globals, "rackspace", rackspace)
  local rs, message = rawget(self.globals, "rs"), nil
  if rs == nil then
    rs, message = rackspace.new()
    rawset(self.globals, "rs", rs)
  end
  if rs then
    self.screen:line("rs is a " .. tostring(rs) .. ". Try: rs.accounts:list()")
  else
    self.screen:text(message)
    self.screen:line("There is no rs then. To look around, type: sandbox")
  end
end

--- What the terminal is, for who prints on it.
local function output_of(self, globals)
  return {
    write = function(text)
      self.progress:clear()
      io.write(text)
    end, size = line.size,
    has_colours = paint_of.is_wanted(line.is_terminal(1), os.getenv),
    hide = function(text)
      return secrets_of.hide(text, secrets_of.list(globals))
    end,
  }
end

--- Codes of the prompt's colours, marked as taking no room.
local function marking(paint)
  return function(style, text)
    return (paint(style, text):gsub("\27%[[%d;]*m", "\1%0\1"))
  end
end

local function new(host, globals)
  local self = setmetatable({ host = host, globals = globals, number = 0,
    seen = seen_of.new(),
    transcript = transcript_of.new(), saved = {},
    history = history_of.new(core.private, os.getenv) }, repl_mt)
  self.screen = screen_of.new(output_of(self, globals))
  self.error_paint = paint_of.new(paint_of.is_wanted(line.is_terminal(2),
    os.getenv))
  self.fits_errors = line.is_terminal(2)
  self.progress = progress_of.new(self.fits_errors and
    function(text) io.stderr:write(text) end, line.size)
  self.input = input_of.new(line.open(), host, {
    globals = globals, ids = self.seen.ids }, self.screen)
  self.prompt_paint = self.input.is_edited and marking(self.screen.paint) or
    self.screen.paint
  for _, entry in ipairs((self.history:load())) do
    self.input:remember(entry)
  end
  tools.install(self)
  return self
end

--- Talks with a person until they leave. Returns the exit code.
local function run(banner, host)
  local self = new(host, _G)
  self:greet(banner)
  return self:run()
end

return { run = run }
