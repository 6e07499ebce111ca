--- status.lua - `rackspace status`: origins of the settings, and the token
-- SPDX-License-Identifier: MIT
local call = require("rackspace.command.call")
local exits = require("rackspace.command.exits")
local json = require("rackspace.base.json")
local output_of = require("rackspace.output")
local paragraph = require("rackspace.show.paragraph")
local rackspace = require("rackspace")
local sessions = require("rackspace.command.sessions")

--- Returns the list of settings by name, each with its origin.
local function origins_of(settings)
  local list = json.array{}
  for name, origin in pairs(settings.origins or {}) do
    list[#list + 1] = { setting = name, from = origin }
  end
  table.sort(list, function(a, b) return a.setting < b.setting end)
  return list
end

local function kind_of(settings)
  if not settings.is_sandbox then
    return "live"
  end
  return settings.own_sandbox and "the sandbox inside the program" or
    "a sandbox that runs"
end

--- Returns what is known without a request.
local function describe(session)
  local settings = session.settings
  local profile = settings.profile or os.getenv("RACKSPACE_PROFILE")
  return { session = kind_of(settings), settings = origins_of(settings),
    profile = profile ~= "" and profile or nil,
    read_only = settings.read_only or false,
    tokens_kept_in = settings.cache or nil }
end

--- Returns a time left as text: "in 23 h 59 min".
local function time_left(seconds)
  local minutes = math.floor(seconds / 60)
  if seconds <= 0 then
    return "has ended"
  elseif minutes < 60 then
    return ("in %d min"):format(minutes)
  end
  return ("in %d h %d min"):format(math.floor(minutes / 60), minutes % 60)
end

--- Adds the token's user and end. Returns an error if they can't be read.
local function add_token(invocation, record, session)
  local credentials = session.settings.credentials
  if not (credentials.username or credentials.token) then
    return nil -- keys of the Email & Apps API alone
  end
  local identity = session.identity
  local identified, _, err = sessions.progress(invocation):during(session,
    identity.whoami, identity)
  if not identified then
    return err
  end
  local user, expires = identified.user, identified.expires
  local ends = expires and rackspace.time(expires)
  record.user, record.expires = user.name or user.id, expires
  record.seconds_left = ends and math.floor(ends - session:time()) or nil
end

local function entries_of(record)
  local entries = { { "session", record.session },
    { "profile", record.profile or "none was named" },
    { "read-only", record.read_only and "yes" or "no" } }
  for _, one in ipairs(record.settings) do
    entries[#entries + 1] = { one.setting, "from " .. one.from }
  end
  if record.user then
    local left = record.seconds_left and
      (", which ends %s (%s)"):format(record.expires,
        time_left(record.seconds_left)) or ""
    entries[#entries + 1] = { "token", record.user .. "'s" .. left }
  end
  entries[#entries + 1] = { "tokens", record.tokens_kept_in and
    "kept in " .. record.tokens_kept_in or "not kept" }
  return entries
end

--- Writes the record in the requested format.
local function write(invocation, record)
  local options, terminal = invocation.options, invocation.terminal
  local output = output_of.new(options, {}, terminal)
  local format = output_of.format_of(options, terminal)
  return call.guard(output, function()
    if format == "table" then
      local lines = {}
      paragraph.entries(lines, entries_of(record),
        { width = terminal.size() or 80 })
      io.write(table.concat(lines, "\n"), "\n")
    else
      output:value(record)
      output:finish()
    end
  end)
end

local function run(invocation)
  local session, message, err = rackspace.new(sessions.settings(invocation))
  if not session then
    return exits.failure(err, message)
  end
  local record = describe(session)
  local problem = not invocation.options.dry_run and
    add_token(invocation, record, session)
  local code, text, advice = write(invocation, record)
  session:close()
  if problem then
    return exits.failure(problem)
  end
  return code, text, advice
end

return { run = run }
