--- home.lua - the folders that hold a user's configuration, cache and state
-- SPDX-License-Identifier: MIT

local home = {}

-- Where the folders are below HOME, when their variables name none.
local defaults = { XDG_CACHE_HOME = ".cache", XDG_CONFIG_HOME = ".config",
  XDG_STATE_HOME = ".local/state" }

--- The folder that a variable names, without a slash at its end; nil when the
-- variable is unset, empty or relative. A relative path would depend on the
-- working directory, whose files another user may have made.
local function named_by(variable, getenv)
  local path = getenv(variable)
  return path and path:find("^/") and path:gsub("/+$", "") or nil
end

--- The path of a file below HOME; nil when HOME names no folder.
function home.file(name, getenv)
  local folder = named_by("HOME", getenv)
  return folder and folder .. "/" .. name
end

--- The "rackspace" folder of a kind, which is named by its variable:
-- "XDG_CACHE_HOME", "XDG_CONFIG_HOME" or "XDG_STATE_HOME". nil when neither
-- the variable nor HOME names a folder: nothing is read or written then.
function home.folder(variable, getenv)
  local folder = named_by(variable, getenv) or
    home.file(defaults[variable], getenv)
  return folder and folder .. "/rackspace"
end

return home
