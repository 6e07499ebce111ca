--- store.lua - a sandbox's state, in memory or in a file
-- SPDX-License-Identifier: MIT
local bytes = require("rackspace.sandbox.bytes")
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
    assert(json.text(parts)) .. "\n", false)
  return done, problem and state.path .. ": " .. problem
end

--- Returns the next number of a kind: 1, 2 and so on.
function store_methods:next_number(kind)
  local count = (self.counters[kind] or 0) + 1
  self.counters[kind] = count
  return count
end

--- How the names of the files begin that belong to a state in a file, which is
-- in the same folder.
local function file_beginning(store)
  return store.path:match("[^/]*$") .. "."
end

--- Creates an empty file for the content of an upload. Returns its path, or nil
-- and a message.
function store_methods:new_file()
  if not self.path then
    return bytes.temporary()
  end
  return bytes.temporary(file.folder_of(self.path), file_beginning(self))
end

--- What the state keeps of the path of such a file: all of it while it is in
-- memory, or the name.
function store_methods:name_of(path)
  return self.path and path:match("[^/]*$") or path
end

--- The path of such a file, from what the state keeps.
function store_methods:path_of(name)
  return self.path and file.folder_of(self.path) .. "/" .. name or name
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

--- Whether a name is that of a file which a store has made: the state's own
-- name, a dot and 16 hexadecimal digits; and a regular file has it. A state
-- that somebody else has written may name any file.
local function is_own_file(store, name)
  local beginning = file_beginning(store)
  return type(name) == "string" and name:sub(1, #beginning) == beginning and
    name:find("^%x+$", #beginning + 1) ~= nil and #name == #beginning + 16 and
    core.file.kind(store:path_of(name), false) == "file"
end

--- Returns what is wrong with the uploads of a state, or nil.
local function uploads_problem(store)
  for _, upload in pairs(store.uploads) do
    if type(upload) ~= "table" or type(upload.filename) ~= "string" then
      return "an upload lacks its filename"
    elseif upload.file ~= nil and not is_own_file(store, upload.file) then
      return ("'%s' is no file that belongs to it"):format(
        tostring(upload.file))
    end
  end
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
  if state then
    state.path = path
    problem = uploads_problem(setmetatable(state, store_mt))
  end
  if problem then
    return nil, ("%s is no sandbox's state: %s"):format(path, problem)
  end
  local done
  done, message = replace(state)
  if not done then
    return nil, message
  end
  return state
end

return { open = open }
