--- program.lua - the program `rackspace`: scripts, commands, the prompt
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.command.commands")
local program_options = require("rackspace.command.program_options")

local unpack = table.unpack or unpack -- luacheck: ignore 143

local function is_interrupt(message, host)
  return host.caught() and type(message) == "string" and
    message:find("interrupted$") ~= nil
end

--- Returns the traceback of an error in a script, without the program's own
-- frames around it.
local function traceback(message)
  local lines = { message, "stack traceback:" }
  for line in debug.traceback():gmatch("\n(%s+[^\n]*)") do
    local is_own = line:find("rackspace/program.lua:", 1, true)
    if is_own and #lines > 2 then
      break
    elseif not is_own and not line:find("tail call", 1, true) then
      lines[#lines + 1] = line
    end
  end
  return table.concat(lines, "\n")
end

--- Returns a message with a failed call that it comes of, if there is one.
local function with_cause(message, host)
  local found = host.failures and host.failures:cause_of(message)
  return found and message .. "\nthat nil is from a call that failed: " ..
    found or message
end

--- Returns the text of an error: of an error value its message, and of
-- anything else, which is a bug of the script, with a traceback.
local function explain(message, host)
  local metatable = type(message) == "table" and getmetatable(message)
  if is_interrupt(message, host) then
    return "interrupted"
  elseif type(metatable) == "table" and metatable.__tostring then
    return tostring(message)
  end
  return traceback(with_cause(tostring(message), host))
end

--- Returns a pcall whose error is a text to print.
local function protector(host)
  return function(fn, ...)
    local arguments, count = { ... }, select("#", ...)
    return xpcall(function()
      return fn(unpack(arguments, 1, count))
    end, function(message)
      return explain(message, host)
    end)
  end
end

--- Compiles a script. Returns a function, or nil and a message.
local function compile(text, source, host)
  local script = require("rackspace.scripts.script")
  local failures = host.failures
  local run, message = script.compile(text, source, failures:listener())
  if run then
    failures:add_chunk(source, text)
  end
  return run, message
end

--- Runs a compiled script. What it returns nobody else looks at.
local function run_chunk(chunk, source, host, ...)
  host.failures:judge(source, chunk(...))
  return 0
end

local function run_text(text, host)
  local chunk, message = compile(text, "=-e", host)
  if not chunk then
    return 1, message
  end
  return run_chunk(chunk, "=-e", host)
end

-- The globals that a line of -e finds, made when it first uses them.
local offered = {
  rackspace = function() return require("rackspace") end,
  rs = function()
    local rs, _, err = require("rackspace").new()
    return rs or error(err, 0)
  end,
}

local function find_offered(globals, name)
  if offered[name] then
    rawset(globals, name, offered[name]())
  end
  return rawget(globals, name)
end

local offer = { __index = find_offered }

--- Takes the offered globals away: the script after the lines has only those
-- that were used. Lines may have added to the metatable, as a strict mode
-- does.
local function withdraw_offer()
  if offer.__index == find_offered then
    offer.__index = nil
  end
  if getmetatable(_G) == offer and next(offer) == nil then
    setmetatable(_G, nil)
  end
end

--- Runs lines of code. Returns an exit code, and what went wrong.
local function run_lines(lines, host)
  if lines[1] then
    setmetatable(_G, offer)
  end
  for _, line in ipairs(lines) do
    local code, message = run_text(line, host)
    if code ~= 0 then
      return code, message
    end
  end
  withdraw_offer()
  return 0
end

--- Returns the text of a script, or nil and why it can't be read.
local function read_script(path)
  if path == "-" then
    return io.read("*a") or ""
  end
  local file, problem = io.open(path, "rb")
  local text
  if file then
    text, problem = file:read("*a")
    file:close()
    problem = problem and path .. ": " .. problem
  end
  return text, problem and "cannot open " .. problem
end

local function run_script(path, arguments, host)
  local source = path == "-" and "=stdin" or "@" .. path
  local text, chunk, message
  text, message = read_script(path)
  if text then
    chunk, message = compile(text, source, host)
  end
  if not chunk then
    return 1, message
  end
  return run_chunk(chunk, source, host, unpack(arguments))
end

local function version_text()
  local core, rackspace = require("rackspace.core"), require("rackspace")
  local jit = rawget(_G, "jit")
  return ("rackspace %s (%s, %s)"):format(rackspace._VERSION,
    jit and jit.version or _VERSION, core.library)
end

--- Returns the script's own `arg`: its name at 0, its arguments from 1 on.
local function shift(arguments, position)
  local shifted = {}
  for i = 0, #arguments do
    shifted[i - position] = arguments[i]
  end
  return shifted
end

--- Runs the lines and the script. Returns an exit code, and what went wrong.
local function run_given(options, script, host)
  local code, message = run_lines(options.e or {}, host)
  if code ~= 0 then
    return code, message
  elseif script then
    return run_script(script, rawget(_G, "arg"), host)
  end
  return 0
end

local function talk(host)
  withdraw_offer()
  return require("rackspace.repl").run(version_text(), host)
end

--- Prints a message on standard error; on a terminal, broken between words.
local function complain(host, text)
  local width = require("rackspace.show.width")
  text = width.plain_lines("rackspace: " .. text)
  if host.is_terminal(2) then
    local paragraph = require("rackspace.show.paragraph")
    text = paragraph.fit(text, (require("rackspace.line").size()))
  end
  io.stderr:write(text, "\n")
end

--- Runs what was given, and then the prompt, even if that failed.
local function run_and_talk(options, script, host)
  local ok, code, message = protector(host)(run_given, options, script, host)
  message = not ok and code or message
  if message then
    complain(host, message)
  end
  return talk(host)
end

--- Hears of the calls that fail from now on.
local function listen(options, host)
  host.failures = require("rackspace.scripts.failures").new(function(text)
    io.stdout:flush()
    complain(host, text)
  end, options.quiet_failures)
  host.failures:listen()
  host.has_consent = options.yes
end

--- Returns the exit code of scripts that have ended: that of the first failed
-- call that they dropped, if there is one.
local function code_of(host, code, message)
  local err = host.failures.first
  if code == 0 and err then
    return (require("rackspace.command.exits").of(err))
  end
  return code, message
end

--- Runs the lines of the options, the script arguments[position], and the
-- prompt, each if requested.
local function run_all(arguments, position, options, host)
  local script = arguments[position]
  program_options.each_variable(options, host.setenv)
  rawset(_G, "arg", shift(arguments, script and position or 0))
  listen(options, host)
  if options.i then
    return run_and_talk(options, script, host)
  elseif script or options.e then
    return code_of(host, run_given(options, script, host))
  elseif host.is_terminal() then
    return talk(host)
  end
  return code_of(host, run_script("-", {}, host))
end

local function asks_for_help(words)
  for _, word in ipairs(words) do
    if word == "--help" or word == "-h" then
      return true
    end
  end
  return false
end

-- The programs among the commands, above them or loaded late.
local programs = {
  mcp = function() return require("rackspace.command.mcp") end,
  report = function() return require("rackspace.report") end,
  sandbox = function() return require("rackspace.command.sandbox") end,
}

--- Loads a program among the commands. Returns nil and an error value where a
-- library that it needs is missing.
local function load_program(name)
  local ok, program = pcall(programs[name])
  if ok then
    return program
  elseif type(program) == "table" and program.kind then
    return nil, program
  end
  error(program, 0)
end

--- Runs a command that is a program of its own, such as the sandbox, by the
-- words behind its name.
local function run_program(command, words, options, host)
  if asks_for_help(words) then
    io.write(require("rackspace.command.usage").of_program(command))
    return 0
  end
  local given = {}
  local parser = require("rackspace.command.options").parser(command.options,
    command.name)
  local ok, problem = parser:read(given, words, 1)
  if not ok then
    return 2, problem, command.advice
  end
  program_options.each_variable(options, host.setenv)
  local program, err = load_program(command.name)
  if not program then
    return (require("rackspace.command.exits").of(err)), err.message
  end
  return program.run(given, host, protector(host))
end

--- Returns whether a word may be a mistyped command: it is no file's name.
local function is_unknown(word)
  return word ~= "-" and not word:find("/", 1, true) and
    not word:find("%.lua$") and not commands.is_script(word)
end

--- Prints the versions or the usage if requested. Returns whether it did.
local function print_asked(options)
  if options.version then
    io.write(version_text(), "\n")
  elseif options.help then
    io.write(require("rackspace.command.usage").program())
  end
  return options.version or options.help
end

--- Runs what the arguments ask for. Returns an exit code, what went wrong, and
-- a command that may help.
local function dispatch(arguments, host)
  local options = {}
  local position, problem = program_options.leading:read_leading(options,
    arguments)
  if not position then
    return 2, problem
  end
  local word, kind, command = arguments[position], nil, nil
  if word and not options.version then
    kind, command = commands.find(word)
  end
  if kind == "program" then
    return run_program(command, shift(arguments, position), options, host)
  elseif kind then
    return require("rackspace.command").run(arguments, position, options, host)
  elseif print_asked(options) then
    return 0
  elseif word and is_unknown(word) then
    return require("rackspace.command").unknown(word)
  elseif program_options.command_only(options) then
    return 2, ("%s is for commands such as accounts.list"):format(
      program_options.command_only(options))
  end
  return run_all(arguments, position, options, host)
end

--- Runs the program; returns its exit code.
local function main(arguments, host)
  host.catch()
  local ok, code, message, advice = protector(host)(dispatch, arguments, host)
  if not ok then
    code, message = 1, code
    if message == "interrupted" then
      code = 128 + (host.caught() or 0)
      io.stderr:write(host.is_terminal(2) and "\n" or "") -- after ^C
    end
  end
  if message then
    complain(host, message)
  end
  if code == 2 or advice then
    local width = require("rackspace.show.width")
    io.stderr:write("try: ", width.plain_lines(advice or "rackspace --help"),
      "\n")
  end
  return code
end

return { main = main }
