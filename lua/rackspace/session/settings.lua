--- settings.lua - the settings of a session: their fields, checks and defaults
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local allow = require("rackspace.call.allow")
local core = require("rackspace.core")
local credentials = require("rackspace.login.credentials")
local endpoints = require("rackspace.session.endpoints")
local file = require("rackspace.base.file")
local limits = require("rackspace.call.limits")
local log = require("rackspace.call.log")
local members = require("rackspace.base.members")
local nearest = require("rackspace.base.nearest")
local token_cache = require("rackspace.login.token_cache")
local types = require("rackspace.row.types")

local known = {
  { name = "username", type = "string", doc = "The Identity user." },
  { name = "api_key", type = "secret", doc = "The user's API key." },
  { name = "password", type = "secret", doc = "Or the password." },
  { name = "token", type = "secret", record = "token",
    doc = "A token, alone or with a tenant to log in to." },
  { name = "tenant", type = "id", record = "id",
    doc = "The tenant to log in to." },
  { name = "passcode", type = "function", is_secret = true,
    doc = "Called with the factor's name when a log-in asks for one more; " ..
      "returns the code." },
  { name = "email", type = "Email", doc = "Keys of the Email & Apps API." },
  { name = "version", type = "string",
    doc = 'The version of the Email & Apps API: "v1", or "v0".' },
  { name = "profile", type = "string",
    doc = "The section of ~/.config/rackspace/config to use." },
  { name = "region", type = "string", doc = '"US" or "UK".' },
  { name = "endpoints", type = "Endpoints",
    doc = "Where the services are, where not at their own addresses." },
  { name = "ca_file", type = "string",
    doc = "Certificates to trust, instead of the system's." },
  { name = "proxy", type = "secret",
    doc = "The proxy's URL, a secret since it may hold a password. Never " ..
      "used for this machine itself." },
  { name = "dialect", type = "string", known = { "reference", "openapi" },
    doc = 'Which rendering of the Customer Service: "reference" or ' ..
      '"openapi".' },
  { name = "status_history_path", type = "string",
    known = { "plural", "singular" },
    doc = 'The path of accounts.status_history: "plural" ' ..
      '(/v1/customer_accounts), "singular" (/v1/customer_account, as the ' ..
      "reference prints it); without it, the one that answers." },
  { name = "format", type = "string", known = { "json", "xml" },
    doc = 'What to ask for where a service has XML: "json" or "xml".' },
  { name = "timeout", type = "number", min = 0.001, default = 120,
    doc = "Seconds that one attempt may take." },
  { name = "connect_timeout", type = "number", min = 0.001, default = 10,
    doc = "Seconds to connect in." },
  { name = "stall_timeout", type = "number", min = 1, default = 60,
    max = 1000000, doc = "Seconds in which something must be heard." },
  { name = "deadline", type = "number", min = 0.001,
    doc = "Seconds that a whole call may take, repeats included." },
  { name = "retries", type = "integer", min = 0, default = 4,
    doc = "How often a call that failed is made again at most, where that " ..
      "is safe; 0 for never." },
  { name = "limits", type = "any",
    doc = "false to call as fast as can be, or other limits than those " ..
      'that the services document: { ["tickets.create"] = { 5, per = ' ..
      "60 } }, false for none." },
  { name = "allow", type = "any",
    doc = "The only operations that the session may call, as in " ..
      '{ "accounts.*", "tickets.get" }; others fail with the kind ' ..
      '"refused". Without it, all.' },
  { name = "max_body", type = "integer", min = 1, default = 64 * 1048576,
    doc = "The most bytes that an answer may have." },
  { name = "user_agent", type = "string",
    doc = "How the session calls itself; put before its own name." },
  { name = "cache", type = "any",
    doc = "Whether tokens are kept on disk for later sessions: true, false, " ..
      "or the folder to keep them in. By default as RACKSPACE_TOKEN_CACHE " ..
      "says (`off` or a folder), else in ~/.cache/rackspace; none with a " ..
      "`transport` or a sandbox." },
  { name = "transport", type = "function",
    doc = "Sends a request instead of the client: request -> response." },
  { name = "loop", type = "any",
    doc = "What runs the calls: another session, to share its connections " ..
      "and its tasks; or a loop of luv's, cqueues' or your own, as in " ..
      "doc/concurrency.md." },
  { name = "sandbox", type = "any",
    doc = "true for the sandbox inside this process, or a running one's " ..
      "URL." },
  { name = "read_only", type = "boolean",
    doc = "true to send nothing that could change anything but the log-in; " ..
      "RACKSPACE_READ_ONLY=1 in the environment, or read_only = true in a " ..
      "profile, does the same." },
  { name = "patch", type = "boolean",
    doc = "false to send PUT where PATCH is documented." },
  { name = "log", type = "any",
    doc = 'What is told on standard error: "info", "debug", "json" (the ' ..
      'same as JSON), or "off"; or a function that is given each line.' },
  { name = "clock", type = "table",
    doc = "time(), monotonic() and sleep(seconds), instead of the system's; " ..
      "and random(), which spreads repeats, where it has one." },
}

local email = {
  { name = "user_key", type = "string", required = true,
    doc = "The user key." },
  { name = "secret_key", type = "secret", required = true,
    doc = "The secret key." },
}

--- Returns the names of the settings that are secret, or give a secret.
local function secret_names()
  local names = {}
  for _, name in ipairs(credentials.secret_names) do
    names[#names + 1] = name
  end
  for _, fields in ipairs{ known, email } do
    for _, field in ipairs(fields) do
      if field.type == "secret" or field.is_secret then
        names[#names + 1] = field.name
      end
    end
  end
  return names
end

--- Returns the record types of the settings, by name. `declared` has the
-- endpoints of the services, as services.endpoints() returns them.
local function records_of(declared)
  local fields = {}
  for i, name in ipairs(members.keys(declared)) do
    fields[i] = { name = name, type = "string", default = declared[name].url,
      doc = ("Where %s is%s."):format(name, endpoints.choices(declared[name])) }
  end
  return { Email = email, Endpoints = fields }
end

--- Returns the problem of a setting that has none of its `known` values, or
-- nil.
local function check_known(settings)
  for _, field in ipairs(known) do
    local value = settings[field.name]
    if field.known and value ~= nil and
        not nearest.has(field.known, value) then
      return ("'%s' must be \"%s\", not '%s'"):format(field.name,
        table.concat(field.known, '" or "'), tostring(value))
    end
  end
end

local sandbox_types = { boolean = true, string = true, table = true }

--- Returns the problem of the setting `loop`, or nil.
local function loop_problem(settings)
  local loop = settings.loop
  if loop == nil then
    return nil
  elseif type(loop) ~= "table" or
      type(rawget(loop, "scheduler")) ~= "table" and
      type(loop.guest) ~= "function" then
    return "must be a session or a loop of rackspace.loop.*"
  elseif rawget(loop, "closed") then
    return "is a session that was closed"
  elseif settings.clock then
    return "has a clock of its own: 'clock' can't stand beside it"
  end
end

--- Returns the problem of settings whose types are right, or nil.
local function problem_of(settings)
  local agent, clock = settings.user_agent, settings.clock
  if agent and (agent:find("%c") or agent == "") then
    return "'user_agent' is empty or holds a control character"
  elseif settings.sandbox ~= nil and
      not sandbox_types[type(settings.sandbox)] then
    return "'sandbox' must be true, a URL or a sandbox, not a " ..
      type(settings.sandbox)
  elseif loop_problem(settings) then
    return "'loop' " .. loop_problem(settings)
  elseif settings.version and not settings.version:find("^v%d+$") then
    return "'version' must be such as \"v1\""
  elseif settings.limits ~= nil and limits.problem(settings.limits) then
    return "'limits' " .. limits.problem(settings.limits)
  elseif settings.allow ~= nil and allow.problem(settings.allow) then
    return "'allow' " .. allow.problem(settings.allow)
  elseif clock and not (clock.time and clock.monotonic and clock.sleep) then
    return "'clock' must have time(), monotonic() and sleep(seconds)"
  elseif log.fault(settings.log) then
    return "'log' " .. log.fault(settings.log)
  end
  for _, field in ipairs(known) do
    local value = settings[field.name]
    if type(value) == "string" and value:find("[%z\r\n]") then
      return ("'%s' holds a line break or a NUL byte"):format(field.name)
    end
  end
end

local texts = { unknown = "unknown setting '%s'%s", wrong = "'%s' %s" }

--- Checks a table of settings. Returns a copy with the defaults, or nil and a
-- problem. `declared` has the endpoints of the services.
local function check(options, declared)
  local settings, problem = types.check_fields(options, known,
    records_of(declared), texts, types.defaults(known))
  problem = problem or problem_of(settings) or check_known(settings) or
    token_cache.problem(settings)
  if problem then
    return nil, problem
  end
  settings.proxy = settings.proxy and core.secret(settings.proxy)
  return settings
end

local function lua_version()
  local jit = rawget(_G, "jit")
  return jit and jit.version or _VERSION
end

--- Returns the User-Agent of a session. `prefix` is the setting, or nil.
local function user_agent(prefix)
  local own = ("rackspace-lua/%s (%s; %s)"):format(core._VERSION,
    lua_version(), core.library)
  return prefix and prefix .. " " .. own or own
end

-- What belongs together: a value that is found, and the one that it needs.
local halves = {
  { "username", "api_key", "an api_key or a password" },
  { "api_key", "username", "a username" },
  { "password", "username", "a username" },
  { "user_key", "secret_key", "a secret_key" },
  { "secret_key", "user_key", "a user_key" },
}

--- Returns the one thing that is missing beside what was found, or nil.
local function half_found(found, origins)
  for _, half in ipairs(halves) do
    local has, lacks, what = half[1], half[2], half[3]
    local origin = found[has] and origins[has]
    local prefix = origin and origin:match("^(.*_)" .. ascii.upper(has) .. "$")
    if prefix then
      return ("%s is set, %s%s is not"):format(origin, prefix,
        ascii.upper(lacks))
    elseif origin then
      return ("there is a %s in %s, but not %s"):format(has, origin, what)
    end
  end
end

local function no_credentials(looked, found, origins)
  local half = half_found(found, origins)
  if half then
    return "there are no credentials: " .. half
  end
  return "there are no credentials: looked for a username and an api_key " ..
    "(or a password, or a token) in " .. table.concat(looked, ", ") ..
    ". To try without an account, use { sandbox = true } or set " ..
    "RACKSPACE_SANDBOX=1"
end

local LARGEST_CA_FILE = 16777216 -- bytes

--- Returns why the certificates of `ca_file` can't be trusted, or nil. That a
-- file is missing, libcurl tells.
local function ca_problem(path)
  local text, problem = nil, nil
  if path then
    text, problem = file.read_trusted(path, LARGEST_CA_FILE)
  end
  return not text and problem and ("'ca_file': %s: %s"):format(path, problem)
    or nil
end

local function flatten_email(options)
  return members.add(members.copy(options), options.email)
end

--- Completes checked settings from the environment and the configuration files.
-- @param settings table as check() returns it; changed
-- @param declared table: the endpoints of the services
-- @param getenv function such as os.getenv
-- @return the settings; or nil, a problem, perhaps its kind and what it lacks
local function complete(settings, declared, getenv)
  local found, origins, looked, lacks = credentials.gather(
    flatten_email(settings), getenv, endpoints.variables(declared))
  if not found then
    return nil, origins, looked, lacks
  end
  if not credentials.has_key(found) and not found.secret_key then
    return nil, no_credentials(looked, found, origins), "config", "credentials"
  end
  local region = settings.region or found.region
  local chosen, problem = endpoints.choose(declared,
    settings.endpoints or {}, found, region and ascii.upper(region))
  if not chosen then
    return nil, problem
  end
  settings.cache, problem = token_cache.folder(settings, getenv)
  problem = problem or ca_problem(settings.ca_file)
  if problem then
    return nil, problem
  end
  settings.endpoints, settings.credentials = chosen, found
  settings.origins = origins
  settings.read_only = found.read_only
  settings.user_agent = user_agent(settings.user_agent)
  return settings
end

--- Removes the secrets that the session has in its credentials.
local function forget_secrets(settings)
  for _, name in ipairs{ "api_key", "password", "token", "email" } do
    settings[name] = nil
  end
end

return { check = check, complete = complete,
  forget_secrets = forget_secrets,
  known = known, records = records_of, secret_names = secret_names,
  user_agent = user_agent }
