--- endpoints.lua - the URLs of the services
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local members = require("rackspace.base.members")

-- A service's definition declares an endpoint as { url = its default URL,
-- by_region = { region = URL }, by_dialect = { dialect = URL }, alias =
-- another name of the variable or profile entry that sets it }.
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

--- Returns the URLs of the declared endpoints, by name. Each is the first of:
-- the setting, the value from the environment or a profile, the URL of the
-- region, that of the dialect, the default. Returns nil and a problem when one
-- of them can't be used.
-- @param declared table: the endpoints as declared, by name
-- @param given table: the setting `endpoints`
-- @param found table: values from the environment and files
-- @param region string or nil
-- @param dialect string or nil
function endpoints.choose(declared, given, found, region, dialect)
  local chosen = {}
  for name, endpoint in pairs(declared) do
    local url = given[name] or found[name .. "_url"] or
      member(found, endpoint.alias) or member(endpoint.by_region, region) or
      member(endpoint.by_dialect, dialect) or endpoint.url
    local title = ("the endpoint '%s'"):format(name)
    local problem = endpoints.problem(title, url) or
      url:find("[?#]") and title .. " can't be used: it has more than a path"
    if problem then
      return nil, problem
    end
    chosen[name] = url:gsub("/+$", "")
  end
  return chosen
end

--- Returns the path of a URL, "" where it has none.
function endpoints.path(url)
  return url and url:match("^%w+://[^/]*(.*)$") or ""
end

return endpoints
