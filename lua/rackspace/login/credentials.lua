--- credentials.lua - finds credentials in arguments, environment and files
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local core = require("rackspace.core")
local file = require("rackspace.base.file")
local home = require("rackspace.base.home")
local ini = require("rackspace.base.ini")
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")
local nearest = require("rackspace.base.nearest")

-- A source is { name =, values = {} }. The first source that has a username
-- decides; a later one only adds values for the same user.
local identity_names = {
  "username", "api_key", "password", "token", "tenant",
}
local secret_names = {
  "api_key", "password", "token", "user_key", "secret_key",
}
local email_names = { "user_key", "secret_key" }

--- Returns the path of the program's own configuration file, which has the
-- profiles: RACKSPACE_CONFIG, or `config` in the user's configuration folder;
-- nil when the environment sets neither.
local function own_file(getenv)
  local path = getenv("RACKSPACE_CONFIG")
  if path and path ~= "" then
    return path
  end
  local folder = home.folder("XDG_CONFIG_HOME", getenv)
  return folder and folder .. "/config"
end

--- Returns the configuration files in the order in which they are read: the
-- program's own, rack's and pyrax's, each with the sections that may hold
-- credentials. Omits files whose folder the environment does not set.
local function config_files(getenv)
  local configs = {}
  local function add(path, sections, own)
    if path then
      configs[#configs + 1] = { path = path, sections = sections, own = own }
    end
  end
  add(own_file(getenv), { "default", "" }, true)
  add(home.file(".rack/config", getenv), { "default", "" })
  add(home.file(".rackspace_cloud_credentials", getenv),
    { "rackspace_cloud", "keystone" })
  return configs
end

local aliases = { tenant_id = "tenant", user_name = "username",
  apikey = "api_key" }

local switches = { ["true"] = true, yes = true, on = true, ["1"] = true,
  ["false"] = false, no = false, off = false, ["0"] = false }

--- Returns the values of a section under this library's names, without empty
-- ones and without the comments behind them; or nil and a problem. `places`
-- tells where they stand.
local function read_values(section, places)
  local values = {}
  for key, value in pairs(section) do
    local name = aliases[key] or key
    local comment = not places[key].is_quoted and value:find("%s+[#;]")
    if comment and name == "password" then
      return nil, ("line %d: is what follows the space a comment, or part " ..
        "of the password? Put quotes around the password"):format(
        places[key].number)
    end
    value = comment and value:sub(1, comment - 1) or value
    values[name] = value ~= "" and value or nil
  end
  return values
end

--- Returns the problem of a key that no profile has, or nil. Only a key that
-- resembles a known one is shown: others may be a secret.
local function unknown_key(section, places, names)
  for _, key in ipairs(members.keys(section)) do
    if not nearest.has(names, aliases[key] or key) then
      local hint = nearest.hint(key, names)
      local problem = hint ~= "" and ("a profile has no '%s'%s"):format(key,
        hint) or "no profile has this key; there are " ..
        table.concat(names, ", ")
      return ("line %d: %s"):format(places[key].number, problem)
    end
  end
end

--- Replaces the text of `read_only` by true or false. Returns a problem, or
-- nil.
local function read_switch(values, place)
  local text = values.read_only
  if text ~= nil and switches[ascii.lower(text)] == nil then
    return ("line %d: 'read_only' must be true or false"):format(place.number)
  elseif text ~= nil then
    values.read_only = switches[ascii.lower(text)]
  end
end

local function holds_secret(values)
  for _, name in ipairs(secret_names) do
    if values[name] then
      return true
    end
  end
end

--- Returns the name of the section with the credentials: the profile, or the
-- first of the configuration file's own sections that is not empty; or nil.
local function section_of(sections, config, profile)
  if profile and config.own then
    return sections[profile] and profile
  end
  for _, name in ipairs(profile and { profile } or config.sections) do
    if sections[name] and next(sections[name]) then
      return name
    end
  end
end

--- Returns the values of a section; or nil and a problem. In the program's own
-- file only `names` are keys; other programs have keys of their own.
local function values_of(config, section, places, names)
  local values, problem = read_values(section, places)
  if values and config.own then
    problem = unknown_key(section, places, names) or
      read_switch(values, places.read_only)
  end
  return not problem and values or nil, problem
end

--- Reads a configuration file as a source. Returns nil when it does not exist
-- or has no such section; nil and a problem when it can't be read, or is unsafe
-- because others can read its secrets.
local function read_file(config, names, profile)
  local path = config.path
  local text, is_closed = file.read_trusted(path)
  local sections, problem = nil, not text and is_closed
  local places, values
  if text then
    sections, places = ini.parse(text)
    problem = not sections and places
  end
  local name = sections and section_of(sections, config, profile)
  if name then
    values, problem = values_of(config, sections[name], places[name], names)
  end
  if problem then
    return nil, path .. ": " .. problem
  end
  if values and holds_secret(values) and not is_closed then
    return nil, ("%s holds secrets and can be read by others; run: " ..
      "chmod 600 %s"):format(path, path)
  end
  return values and { name = path, values = values }
end

--- Reads the environment variables with a prefix as a source. Empty ones count
-- as unset.
local function from_environment(getenv, prefix, renamed, other_names)
  local values, variables = {}, {}
  for _, names in ipairs{ identity_names, other_names, email_names } do
    for _, name in ipairs(names) do
      local variable = prefix .. (renamed[name] or ascii.upper(name))
      local value = getenv(variable)
      values[name] = value and value:find("%S") and value or nil
      variables[name] = variable
    end
  end
  return { name = prefix .. "* in the environment", values = values,
    variables = variables }
end

--- Returns the problem of a profile that the program's own file doesn't have.
-- `origin` tells who named it.
local function no_profile(config, profile, origin)
  local text = file.read_trusted(config.path)
  local sections = text and ini.parse(text) or {}
  sections[""] = nil
  local names = members.keys(sections)
  return ("there is no profile '%s'%s in %s%s%s"):format(profile, origin,
    config.path, nearest.hint(profile, names), names[1] and
    "; its profiles are " .. table.concat(names, ", ") or "")
end

--- Reads a profile of the program's own file as a source. Returns nil, a
-- problem, its kind and perhaps what it lacks when there is none.
local function profile_source(config, names, profile, origin)
  if not (config and config.own) then
    return nil, ("there is no profile '%s': HOME is not set"):format(profile),
      "config", "credentials"
  end
  local source, problem = read_file(config, names, profile)
  if not source and not problem then
    return nil, no_profile(config, profile, origin), "config", "credentials"
  end
  return source, problem, "file"
end

--- Returns the sources in order, nil, and the configuration files to read after
-- them: none when a profile is chosen, whose source follows the arguments. Or
-- returns nil, a problem, its kind and perhaps what it lacks when the profile
-- can't be used.
local function gather_sources(options, getenv, other_names, names)
  local configs = config_files(getenv)
  local sources = { { name = "the arguments", values = options } }
  local profile = options.profile or getenv("RACKSPACE_PROFILE")
  if profile and not profile:find("%S") then
    profile = nil
  end
  if profile then
    local source, problem, kind, lacks = profile_source(configs[1], names,
      profile, options.profile and "" or ", which RACKSPACE_PROFILE names,")
    if not source then
      return nil, problem, kind, lacks
    end
    sources[2] = source
  end
  sources[#sources + 1] = from_environment(getenv, "RACKSPACE_",
    { user_key = "EMAIL_USER_KEY", secret_key = "EMAIL_SECRET_KEY" },
    other_names)
  sources[#sources + 1] = from_environment(getenv, "RS_",
    { tenant = "TENANT_ID", region = "REGION_NAME" },
    other_names)
  return sources, nil, not profile and configs or {}
end

--- Whether values belong to what was found: `name` is the same in both, or
-- absent in one of them.
local function adds_to(found, values, name)
  return values[name] == nil or found[name] == nil or
    values[name] == found[name]
end

--- Whether what was found is enough to log in.
local function has_key(found)
  return found.token ~= nil or
    found.username ~= nil and (found.api_key or found.password) ~= nil
end

--- Returns a value without surrounding spaces, which are often pasted along. A
-- password is returned unchanged, since spaces may belong to it.
local function trimmed(name, value)
  if type(value) ~= "string" or name == "password" then
    return value
  end
  return ini.trim(value)
end

--- Adds the values of some names that are not found yet.
local function take_names(found, origins, source, names)
  for _, name in ipairs(names) do
    local value = source.values[name]
    if found[name] == nil and value ~= nil then
      found[name] = trimmed(name, value)
      origins[name] = source.variables and source.variables[name] or
        source.name
    end
  end
end

--- Adds the values of a source that belong to what was found.
local function take(found, origins, source, other_names)
  if not has_key(found) and adds_to(found, source.values, "username") then
    take_names(found, origins, source, identity_names)
  end
  if adds_to(found, source.values, "user_key") then
    take_names(found, origins, source, email_names)
  end
  take_names(found, origins, source, other_names)
  take_names(found, origins, source, { "read_only" })
end

--- Returns the names of all keys that a profile may have.
local function profile_names(other_names)
  local names = { "read_only" }
  for _, list in ipairs{ identity_names, email_names, other_names } do
    for _, name in ipairs(list) do
      names[#names + 1] = name
    end
  end
  return names
end

--- Returns how a value is named in messages.
local function title_of(name, origins)
  local origin = origins[name]
  return origin:find("^%u[%u_]+$") and origin or
    ("the %s of %s"):format(name, origin)
end

--- Returns the problem of a value that can't be sent, or nil: one that an HTTP
-- header or JSON can't hold, or a token beside another user's name.
local function odd_value(found, origins)
  for _, name in ipairs(members.keys(found)) do
    local value = found[name]
    local title = type(value) == "string" and title_of(name, origins)
    if title and value:find("[%z\r\n]") then
      return title .. " holds a line break or a NUL byte"
    elseif title and not value:find("%S") and name ~= "region" then
      return title .. " is empty"
    elseif title and not json.encode(value) then
      return title .. " is not UTF-8"
    end
  end
  if found.token and found.username then
    return ("%s and %s stand beside each other: a token is used without a " ..
      "user name; remove one of them"):format(title_of("token", origins),
      title_of("username", origins))
  end
end

local function hide_secrets(found)
  for _, name in ipairs(secret_names) do
    if type(found[name]) == "string" then
      found[name] = core.secret(found[name])
    end
  end
end

--- Gathers credentials, the region and the endpoints from the arguments, the
-- environment and the files.
-- @param options table: the arguments
-- @param getenv function such as os.getenv
-- @param endpoint_names list or nil: names that set an endpoint, such as
--   "identity_url"
-- @return table of the values by name, secrets as secrets; table of the
--   sources' names by the values' names; list of the names of all sources. Or
--   nil, a problem, its kind and perhaps what it lacks ("credentials") when a
--   source can't be used
local function gather(options, getenv, endpoint_names)
  local other_names = { "region" }
  for i, name in ipairs(endpoint_names or {}) do
    other_names[i + 1] = name
  end
  local names = profile_names(other_names)
  local sources, problem, configs, lacks = gather_sources(options, getenv,
    other_names, names)
  if not sources then
    return nil, problem, configs, lacks
  end
  local found, origins, looked = {}, {}, {}
  for _, source in ipairs(sources) do
    take(found, origins, source, other_names)
    looked[#looked + 1] = source.name
  end
  for _, config in ipairs(configs) do
    looked[#looked + 1] = config.path
    if not has_key(found) then
      local source
      source, problem = read_file(config, names)
      if problem then
        return nil, problem, "file"
      elseif source then
        take(found, origins, source, other_names)
      end
    end
  end
  problem = odd_value(found, origins)
  if problem then
    return nil, problem, "config"
  end
  hide_secrets(found)
  return found, origins, looked
end

return { gather = gather, has_key = has_key, own_file = own_file,
  secret_names = secret_names }
