--- login.lua - `rackspace login`: asks for credentials, tests and keeps them
-- SPDX-License-Identifier: MIT
local credentials = require("rackspace.login.credentials")
local exits = require("rackspace.command.exits")
local file = require("rackspace.base.file")
local ini = require("rackspace.base.ini")
local nearest = require("rackspace.base.nearest")
local profile = require("rackspace.command.profile")
local rackspace = require("rackspace")
local sessions = require("rackspace.command.sessions")
local width = require("rackspace.show.width")

--- Asks at the terminal, or reads the next line of standard input.
local function read(terminal, prompt, is_hidden)
  if not terminal.is_terminal(0) then
    return terminal.read_line()
  elseif is_hidden then
    return terminal.ask_hidden(prompt)
  end
  return terminal.ask(prompt)
end

--- The problem of a text that was entered, or nil.
local function problem_of(text, what)
  if not text or not text:find("%S") then
    return ("there is no %s"):format(what)
  elseif text:find("%c") then
    return ("the %s holds a control character"):format(what)
  end
end

--- Asks for the values of a profile: { username =, api_key or password =,
-- region = }; or nil and a problem.
local function ask(invocation)
  local options, terminal = invocation.options, invocation.terminal
  local username = options.username or read(terminal, "Username: ")
  local problem = problem_of(username, "username")
  if problem then
    return nil, problem
  end
  local what = options.password and "password" or "API key"
  local key = read(terminal, what .. " (not shown): ", true)
  key = key and not options.password and ini.trim(key) or key
  problem = problem_of(key, what)
  if problem then
    return nil, problem
  end
  return { username = ini.trim(username), region = options.region,
    [options.password and "password" or "api_key"] = key }
end

--- Puts a profile into the file at a path: true, or nil and the problem.
local function change(path, name, values)
  local text, problem = file.read_trusted(path)
  if text then
    text, problem = profile.set(text, name, values)
  elseif not problem then
    text = profile.set("", name, values)
  end
  if not text then
    return nil, path .. ": " .. problem
  end
  local ok
  ok, problem = file.write(path, text)
  return ok, problem and ("%s can't be written: %s"):format(path, problem)
end

--- Keeps values as a profile: the file's path, or nil and the problem.
local function keep(name, values)
  local path = credentials.own_file(os.getenv)
  if not path then
    return nil, "there is no folder to keep a profile in: HOME is not set"
  end
  local ok, problem = file.locked(file.folder_of(path), change, path, name,
    values)
  return ok and path, problem
end

local function say(text)
  io.write(width.plain(text), "\n")
end

--- Returns the failure of a log-in that was to test the values. An error that
-- says nothing about them, such as a network's, can be passed over.
local function test_failure(err, message)
  local code, _, advice = exits.failure(err, message)
  message = message .. "; nothing was kept"
  if err and (err.challenge or
      err.kind ~= "auth" and err.kind ~= "forbidden") then
    return code, message, "rackspace login --no-test (keeps it without a test)"
  end
  return code, message, advice
end

--- Logs in with the values of a profile, and with what else it has when it is
-- there already. Returns an exit code, a message on failure, and advice.
local function test(invocation, name, values)
  local settings = sessions.settings(invocation)
  settings.profile = nearest.has(profile.names(), name) and name or ""
  for key, value in pairs(values) do
    settings[key] = value
  end
  local session, message, err = rackspace.new(settings)
  local access
  if session then
    local identity = session.identity
    access, message, err = sessions.progress(invocation):during(session,
      identity.login, identity)
    session:close()
  end
  if not access then
    return test_failure(err, message)
  end
  say(("%s is logged in; the token ends %s"):format(values.username,
    access.token.expires or "some time"))
  return exits.done
end

--- Runs the command. Returns an exit code, a message on failure, and advice.
local function run(invocation)
  local name = invocation.options.profile or os.getenv("RACKSPACE_PROFILE")
  name = name and name:find("%S") and name or "default"
  local problem = profile.problem(name)
  local values
  if not problem then
    values, problem = ask(invocation)
  end
  if problem then
    return exits.usage, "login: " .. problem, "rackspace help login"
  end
  if not invocation.options.no_test then
    local code, message, advice = test(invocation, name, values)
    if code ~= exits.done then
      return code, message, advice
    end
  end
  local path
  path, problem = keep(name, values)
  if not path then
    return exits.failed, "login: " .. problem
  end
  say(("profile '%s' is kept in %s"):format(name, path))
  return exits.done
end

return { run = run }
