--- 10-follow-events.lua - prints the new events of an account's tickets
-- SPDX-License-Identifier: MIT
--
-- 10-follow-events.lua hybrid:12345 ~/.events         prints new events, ends
-- 10-follow-events.lua hybrid:12345 ~/.events 60      polls every 60 seconds
--  The file holds the id of the last event. It is written after the event was
-- printed: a script that is killed in between prints an event twice, never
-- none.
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

--- Replaces the file in one step, so that it is never half written.
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
  -- After a marker the oldest event comes first, without one the newest.
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
