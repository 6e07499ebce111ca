--- store.lua - a sandbox's state, in memory or also in a file
-- SPDX-License-Identifier: MIT
local bytes = require("rackspace.sandbox.bytes")
local core = require("rackspace.core")
local file = require("rackspace.base.file")
local members = require("rackspace.base.members")
local records = require("rackspace.sandbox.records")
local shapes = require("rackspace.sandbox.shapes")

local LARGEST = 268435456 -- bytes of the file
local LEAST = 1048576 -- bytes of a file that is written anew

-- The most that a number of a state can be; of those without an entry, `other`.
local most = { moved = 1e10, customers_added = 1e5, other = 1e9 }

local store_methods = {}
local store_mt = { __index = store_methods }

--- Returns an empty state.
local function empty_state()
  return { tokens = {}, challenges = {}, numbers = { issued = 0, moved = 0,
    customers_added = 0 }, tickets = {}, events = {}, counters = {},
    uploads = {}, customers = {} }
end

local function parts_of(store)
  local parts = {}
  for name in pairs(empty_state()) do
    parts[name] = store[name]
  end
  return parts
end

-- ---- changes ---------------------------------------------------------------

-- What set() changes is kept by commit(), or taken back by it. The changes of
-- one request are kept together or not at all.

--- Changes what is at a path, a list of keys such as { "tokens", id }; nil
-- removes it.
function store_methods:set(at, value)
  local place, key = self, at[#at]
  for i = 1, #at - 1 do
    place = place[at[i]]
  end
  self.undo[#self.undo + 1] = { place = place, key = key, value = place[key] }
  place[key] = value
  if self.path then
    self.changes[#self.changes + 1] = { at = at, to = value }
  end
end

--- Adds values to a part that follow from the sandbox's options. This is no
-- change: it is kept with the next one.
function store_methods:fill(part, values)
  for key, value in pairs(values) do
    self[part][key] = value
    if self.path then
      self.filled[#self.filled + 1] = { at = { part, key }, to = value }
    end
  end
end

--- Returns a store in memory with the numbers of this one, to make values for
-- fill() with.
function store_methods:draft()
  return setmetatable({ undo = {}, tickets = {}, events = {},
    counters = members.copy(self.counters) }, store_mt)
end

--- Returns the next number of a kind: 1, 2 and so on.
function store_methods:next_number(kind)
  local count = (self.counters[kind] or 0) + 1
  self:set({ "counters", kind }, count)
  return count
end

--- Adds to one of the numbers of the state. Returns the sum.
function store_methods:add(name, count)
  self:set({ "numbers", name }, self.numbers[name] + count)
  return self.numbers[name]
end

local function remove_files(store, names)
  for _, name in ipairs(names) do
    os.remove(store:path_of(name))
  end
end

local function forget_changes(store)
  store.undo, store.changes = {}, {}
  store.new_files, store.old_files = {}, {}
end

--- Takes back what was changed since the last commit.
function store_methods:roll_back()
  if #self.undo == 0 then
    return
  end
  for i = #self.undo, 1, -1 do
    local change = self.undo[i]
    change.place[change.key] = change.value
  end
  remove_files(self, self.new_files)
  forget_changes(self)
end

-- ---- the file --------------------------------------------------------------

--- Writes the file anew, from the whole state. Returns true, or nil and a
-- problem.
local function rewrite(store)
  local line, sum = records.first(parts_of(store))
  if not line or #line > LARGEST then
    return nil, line and "it is too long" or sum
  end
  local done, problem = store.journal:replace(line)
  if done then
    store.sum, store.length = sum, #line
    store.most = math.max(LEAST, 2 * #line)
  end
  return done, problem
end

--- Appends the changes. Where an error such as an interrupt ended an earlier
-- call behind its write, the file is no longer what the store knows: it is
-- written anew.
local function append(store)
  if store.journal:length() ~= store.length then
    return rewrite(store)
  end
  local changes = {}
  for _, list in ipairs{ store.filled, store.changes } do
    for _, change in ipairs(list) do
      changes[#changes + 1] = change
    end
  end
  local line, sum = records.other(changes, store.sum)
  if not line then
    return nil, sum
  elseif store.length + #line > math.min(store.most, LARGEST) then
    if rewrite(store) then
      return true
    end
    store.most = 2 * store.most -- a full disk: not again at each change
  end
  if store.length + #line > LARGEST then
    return nil, "it is too long"
  end
  local done, problem = store.journal:append(line)
  if done then
    store.sum, store.length = sum, store.length + #line
  end
  return done, problem
end

--- Keeps what was changed since the last commit. Costs as much as the changes
-- are long: they are appended to the file, which is written anew when it has
-- doubled. Does not sync to the disk: what was confirmed survives the end of
-- the process, but not a loss of power.
-- @return true; or nil and a message, and nothing is changed then
function store_methods:commit()
  local done, problem = true, nil
  if #self.changes > 0 and not self.journal then
    done, problem = nil, "the sandbox is closed"
  elseif #self.changes > 0 then
    done, problem = append(self)
  end
  if not done then
    self:roll_back()
    return nil, ("the sandbox's state can't be kept: %s: %s"):format(self.path,
      problem)
  end
  remove_files(self, self.old_files)
  if #self.changes > 0 then
    self.filled = {}
  end
  forget_changes(self)
  return true
end

--- Changes what is at a path, and keeps that, outside of a request. Raises an
-- error when it can't.
function store_methods:keep(at, value)
  self:roll_back()
  self:set(at, value)
  local done, message = self:commit()
  if not done then
    error(message, 0)
  end
end

--- Lets the file go, which another sandbox may open then.
function store_methods:close()
  self:roll_back()
  if self.journal then
    self.journal:close()
    self.journal = nil
  end
end

-- ---- uploads ---------------------------------------------------------------

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

--- Sets an upload with a new file. The commit removes the old one, or the new
-- one when it fails.
function store_methods:set_upload(uuid, upload)
  local old = self.uploads[uuid].file
  self.old_files[#self.old_files + 1] = old
  self.new_files[#self.new_files + 1] = upload.file
  self:set({ "uploads", uuid }, upload)
end

-- ---- opening ---------------------------------------------------------------

--- Whether a name is that of a file which a store has made: the state's own
-- name, a dot and 16 hexadecimal digits; and a regular file has it. A state
-- that somebody else has written may name any file.
local function is_own_file(store, name)
  local beginning = file_beginning(store)
  return type(name) == "string" and name:sub(1, #beginning) == beginning and
    name:find("^%x+$", #beginning + 1) ~= nil and #name == #beginning + 16 and
    core.file.kind(store:path_of(name), false) == "file"
end

--- Returns what is wrong with the files of a state, or nil.
local function files_problem(store)
  for _, upload in pairs(store.uploads) do
    if upload.file ~= nil and not is_own_file(store, upload.file) then
      return ("'%s' is no file that belongs to it"):format(
        tostring(upload.file))
    end
  end
end

--- Whether a value of a state is a number that the sandbox can have come to, by
-- moving its clock or by counting.
local function is_number(value, name)
  return type(value) == "number" and value >= 0 and
    value <= (most[name] or most.other) and (name == "moved" or value % 1 == 0)
end

--- Returns what is wrong with the numbers of a state, or nil.
local function numbers_problem(store)
  for name in pairs(empty_state().numbers) do
    if not is_number(store.numbers[name], name) then
      return ("'%s' is no number that it can have"):format(name)
    end
  end
  for kind, count in pairs(store.counters) do
    if not is_number(count) then
      return ("its count of '%s' is no number that it can have"):format(
        tostring(kind))
    end
  end
end

--- Takes over the parts of a state that was read. Returns what is wrong with
-- it, or nil.
local function fill(store, state)
  for name in pairs(empty_state()) do
    store[name] = state[name]
    if type(store[name]) ~= "table" then
      return ("it has no %s"):format(name)
    end
  end
  return numbers_problem(store) or shapes.problem(store) or
    files_problem(store)
end

--- Returns a store with an empty state.
local function new(path)
  local store = setmetatable(empty_state(), store_mt)
  store.path, store.filled, store.length, store.most = path, {}, 0, LEAST
  forget_changes(store)
  return store
end

--- Begins a state in an empty file, or goes on with the one that is there.
-- Returns true, or nil and a problem.
local function start(store)
  local text, problem = core.file.read(store.path, LARGEST)
  if not text then
    return nil, problem or "it was removed"
  elseif not text:find("%S") then
    return rewrite(store)
  end
  local state, facts = records.read(text)
  if not state then
    return nil, facts
  end
  problem = fill(store, state)
  if problem then
    return nil, problem
  end
  store.sum, store.length = facts.sum, facts.length
  store.most = math.max(LEAST, 2 * facts.first)
  store.torn = facts.torn and ("%s: line %d was cut short as it was " ..
    "written, and is left out"):format(store.path, facts.torn)
  return store.journal:cut(facts.length)
end

--- Opens a state. Its file is locked until the state is closed, or no longer
-- used, and is left as it is when it is no state.
-- @param path string: its file, created when it does not exist; nil for a state
--   in memory
-- @return the state, with a message in `torn` where the file ended with part of
--   a line; or nil and a message when the file can't be used
local function open(path)
  local store = new(path)
  if not path then
    return store
  end
  local done, problem
  store.journal, problem = core.journal(path)
  if store.journal then
    done, problem = start(store)
  end
  if not done then
    store:close()
    return nil, ("the state can't be used: %s: %s"):format(path, problem)
  end
  return store
end

return { open = open }
