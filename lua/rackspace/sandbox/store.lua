--- store.lua - what was changed in a sandbox, kept in a file when asked to
-- SPDX-License-Identifier: MIT
local json = require("rackspace.engine.json")

local store_methods = {}
local store_mt = { __index = store_methods }

--- Writes the state beside its file and puts it in place in one step.
function store_methods:save()
  if not self.path then
    return true
  end
  local text = assert(json.encode{ tokens = self.tokens, issued = self.issued })
  local file, message = io.open(self.path .. ".new", "w")
  if not file then
    return nil, message
  end
  file:write(text, "\n")
  file:close()
  return os.rename(self.path .. ".new", self.path)
end

local function read(path)
  local file = io.open(path, "r")
  if not file then
    return {}
  end
  local text = file:read("*a")
  file:close()
  local state, message = json.decode(text)
  if type(state) ~= "table" then
    return nil, ("%s is no sandbox's state: %s"):format(path,
      message or "not an object")
  end
  return state
end

--- The state of a file; a new one when there is none, or no path.
local function open(path)
  local state, message = {}, nil
  if path then
    state, message = read(path)
  end
  if not state then
    return nil, message
  end
  return setmetatable({ path = path, tokens = state.tokens or {},
    issued = state.issued or 0 }, store_mt)
end

return { open = open }
