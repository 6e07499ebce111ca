--- program.lua - the program `rackspace`: scripts, commands, the prompt
-- SPDX-License-Identifier: MIT
local options_of = require("rackspace.command.options")

local load_text = loadstring or load -- luacheck: ignore 143
local unpack = table.unpack or unpack -- luacheck: ignore 143

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

-- What a line finds without having asked for it, made when it does.
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

--- What comes after the lines has only what they have made of it. They may have
-- added to the metatable, as a strict mode does.
local function withdraw_offer()
  if offer.__index == find_offered then
    offer.__index = nil
  end
  if getmetatable(_G) == offer and next(offer) == nil then
    setmetatable(_G, nil)
  end
end

--- Runs lines of code: an exit code, and what went wrong.
local function run_lines(lines)
  if lines[1] then
    setmetatable(_G, offer)
  end
  for _, line in ipairs(lines) do
    local code, message = run_text(line)
    if code ~= 0 then
      return code, message
    end
  end
  withdraw_offer()
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

--- Reads the options before the script or the command, into a table that also
-- has the `place` of that; or nil and what is wrong.
local function read_options(arguments)
  local given, i = {}, 1
  while arguments[i] and arguments[i]:find("^%-.") do
    local problem
    i, problem = options_of.read(given, arguments, i)
    if not i then
      return nil, problem
    end
  end
  given.place = arguments[i] and i
  return given
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
  local code, message = run_lines(options.e or {})
  if code ~= 0 then
    return code, message
  elseif options.place then
    return run_script(arguments[options.place], rawget(_G, "arg"))
  end
  return 0
end

local function talk(host)
  withdraw_offer()
  return require("rackspace.repl").run(version_text(), host)
end

--- Says what was wrong; on a terminal, broken between words.
local function complain(host, text)
  text = "rackspace: " .. text
  if host.is_terminal(2) then
    local paragraph = require("rackspace.show.paragraph")
    text = paragraph.fit(text, (require("rackspace.line").size()))
  end
  io.stderr:write(text, "\n")
end

--- What was given, and then the prompt, whatever came of it.
local function run_and_talk(arguments, options, host)
  local ok, code, message = protector(host)(run_given, arguments, options)
  message = not ok and code or message
  if message then
    complain(host, message)
  end
  return talk(host)
end

local function run_all(arguments, options, host)
  rawset(_G, "arg", shift(arguments, options.place or 0))
  if options.i then
    return run_and_talk(arguments, options, host)
  elseif options.place or options.e then
    return run_given(arguments, options)
  elseif host.is_terminal() then
    return talk(host)
  end
  return run_script("-", {})
end

-- The programs that command/names.lua lists, which read their own arguments:
-- the run(arguments, host, protect) of each gives an exit code and a problem.
local programs = {
  report = function() return require("rackspace.report") end,
  sandbox = function() return require("rackspace.command.sandbox") end,
}

--- Runs a program of its own, such as the sandbox, by the words from its name
-- on.
local function run_program(name, arguments, options, host)
  local words = shift(arguments, options.place - 1)
  for _, word in ipairs(words) do
    if word == "--help" then
      io.write(require("rackspace.command.usage").own(name))
      return 0
    end
  end
  options_of.each_variable(options, host.setenv)
  return programs[name]().run(words, host, protector(host))
end

--- A word that could be a command, and is the name of no file.
local function is_unknown(word)
  if word == "-" or word:find("/", 1, true) or word:find("%.lua$") then
    return false
  end
  local file = io.open(word, "r")
  return not (file and file:close())
end

--- Prints what was asked for in place of a run; whether it was.
local function print_asked(options)
  if options.version then
    io.write(version_text(), "\n")
  elseif options.help then
    io.write(require("rackspace.command.usage").program())
  end
  return options.version or options.help
end

--- Does what the arguments say. Returns the exit code, what went wrong, and
-- what may help.
local function dispatch(arguments, host)
  local options, problem = read_options(arguments)
  local word = options and options.place and arguments[options.place]
  local names = word and require("rackspace.command.names")
  if not options then
    return 2, problem
  elseif word and names.programs[word] and not options.version then
    return run_program(word, arguments, options, host)
  elseif word and names.find(word) and not options.version then
    return require("rackspace.command").run(arguments, options.place, options,
      host)
  elseif print_asked(options) then
    return 0
  elseif word and is_unknown(word) then
    return require("rackspace.command").unknown(word)
  elseif options_of.of_command(options) then
    return 2, ("%s is for commands such as accounts.list"):format(
      options_of.of_command(options))
  end
  options_of.each_variable(options, host.setenv)
  return run_all(arguments, options, host)
end

--- Runs the program; returns its exit code.
local function main(arguments, host)
  host.catch()
  local ok, code, message, advice = protector(host)(dispatch, arguments, host)
  if not ok then
    code, message = 1, code
    if message == "interrupted" then
      code = 128 + (host.caught() or 0)
      io.stderr:write(host.is_terminal(2) and "\n" or "") -- there stands ^C
    end
  end
  if message then
    complain(host, message)
  end
  if code == 2 or advice then
    io.stderr:write("try: ", advice or "rackspace --help", "\n")
  end
  return code
end

return { main = main }
