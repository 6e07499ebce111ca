--- journal.lua - records in a file which requests were begun and how they ended
-- SPDX-License-Identifier: MIT
--
-- A line "begun" is written before a request, "made" or "refused" after it.
-- Lines are flushed, so they survive the end of this process, but not synced to
-- the disk: after a power cut the last ones may be missing. So the service is
-- always searched first. Only one process at a time may write.
local journal_methods = {}
local journal_mt = { __index = journal_methods }

-- Seconds within which an interrupted request may still take effect.
local SETTLING = 300

--- Returns the state and the value of a key's last line, or nil.
function journal_methods:last(key)
  local entry = self.entries[key] or {}
  return entry.state, entry.value
end

local function add(journal, state, key, value)
  assert(journal.file:write(state, " ", key, " ", value, "\n"))
  assert(journal.file:flush())
end

--- Makes the object of a key, once.
-- @param key string
-- @param rs session, whose clock is used
-- @param find function that returns the object's id when it exists
-- @param make function that returns its id; or nil, a message and an error
-- @return "found", "made", "refused" or "unknown", and the id or the message
function journal_methods:once(key, rs, find, make)
  local before, since = self:last(key)
  if before == "begun" then
    assert(rs:sleep(math.max(0, since + SETTLING - rs:time())))
  end
  local id, state, message, err = find(), "found"
  if not id then
    add(self, "begun", key, ("%.0f"):format(rs:time()))
    id, message, err = make()
    state = id and "made" or err.sent == "unknown" and "unknown" or "refused"
  end
  if state ~= "unknown" then
    add(self, id and "made" or state, key, id or err.kind)
  end
  return state, id or message
end

--- Opens a journal to append to. A last line that is incomplete is completed
-- so that it is ignored.
local function open(path)
  local file = assert(io.open(path, "a+"))
  local text, entries = file:read("*a"), {}
  for line in text:gmatch("([^\n]*)\n") do
    local state, key, value = line:match("^(%l+) (%S+) (%S+)$")
    entries[key or ""] = { state = state, value = value }
  end
  if text:find("[^\n]$") then
    assert(file:write(" was cut off\n"))
  end
  return setmetatable({ file = file, entries = entries }, journal_mt)
end

return { open = open }
