--- store.lua - a sandbox's state, in memory or in a file
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("rackspace.base.file")
local json = require("rackspace.base.json")

local LARGEST = 268435456 -- bytes

local store_methods = {}
local store_mt = { __index = store_methods }

--- Returns an empty state.
local function empty_state()
  return { tokens = {}, challenges = {}, issued = 0, moved = 0,
    tickets = {}, events = {}, counters = {}, uploads = {},
    customers = {}, customers_added = 0 }
end

--- Writes the state to its file. Returns true, or nil and a message. Does not
-- sync to the disk: a sandbox's state need not survive a loss of power, and a
-- sync would slow down every change.
local function replace(state)
  local parts = {}
  for name in pairs(empty_state()) do
    parts[name] = state[name]
  end
  local done, problem = file.write(state.path,
    assert(json.encode(parts)) .. "\n", false)
  return done, problem and state.path .. ": " .. problem
end

--- Returns the next number of a kind: 1, 2 and so on.
function store_methods:next_number(kind)
  local count = (self.counters[kind] or 0) + 1
  self.counters[kind] = count
  return count
end

--- Writes the state to its file, if it has one. Raises an error when it can't,
-- so that no response confirms a change that was not kept.
function store_methods:save()
  local done, message = true, nil
  if self.path then
    done, message = replace(self)
  end
  if not done then
    error("the sandbox's state can't be kept: " .. message, 0)
  end
end

--- Returns the contents of a file, "" when it does not exist, or nil and a
-- message.
local function text_of(path)
  local text, problem = core.file.read(path, LARGEST)
  if text or not problem then
    return text or ""
  end
  return nil, path .. ": " .. problem
end

--- Whether every token or challenge has a user and a date.
local function are_entries(list)
  for _, entry in pairs(list) do
    if type(entry) ~= "table" or type(entry.user) ~= "string" or
        type(entry.expires) ~= "string" then
      return false
    end
  end
  return true
end

--- Parses a state. Returns it, or nil and a message.
local function parse(text)
  local state, message = {}, nil
  if text:find("%S") then
    state, message = json.decode(text)
  end
  if type(state) ~= "table" then
    return nil, message or "not an object"
  end
  local parts = empty_state()
  for name, default in pairs(parts) do
    local given = state[name]
    if given ~= nil and type(given) ~= type(default) then
      return nil, ("'%s' is not a %s"):format(name, type(default))
    end
    parts[name] = given or default
  end
  if not are_entries(parts.tokens) or not are_entries(parts.challenges) then
    return nil, "a token or a challenge lacks its user or its date"
  end
  return parts
end

--- Opens a state.
-- @param path string: its file, created when it does not exist; nil for a state
--   in memory
-- @return the state; or nil and a message when the file can't be used
local function open(path)
  if not path then
    return setmetatable(empty_state(), store_mt)
  end
  local text, message = text_of(path)
  if not text then
    return nil, message
  end
  local state, problem = parse(text)
  if not state then
    return nil, ("%s is no sandbox's state: %s"):format(path, problem)
  end
  state.path = path
  local done
  done, message = replace(state)
  if not done then
    return nil, message
  end
  return setmetatable(state, store_mt)
end

return { open = open }
