--- program.lua - the program `rackspace`: scripts, one-liners, the sandbox
-- SPDX-License-Identifier: MIT
local load_text = loadstring or load -- luacheck: ignore 143
local unpack = table.unpack or unpack -- luacheck: ignore 143

local usage = [==[
usage: rackspace [options] [script.lua [arguments]]
       rackspace sandbox [--port N] [--accounts N] [--seed N] [--customers N]
                         [--dialect NAME] [--limits on|off] [--state FILE]
                         [--with-stdin]

  script.lua        run a script; - reads it from standard input
  -e CODE           run a line of Lua; may be repeated
  --sandbox[=URL]   rackspace.new() gives a session with the sandbox inside,
                    or with the one that runs at URL; no account is needed
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
  --with-stdin      end when standard input is closed

exit codes: 0 done, 1 the script failed, 2 wrong usage, 130 interrupted
]==]

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

--- Reads the options before the script: { lines =, sandbox =, script = its
-- place }, or nil and what is wrong.
local function read_options(arguments)
  local options, i = { lines = {} }, 1
  while arguments[i] do
    local argument = arguments[i]
    if argument == "-e" then
      i = i + 1
      if not arguments[i] then
        return nil, "-e needs a line of Lua"
      end
      table.insert(options.lines, arguments[i])
    elseif argument == "--sandbox" then
      options.sandbox = "1"
    elseif argument:find("^%-%-sandbox=.") then
      options.sandbox = argument:match("=(.*)$")
    elseif argument == "--version" or argument == "--help" then
      options.print = argument
    elseif argument:find("^%-.") then
      return nil, ("there is no option '%s'"):format(argument)
    else
      options.script = i
      break
    end
    i = i + 1
  end
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

local function run_all(arguments, options, host)
  rawset(_G, "arg", shift(arguments, options.script or 0))
  for _, line in ipairs(options.lines) do
    local code, message = run_text(line)
    if code ~= 0 then
      return code, message
    end
  end
  if options.script then
    return run_script(arguments[options.script], rawget(_G, "arg"))
  elseif #options.lines > 0 then
    return 0
  elseif host.is_terminal() then
    return require("rackspace.repl").run(version_text(), host)
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
  if arguments[1] == "sandbox" then
    if has(arguments, "--help") then
      io.write(usage)
      return 0
    end
    local command = require("rackspace.sandbox.command")
    return command.run(arguments, host, protector(host))
  end
  local options, problem = read_options(arguments)
  if not options then
    return 2, problem
  elseif options.print then
    io.write(options.print == "--help" and usage or version_text() .. "\n")
    return 0
  end
  if options.sandbox then
    host.setenv("RACKSPACE_SANDBOX", options.sandbox)
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
