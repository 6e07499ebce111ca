--- program.lua - the program `rackspace`: scripts, one-liners, the sandbox
-- SPDX-License-Identifier: MIT
local load_text = loadstring or load -- luacheck: ignore 143
local unpack = table.unpack or unpack -- luacheck: ignore 143

local usage = [==[
usage: rackspace [options] [script.lua [arguments]]
       rackspace sandbox [--port N] [--accounts N] [--seed N] [--customers N]
                         [--dialect NAME] [--limits on|off] [--state FILE]
                         [--faults FILE] [--with-stdin]
       rackspace report [--sandbox[=URL]] [--profile NAME] [--concurrency N]
                        [--max N] [-o FILE]

  script.lua        run a script; - reads it from standard input
  -e CODE           run a line of Lua; may be repeated
  -i                then talk: type Lua and see what it gives
  --sandbox[=URL]   rackspace.new() gives a session with the sandbox inside,
                    or with the one that runs at URL; no account is needed
  --profile=NAME    the section of ~/.config/rackspace/config to use
  --read-only       refuse every call that could change something
  --version         print the versions
  --help            print this

Without a script, on a terminal: type Lua and see what it gives.

rackspace sandbox serves the sandbox over HTTP on 127.0.0.1 until it is
interrupted. Its first line of output is JSON: url, endpoints, credentials.
  --port N          the port; 0, the default, takes a free one
  --accounts N      how many accounts there are (137)
  --seed N          another set of accounts (1)
  --customers N     how many customers the Email & Apps reseller has (3)
  --dialect NAME    the Customer Service of the "reference", the default, or
                    of the "openapi" document
  --limits off      take any number of calls, not only the documented ones
  --state FILE      keep what was changed in a file
  --faults FILE     what is to go wrong: a JSON list, as doc/faults.md says
  --with-stdin      end when standard input is closed

rackspace report writes all accounts and tickets as one page of HTML:
  -o FILE           where it goes; without it, to standard output
  --profile NAME    of this section of ~/.config/rackspace/config
  --concurrency N   how many accounts are looked at at a time (8)
  --max N           no more than N accounts

exit codes: 0 done, 1 the script failed, 2 wrong usage, 130 interrupted
]==]

-- What the program does beside running Lua, by the first argument.
local commands = { report = "rackspace.report",
  sandbox = "rackspace.sandbox.command" }

local function is_interrupt(message, host)
  return host.caught() and type(message) == "string" and
    message:find("interrupted$") ~= nil
end

--- How the script came to its error, without the program's own part around.
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

--- An error value speaks for itself; anything else is a bug of the script's,
-- and a traceback helps.
local function explain(message, host)
  local metatable = type(message) == "table" and getmetatable(message)
  if is_interrupt(message, host) then
    return "interrupted"
  elseif type(metatable) == "table" and metatable.__tostring then
    return tostring(message)
  end
  return traceback(tostring(message))
end

--- A pcall whose error is a text to print.
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

local function run_text(text)
  local script, message = load_text(text, "=-e")
  if not script then
    return 1, message
  end
  script()
  return 0
end

local function run_script(path, arguments)
  local script, message = loadfile(path ~= "-" and path or nil)
  if not script then
    return 1, message
  end
  script(unpack(arguments))
  return 0
end

local function version_text()
  local core, rackspace = require("rackspace.core"), require("rackspace")
  local jit = rawget(_G, "jit")
  return ("rackspace %s (%s, %s)"):format(rackspace._VERSION,
    jit and jit.version or _VERSION, core.library)
end

-- Options of one word, and what they do with { lines = {}, environment = {} }.
local flags = {
  ["-i"] = function(options) options.is_interactive = true end,
  ["--sandbox"] = function(options)
    options.environment.RACKSPACE_SANDBOX = "1"
  end,
  ["--read-only"] = function(options)
    options.environment.RACKSPACE_READ_ONLY = "1"
  end,
  ["--version"] = function(options) options.print = "--version" end,
  ["--help"] = function(options) options.print = "--help" end,
}

-- Options with a value behind "=": the variable that has it.
local variables = { ["--sandbox"] = "RACKSPACE_SANDBOX",
  ["--profile"] = "RACKSPACE_PROFILE" }

--- Reads the option at a place: the next place, or nil and what is wrong.
local function read_option(options, arguments, i)
  local argument = arguments[i]
  local name, value = argument:match("^(%-%-[%w-]+)=(.+)$")
  if argument == "-e" and not arguments[i + 1] then
    return nil, "-e needs a line of Lua"
  elseif argument == "-e" then
    table.insert(options.lines, arguments[i + 1])
    return i + 2
  elseif flags[argument] then
    flags[argument](options)
  elseif variables[name] then
    options.environment[variables[name]] = value
  else
    return nil, ("there is no option '%s'"):format(argument)
  end
  return i + 1
end

--- Reads the options before the script: { lines =, environment =, script = its
-- place }, or nil and what is wrong.
local function read_options(arguments)
  local options, i = { lines = {}, environment = {} }, 1
  while arguments[i] and arguments[i]:find("^%-.") do
    local problem
    i, problem = read_option(options, arguments, i)
    if not i then
      return nil, problem
    end
  end
  options.script = arguments[i] and i
  return options
end

--- The script's own `arg`: its name at 0, what follows from 1.
local function shift(arguments, place)
  local shifted = {}
  for i = 0, #arguments do
    shifted[i - place] = arguments[i]
  end
  return shifted
end

--- Runs the lines and the script: an exit code, and what went wrong.
local function run_given(arguments, options)
  for _, line in ipairs(options.lines) do
    local code, message = run_text(line)
    if code ~= 0 then
      return code, message
    end
  end
  if options.script then
    return run_script(arguments[options.script], rawget(_G, "arg"))
  end
  return 0
end

local function talk(host)
  return require("rackspace.repl").run(version_text(), host)
end

--- What was given, and then the prompt, whatever came of it.
local function run_and_talk(arguments, options, host)
  local ok, code, message = protector(host)(run_given, arguments, options)
  message = not ok and code or message
  if message then
    io.stderr:write("rackspace: ", message, "\n")
  end
  return talk(host)
end

local function run_all(arguments, options, host)
  rawset(_G, "arg", shift(arguments, options.script or 0))
  if options.is_interactive then
    return run_and_talk(arguments, options, host)
  elseif options.script or options.lines[1] then
    return run_given(arguments, options)
  elseif host.is_terminal() then
    return talk(host)
  end
  return run_script("-", {})
end

local function has(arguments, wanted)
  for _, argument in ipairs(arguments) do
    if argument == wanted then
      return true
    end
  end
  return false
end

--- Does what the arguments say. Returns the exit code and what went wrong.
local function dispatch(arguments, host)
  if commands[arguments[1]] then
    if has(arguments, "--help") then
      io.write(usage)
      return 0
    end
    local command = require(commands[arguments[1]])
    return command.run(arguments, host, protector(host))
  end
  local options, problem = read_options(arguments)
  if not options then
    return 2, problem
  elseif options.print then
    io.write(options.print == "--help" and usage or version_text() .. "\n")
    return 0
  end
  for name, value in pairs(options.environment) do
    host.setenv(name, value)
  end
  return run_all(arguments, options, host)
end

--- Runs the program; returns its exit code.
local function main(arguments, host)
  host.catch()
  local ok, code, message = protector(host)(dispatch, arguments, host)
  if not ok then
    code, message = 1, code
    if message == "interrupted" then
      code = 128 + (host.caught() or 0)
    end
  end
  if message then
    io.stderr:write("rackspace: ", message, "\n")
  end
  if code == 2 then
    io.stderr:write("try: rackspace --help\n")
  end
  return code
end

return { main = main }
