--- open_tickets.lua - nginx's timer that counts the open tickets
-- SPDX-License-Identifier: MIT
-- luacheck: globals ngx
local poll = require("rackspace.loop.poll")
local rackspace = require("rackspace")

local is_done = { Closed = true, Solved = true }

--- Runs a function whose calls are sent by libcurl, since a timer can make no
-- subrequests. nginx watches no descriptors of others, so they are tried a
-- hundred times a second while a call waits. In between nginx goes on.
local function run(loop, fn)
  local thread = coroutine.create(fn)
  assert(coroutine.resume(thread))
  while coroutine.status(thread) ~= "dead" do
    ngx.sleep(0.01)
    loop:step()
  end
end

local function count(rs)
  local open = 0
  for ticket in rs.tickets:list() do
    open = open + (is_done[ticket.status] and 0 or 1)
  end
  ngx.shared.tickets:set("open", open)
end

--- Counts in one worker: now, and again so many seconds after each count has
-- ended, so that no two run at once.
return function(seconds)
  if ngx.worker.id() ~= 0 then
    return
  end
  local loop = poll.new()
  local rs = assert(rackspace.new{ loop = loop })
  local function tick(is_ending)
    if is_ending then
      return rs:close()
    end
    local ok, problem = pcall(run, loop, function() count(rs) end)
    if not ok then
      ngx.log(ngx.ERR, tostring(problem)) -- the next count may succeed
    end
    assert(ngx.timer.at(seconds, tick))
  end
  assert(ngx.timer.at(0, tick))
end
