--- 10-follow-events.lua - what is new with an account's tickets since last time
-- SPDX-License-Identifier: MIT
--
-- 10-follow-events.lua hybrid:12345 ~/.events         what is new, and ends
-- 10-follow-events.lua hybrid:12345 ~/.events 60      looks every 60 seconds
--
-- FILE keeps the last event's id. It is written after the event was printed:
-- who is killed in between prints an event again, and leaves none out.
local rackspace = require("rackspace")

local account, path, seconds = ...
seconds = tonumber(seconds)
if not path or select("#", ...) > 2 and not seconds then
  io.stderr:write("usage: 10-follow-events.lua ACCOUNT FILE [SECONDS]\n")
  os.exit(2)
end

local function load_marker()
  local file = io.open(path)
  local marker = file and file:read("*l")
  if file then
    file:close()
  end
  return marker
end

--- In one step: a file that is half written is never there.
local function save_marker(marker)
  local file = assert(io.open(path .. ".new", "w"))
  assert(file:write(marker, "\n"))
  assert(file:close())
  assert(os.rename(path .. ".new", path))
end

local rs = assert(rackspace.new())
local marker = load_marker()
io.stdout:setvbuf("line")

repeat
  -- After a marker the oldest comes first; without one it is the last to come.
  local events = assert(rs.tickets:events(account, { marker = marker })
    :totable())
  local first, last, step = 1, #events, 1
  if not marker then
    first, last, step = #events, 1, -1
  end
  for i = first, last, step do
    local what = events[i].content.event
    print(events[i].updated, what.resourceId, what.type, what.product.status,
      what.product.subject)
    marker = events[i].id
    save_marker(marker)
  end
until not (seconds and rs:sleep(seconds))
