--- journal.lua - what was begun and how it ended, in a file
-- SPDX-License-Identifier: MIT
--
-- It says "begun" before a request, "made" or "refused" after it.
-- Each line is flushed: the system has it, whatever ends this process. Lua
-- can't have it put on the disk, and a power cut may take the last ones: so the
-- service is always looked at first. One process at a time may write.
local journal_methods = {}
local journal_mt = { __index = journal_methods }

-- The seconds in which a request that was cut off may still have its effect.
local SETTLING = 300

--- What the journal says last of a key: a word and a value; nil for nothing.
function journal_methods:last(key)
  local said = self.said[key] or {}
  return said.what, said.value
end

local function note(self, what, key, value)
  assert(self.file:write(what, " ", key, " ", value, "\n"))
  assert(self.file:flush())
end

--- Makes what a key stands for, once. find() gives its id when it is there
-- already; make() gives its id, or nil, a message and an error. Returns what
-- came of it ("found", "made", "refused", "unknown"), and the id or message.
function journal_methods:once(key, rs, find, make)
  local before, since = self:last(key)
  if before == "begun" then
    assert(rs:sleep(math.max(0, since + SETTLING - rs:time())))
  end
  local id, what, message, err = find(), "found"
  if not id then
    note(self, "begun", key, ("%.0f"):format(rs:time()))
    id, message, err = make()
    what = id and "made" or err.sent == "unknown" and "unknown" or "refused"
  end
  if what ~= "unknown" then
    note(self, id and "made" or what, key, id or err.kind)
  end
  return what, id or message
end

--- The journal, open at its end. A line that was cut off is made one that says
-- nothing.
local function open(path)
  local file = assert(io.open(path, "a+"))
  local text, said = file:read("*a"), {}
  for line in text:gmatch("([^\n]*)\n") do
    local what, key, value = line:match("^(%l+) (%S+) (%S+)$")
    said[key or ""] = { what = what, value = value }
  end
  if text:find("[^\n]$") then
    assert(file:write(" was cut off\n"))
  end
  return setmetatable({ file = file, said = said }, journal_mt)
end

return { open = open }
