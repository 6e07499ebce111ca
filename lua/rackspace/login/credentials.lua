--- credentials.lua - finds credentials in arguments, environment and files
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local core = require("rackspace.core")
local file = require("rackspace.base.file")
local home = require("rackspace.base.home")
local ini = require("rackspace.base.ini")

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

--- Returns the values of a section under this library's names, without empty
-- ones.
local function rename(section)
  local values = {}
  for key, value in pairs(section) do
    values[aliases[key] or key] = value ~= "" and value or nil
  end
  return values
end

local function holds_secret(values)
  for _, name in ipairs(secret_names) do
    if values[name] then
      return true
    end
  end
end

--- Returns the section with the credentials: the profile's, or the first of the
-- configuration file's own sections that is not empty; or nil.
local function section_of(sections, config, profile)
  if profile and config.own then
    return sections[profile]
  end
  for _, name in ipairs(profile and { profile } or config.sections) do
    if sections[name] and next(sections[name]) then
      return sections[name]
    end
  end
end

--- Reads a configuration file as a source. Returns nil when it does not exist
-- or has no such section; nil and a problem when it can't be read, or is unsafe
-- because others can read its secrets.
local function read_file(config, profile)
  local path = config.path
  local text, is_closed = file.read_trusted(path)
  local sections, problem = nil, not text and is_closed
  if text then
    sections, problem = ini.parse(text)
  end
  if not sections then
    return nil, problem and path .. ": " .. problem or nil
  end
  local section = section_of(sections, config, profile)
  local values = section and rename(section)
  if values and holds_secret(values) and not is_closed then
    return nil, ("%s holds secrets and can be read by others; run: " ..
      "chmod 600 %s"):format(path, path)
  end
  return values and { name = path, values = values }
end

--- Reads the environment variables with a prefix as a source. Empty ones count
-- as unset.
local function from_environment(getenv, prefix, renamed, other_names)
  local values = {}
  for _, names in ipairs{ identity_names, other_names, email_names } do
    for _, name in ipairs(names) do
      local value = getenv(prefix .. (renamed[name] or ascii.upper(name)))
      values[name] = value and value:find("%S") and value or nil
    end
  end
  return { name = prefix .. "* in the environment", values = values }
end

--- Reads a profile of the program's own file as a source. Returns nil, a
-- problem and its kind when there is none.
local function profile_source(config, profile)
  if not (config and config.own) then
    return nil, ("there is no profile '%s': HOME is not set"):format(profile),
      "config"
  end
  local source, problem = read_file(config, profile)
  if not source and not problem then
    return nil, ("there is no profile '%s' in %s"):format(profile, config.path),
      "config"
  end
  return source, problem, "file"
end

--- Returns the sources in order, nil, and the configuration files to read after
-- them: none when a profile is chosen, whose source follows the arguments. Or
-- returns nil, a problem and its kind when the profile can't be used.
local function gather_sources(options, getenv, other_names)
  local configs = config_files(getenv)
  local sources = { { name = "the arguments", values = options } }
  local profile = options.profile or getenv("RACKSPACE_PROFILE")
  if profile and not profile:find("%S") then
    profile = nil
  end
  if profile then
    local source, problem, kind = profile_source(configs[1], profile)
    if not source then
      return nil, problem, kind
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
      found[name], origins[name] = trimmed(name, value), source.name
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
end

--- Returns the problem of a value that an HTTP header can't hold, or nil.
local function odd_value(found, origins)
  for name, value in pairs(found) do
    if type(value) == "string" and value:find("[%z\r\n]") then
      return ("the %s of %s holds a line break or a NUL byte"):format(name,
        origins[name])
    end
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
--   nil, a problem and its kind when a source can't be used
local function gather(options, getenv, endpoint_names)
  local other_names = { "region" }
  for i, name in ipairs(endpoint_names or {}) do
    other_names[i + 1] = name
  end
  local sources, problem, configs = gather_sources(options, getenv, other_names)
  if not sources then
    return nil, problem, configs
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
      source, problem = read_file(config)
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
