--- home.lua - the folders where a program keeps a user's files
-- SPDX-License-Identifier: MIT

local home = {}

-- What stands for a variable that is not set, or is no whole path.
local usual = { XDG_CACHE_HOME = "/.cache", XDG_STATE_HOME = "/.local/state" }

--- Our folder in the one that a variable names; nil where there is no home.
function home.folder(variable, getenv)
  local named, own = getenv(variable), getenv("HOME")
  if named and named:find("^/") then
    return named .. "/rackspace"
  end
  return own and own:find("^/") and own .. usual[variable] .. "/rackspace" or
    nil
end

return home
