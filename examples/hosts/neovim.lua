--- neovim.lua - :Tickets picks a ticket; the editor goes on while it comes
-- SPDX-License-Identifier: MIT
-- luacheck: globals vim
local core = require("rackspace.core")
local rackspace = require("rackspace")

local client, polls, waiting = assert(core.client()), {}, {}
local timer = vim.loop.new_timer()
local watch

--- Lets libcurl go on, and whoever waited for what finished.
local function step(...)
  for _, transfer in ipairs(client:step(...)) do
    local thread = waiting[transfer]
    waiting[transfer] = nil
    vim.schedule(function() assert(coroutine.resume(thread)) end)
  end
  watch()
end

--- Has vim.loop watch what libcurl waits for.
function watch()
  for descriptor, poll in pairs(polls) do
    poll:close()
    polls[descriptor] = nil
  end
  local descriptors, seconds = client:fds()
  for descriptor, events in pairs(descriptors) do
    polls[descriptor] = vim.loop.new_poll(descriptor)
    polls[descriptor]:start(events, function(_, ready)
      step(descriptor, ready or events)
    end)
  end
  timer:start(math.ceil((seconds or 1) * 1000), 0, function() step() end)
end

local function transport(request)
  local transfer = client:start{ method = request.method, url = request.url,
    headers = request.headers, body = request.body, timeout = request.timeout,
    fresh = request.writes }
  waiting[transfer] = coroutine.running()
  watch()
  coroutine.yield()
  return transfer:response()
end

local function sleep(seconds)
  local thread = coroutine.running()
  vim.defer_fn(function() assert(coroutine.resume(thread)) end, seconds * 1000)
  coroutine.yield()
end

local rs = assert(rackspace.new{ transport = transport, clock = {
  time = core.now, monotonic = core.monotonic, sleep = sleep } })

local function pick()
  local tickets, message = rs.tickets:list():totable(50)
  if not tickets then
    return vim.notify(message, vim.log.levels.ERROR)
  end
  vim.ui.select(tickets, { prompt = "Ticket", format_item = function(ticket)
    return ticket.ticketId .. "  " .. ticket.subject
  end }, function(ticket) vim.g.ticket = ticket and ticket.ticketId end)
end

vim.api.nvim_create_user_command("Tickets", function()
  coroutine.wrap(pick)()
end, {})
