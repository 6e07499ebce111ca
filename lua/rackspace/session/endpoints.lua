--- endpoints.lua - the URLs of the services
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local members = require("rackspace.base.members")
local nearest = require("rackspace.base.nearest")

-- A service's definition declares an endpoint as { url = its default URL,
-- by_region = { region = URL }, names = { name = URL that it stands for },
-- alias = another name of the variable or profile entry that sets it,
-- follows = the endpoint whose name or URL it takes where it has none,
-- dialect = the one that is spoken there }.
local endpoints = {}

--- Returns the names that set endpoints in the environment and in profiles:
-- NAME_url for each, and the aliases.
function endpoints.variables(declared)
  local names = {}
  for _, name in ipairs(members.keys(declared)) do
    names[#names + 1] = name .. "_url"
    names[#names + 1] = declared[name].alias
  end
  return names
end

-- A URL that nothing is wrong with: a problem of it is one of libcurl, which
-- reads URLs and may be missing.
local SOUND = "https://localhost/"

--- Returns the problem of a URL that can't be used, which `title` names in a
-- message; or nil.
function endpoints.problem(title, url)
  local problem = core.url.fault(url)
  if not problem then
    return nil
  end
  return core.url.fault(SOUND) or ("%s can't be used: %s"):format(title,
    problem)
end

local function member(given, key)
  return given and key and given[key]
end

--- Returns what may stand for an endpoint's URL, for the end of a description.
function endpoints.choices(endpoint)
  if endpoint.names then
    return (': a URL, or "%s"'):format(
      table.concat(members.keys(endpoint.names), '", "'))
  elseif endpoint.follows then
    return (", where not at the address given for %s"):format(endpoint.follows)
  end
  return ""
end

--- Returns the URL or name that was given for an endpoint, or nil.
local function value_of(name, endpoint, given, found)
  return given[name] or found[name .. "_url"] or member(found, endpoint.alias)
end

--- Returns what an endpoint takes from the one that it follows, or nil: its
-- name, where both have it; its URL, where this one has no names.
local function followed(endpoint, declared, given, found)
  local other = declared[endpoint.follows or ""]
  local value = other and value_of(endpoint.follows, other, given, found)
  if not endpoint.names or endpoint.names[value or ""] then
    return value
  end
end

--- Returns the problem of a name that stands for no URL, or nil.
local function unknown_name(title, endpoint, value)
  local names = members.keys(endpoint.names or {})
  if not names[1] or value:find("[/:.]") then
    return nil
  end
  return ("%s can't be '%s'%s: it takes a URL, or one of %s"):format(title,
    value, nearest.hint(value, names), table.concat(names, ", "))
end

--- Returns the URL of an endpoint, or nil and a problem.
local function url_of(name, endpoint, value)
  local title = ("the endpoint '%s'"):format(name)
  local url = member(endpoint.names, value) or value
  local problem = unknown_name(title, endpoint, url) or
    endpoints.problem(title, url) or
    url:find("[?#]") and title .. " can't be used: it has more than a path"
  if problem then
    return nil, problem
  end
  return (url:gsub("/+$", ""))
end

--- Returns the URLs of the declared endpoints, by name. Each is the first of:
-- the setting, the value from the environment or a profile, that of the
-- endpoint that it follows, the URL of the region, the default. Returns nil and
-- a problem when one of them can't be used.
-- @param declared table: the endpoints as declared, by name
-- @param given table: the setting `endpoints`
-- @param found table: values from the environment and files
-- @param region string or nil
function endpoints.choose(declared, given, found, region)
  local chosen = {}
  for _, name in ipairs(members.keys(declared)) do
    local endpoint = declared[name]
    local url, problem = url_of(name, endpoint,
      value_of(name, endpoint, given, found) or
      followed(endpoint, declared, given, found) or
      member(endpoint.by_region, region) or endpoint.url)
    if not url then
      return nil, problem
    end
    chosen[name] = url
  end
  return chosen
end

--- Returns the path of a URL, "" where it has none.
function endpoints.path(url)
  return url and url:match("^%w+://[^/]*(.*)$") or ""
end

return endpoints
