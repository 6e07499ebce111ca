--- opening.lua - the lines by which a saved script makes the session there was
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local credentials = require("rackspace.login.credentials")
local members = require("rackspace.base.members")
local services = require("rackspace.services")

-- The settings that are written as they are, where they are not the default.
local kept = { "region", "dialect", "format", "version", "patch" }

local defaults = { dialect = "reference" }

local function quote(value)
  return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

--- Returns the profile that a session's credentials are of, or nil where they
-- are of the environment or of the script.
local function profile_of(settings)
  local name = settings.profile or os.getenv("RACKSPACE_PROFILE")
  local origins = settings.origins or {}
  local origin = origins.username or origins.token or origins.user_key
  if name and name ~= "" then
    return name
  end
  return origin and origin == credentials.own_file(os.getenv) and "default" or
    nil
end

--- Whether a URL is one that the service's definition declares for a session.
local function is_declared(url, declared, settings)
  local region = settings.region or settings.credentials.region
  local by_region = declared.by_region or {}
  local by_dialect = declared.by_dialect or {}
  return url == (region and by_region[ascii.upper(region)] or
    by_dialect[settings.dialect or ""] or declared.url)
end

--- Returns the endpoints that are elsewhere, as a table in Lua; or nil.
local function endpoints_text(settings)
  local declared, parts = services.endpoints(), {}
  for _, name in ipairs(members.keys(settings.endpoints)) do
    local url = settings.endpoints[name]
    if declared[name] and not is_declared(url, declared[name], settings) then
      parts[#parts + 1] = ("%s = %q"):format(name, url)
    end
  end
  return parts[1] and "{ " .. table.concat(parts, ", ") .. " }" or nil
end

--- Returns the members of the table that rackspace.new takes.
local function members_of(settings)
  local parts = {}
  if settings.is_sandbox then
    parts[1] = "sandbox = " .. quote(settings.sandbox_url or true)
  else
    local profile, endpoints = profile_of(settings), endpoints_text(settings)
    parts[1] = profile and "profile = " .. quote(profile) or nil
    parts[#parts + 1] = endpoints and "endpoints = " .. endpoints or nil
  end
  for _, name in ipairs(kept) do
    local value = settings[name]
    parts[#parts + 1] = value ~= nil and value ~= defaults[name] and
      name .. " = " .. quote(value) or nil
  end
  parts[#parts + 1] = settings.read_only and "read_only = true" or nil
  return parts
end

--- Returns the line that ends a script whose credentials are another user's.
local function check_of(session)
  local user = session.settings.credentials.username
  if session.settings.is_sandbox or type(user) ~= "string" then
    return ""
  end
  return ("\nassert(tostring(rs) == %q,\n  %q)"):format(
    ("session (%s)"):format(user),
    "this script was saved by a session of " .. user)
end

--- Returns the lines. No secret is in them: the script finds its credentials by
-- the profile, or where the session found them.
local function opening_of(session)
  if not session then
    return "local rs = nil -- there was no session"
  end
  local list = table.concat(members_of(session.settings), ", ")
  return ("rs = assert(rackspace.new%s)%s"):format(
    list ~= "" and "{ " .. list .. " }" or "()", check_of(session))
end

return opening_of
