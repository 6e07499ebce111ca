--- token_cache.lua - keeps tokens on disk for later sessions
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("rackspace.base.file")
local home = require("rackspace.base.home")
local json = require("rackspace.base.json")

local token_cache = {}

local cache_methods = {}
local cache_mt = { __name = "rackspace.token_cache", __index = cache_methods }

-- The version of the file format, the member `form`. Files of another version
-- are not read.
local version = 1

-- The members of a log-in's response that are kept: what rs.identity:whoami()
-- returns, without the user's telephone PIN.
local kept_members = { "token", "user", "serviceCatalog",
  "RAX-AUTH:impersonator", "rax-auth:impersonator" }
local left_out = { ["RAX-AUTH:phonePin"] = true, ["rax-auth:phonePin"] = true }

local function is_folder(path)
  return path:find("/", 1, true) ~= nil
end

--- Returns the folder for tokens, by the settings and the environment; false
-- for none; or nil and a problem when RACKSPACE_TOKEN_CACHE is neither off nor
-- a path. A session with the setting `transport` keeps no tokens unless `cache`
-- says so.
function token_cache.folder(settings, getenv)
  local choice, variable = settings.cache, getenv("RACKSPACE_TOKEN_CACHE")
  if choice == nil and (settings.transport or variable == "off") then
    return false
  elseif choice == false or type(choice) == "string" then
    return choice
  elseif not variable or variable == "" or variable == "off" then
    return home.folder("XDG_CACHE_HOME", getenv) or false
  elseif is_folder(variable) then
    return variable
  end
  return nil, ("RACKSPACE_TOKEN_CACHE must be off or a folder's path, with " ..
    "a slash, not '%s'"):format(variable)
end

--- Returns the problem of the setting `cache`, or nil.
function token_cache.problem(settings)
  local choice = settings.cache
  if choice == nil or type(choice) == "boolean" or
      type(choice) == "string" and is_folder(choice) then
    return nil
  end
  return "'cache' must be true, false or a folder's path, with a slash, not " ..
    (type(choice) == "string" and "'" .. choice .. "'" or
      "a " .. type(choice))
end

--- Returns a copy of the members of a log-in's response that are kept.
local function contents_of(access)
  local copy, user = {}, {}
  for _, name in ipairs(kept_members) do
    copy[name] = access[name]
  end
  for name, value in pairs(type(copy.user) == "table" and copy.user or {}) do
    if not left_out[name] then
      user[name] = value
    end
  end
  copy.user = user
  return copy
end

local function is_life(life)
  return type(life) == "table" and type(life.issued) == "number" and
    type(life.skew) == "number" and type(life.expires) == "number"
end

--- Whether the contents of a file are complete and of known types.
local function is_whole(kept)
  return type(kept) == "table" and kept.form == version and
    type(kept.token) == "string" and kept.token:find("^[^%c%s]+$") ~= nil and
    type(kept.check) == "string" and type(kept.access) == "table" and
    is_life(kept.life)
end

--- Returns the decoded contents of the cache's file, whichever key they were
-- kept for; or nil when there is no file, or, after a warning, when it can't be
-- used.
local function load(cache)
  local text, problem = core.file.read_private(cache.folder, cache.name)
  local kept = text and json.decode(text)
  if text and not is_whole(kept) then
    problem = "it holds no token, or only a part of one"
  end
  if problem then
    cache.warn(("the kept token of %s is ignored: %s"):format(cache.path,
      problem))
    return nil
  end
  return kept
end

--- Returns the token that was kept for these credentials, { secret =, access =,
-- life = }, or nil.
function cache_methods:read()
  local kept = load(self)
  if not kept or kept.check ~= self.check then
    return nil
  end
  return { secret = core.secret(kept.token), access = kept.access,
    life = kept.life }
end

--- Keeps a token. A failure is only a warning.
function cache_methods:write(secret, access, life)
  local text, problem = json.text{ form = version, check = self.check,
    access = contents_of(access), life = life }
  if text then
    local _
    _, problem = file.locked(self.folder, core.file.write_private, self.folder,
      self.name, core.secret(text:sub(1, -2), ',"token":', secret:quoted(),
        "}\n"))
  end
  if problem then
    self.warn(("the token can't be kept in %s: %s"):format(self.folder,
      problem))
  end
end

--- Whether the file holds this token.
local function holds(cache, secret)
  local kept = load(cache)
  return kept ~= nil and core.secret(kept.token) == secret
end

--- Removes the file if it still holds this token. Returns true, or nil and a
-- problem.
local function remove(cache, secret)
  return not holds(cache, secret) or os.remove(cache.path)
end

--- Removes the file if it holds this token, under a lock, so that a token that
-- another process writes meanwhile is not lost.
function cache_methods:evict(secret)
  if not holds(self, secret) then
    return
  end
  local ok, problem = file.locked(self.folder, remove, self, secret)
  if not ok then
    self.warn("a token that is no longer good can't be removed: " .. problem)
  end
end

--- Creates the cache of a user's token. Problems are passed to warn(message)
-- and never stop a session.
--
-- The file's name is a hash of endpoint, user and tenant. The key is not kept.
-- `check`, 16 bits of a keyed hash, shows that the key has changed, and is too
-- short to test guesses of a password against.
-- @param folder string: its path
-- @param endpoint string: the URL of Identity
-- @param credentials table: username, api_key, password, tenant
-- @param warn function(message)
-- @return the cache, or nil when the credentials have no username or no key
function token_cache.new(folder, endpoint, credentials, warn)
  local key = credentials.api_key and "api_key " .. credentials.api_key or
    credentials.password and "password " .. credentials.password
  if not credentials.username or not key then
    return nil
  end
  local who = table.concat({ endpoint, credentials.username,
    tostring(credentials.tenant or "") }, "\n")
  local name = core.digest(who)
  folder = folder:gsub("(.)/+$", "%1")
  return setmetatable({ folder = folder, name = name,
    path = folder .. "/" .. name, check = core.digest(key, who):sub(1, 4),
    warn = warn }, cache_mt)
end

return token_cache
