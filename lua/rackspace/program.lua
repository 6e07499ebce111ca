--- program.lua - the program `rackspace`: scripts, one-liners, the sandbox
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")

local unpack = table.unpack or unpack -- luacheck: ignore 143

local usage = [==[
usage: rackspace [options] [script.lua [arguments]]
       rackspace sandbox [--port N] [--accounts N] [--seed N] [--state FILE]

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
  --state FILE      keep what was changed in a file
  --with-stdin      end when standard input is closed

exit codes: 0 done, 1 the script failed, 2 wrong usage, 130 interrupted
]==]

local function complain(message)
  io.stderr:write("rackspace: ", message, "\n")
end

local function usage_error(message)
  complain(message)
  io.stderr:write("try: rackspace --help\n")
  return 2
end

local function is_interrupt(message)
  return type(message) == "string" and message:find("interrupted$") ~= nil
end

--- An error value speaks for itself; anything else is a bug of the script's,
-- and a traceback helps.
local function add_traceback(message)
  if is_interrupt(message) then
    return "interrupted"
  elseif type(message) == "table" and getmetatable(message) and
      getmetatable(message).__tostring then
    return tostring(message)
  end
  return debug.traceback(tostring(message), 2)
end

--- Runs a chunk, protected: true, or false and what it raised.
local function protect(chunk, ...)
  local arguments, count = { ... }, select("#", ...)
  return xpcall(function()
    return chunk(unpack(arguments, 1, count))
  end, add_traceback)
end

--- Runs a chunk; returns the exit code.
local function run(chunk, ...)
  local ok, message = protect(chunk, ...)
  if ok then
    return 0
  end
  complain(message)
  return message == "interrupted" and 130 or 1
end

local function run_text(text, name, ...)
  local chunk, message = (loadstring or load)(text, name)
  if not chunk then
    complain(message)
    return 1
  end
  return run(chunk, ...)
end

local function run_script(path, arguments)
  if path == "-" then
    return run_text(io.read("*a"), "=stdin", unpack(arguments))
  end
  local chunk, message = loadfile(path)
  if not chunk then
    complain(message)
    return 1
  end
  return run(chunk, unpack(arguments))
end

local function version_text()
  local core = require("rackspace.core")
  local jit = rawget(_G, "jit")
  return ("rackspace %s (%s, %s)"):format(rackspace._VERSION,
    jit and jit.version or _VERSION, core.library)
end

-- ---- rackspace sandbox ----------------------------------------------------

local sandbox_options = { ["--port"] = "port", ["--accounts"] = "accounts",
  ["--seed"] = "seed", ["--state"] = "state" }

local function whole(text)
  local number = text and text:match("^%d+$") and tonumber(text)
  return number and number < 2 ^ 31 and number or nil
end

--- The sandbox's options from the arguments after "sandbox"; nil and what is
-- wrong with them.
local function read_sandbox_options(arguments)
  local options, i = {}, 2
  while arguments[i] do
    local name, value = arguments[i]:match("^(%-%-%l+)=(.*)$")
    name = name or arguments[i]
    if name == "--with-stdin" then
      options.with_stdin = true
    elseif not sandbox_options[name] then
      return nil, ("sandbox has no option '%s'"):format(arguments[i])
    else
      if not value then
        i = i + 1
        value = arguments[i]
      end
      local given = name == "--state" and value or whole(value)
      if not given then
        return nil, ("%s needs a %s"):format(name,
          name == "--state" and "file" or "whole number")
      end
      options[sandbox_options[name]] = given
    end
    i = i + 1
  end
  return options
end

local function announce(server, host)
  local json = require("rackspace.engine.json")
  local description = server.sandbox:describe(server:url())
  description.pid = host.pid()
  io.write((assert(json.encode(description)):gsub("\\/", "/")), "\n")
  io.flush()
end

local function serve(arguments, host)
  local options, problem = read_sandbox_options(arguments)
  if not options then
    return usage_error(problem)
  end
  local server, message = require("rackspace.sandbox.server").new(options)
  if not server then
    complain(message)
    return 1
  end
  announce(server, host)
  if options.with_stdin then
    host.end_with_stdin()
  end
  local _, reason = protect(function()
    while true do
      server:step(60)
    end
  end)
  server:close()
  if reason ~= "interrupted" then
    complain(reason)
    return 1
  end
  return 0
end

-- ---- scripts ----------------------------------------------------------------

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
  for _, line in ipairs(options.lines) do
    local code = run_text(line, "=-e")
    if code ~= 0 then
      return code
    end
  end
  if options.script then
    rawset(_G, "arg", shift(arguments, options.script))
    return run_script(arguments[options.script], rawget(_G, "arg"))
  elseif #options.lines > 0 then
    return 0
  elseif host.is_terminal() then
    return require("rackspace.repl").run(version_text(), host)
  end
  return run_script("-", {})
end

local function main(arguments, host)
  host.catch()
  if arguments[1] == "sandbox" then
    return serve(arguments, host)
  end
  local options, problem = read_options(arguments)
  if not options then
    return usage_error(problem)
  elseif options.print then
    io.write(options.print == "--help" and usage or version_text() .. "\n")
    return 0
  end
  if options.sandbox then
    host.setenv("RACKSPACE_SANDBOX", options.sandbox)
  end
  return run_all(arguments, options, host)
end

return { main = main }
