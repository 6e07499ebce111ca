--- neovim.lua - :Tickets picks a ticket; the editor goes on while it comes
-- SPDX-License-Identifier: MIT
-- luacheck: globals vim
local rackspace = require("rackspace")
local loop = require("rackspace.loop.luv")

--- Calls wait on vim.loop, which is luv's, in a coroutine of the command's own.
local rs = assert(rackspace.new{ loop = loop.new() })

local function choose(tickets)
  vim.ui.select(tickets, { prompt = "Ticket", format_item = function(ticket)
    return ticket.ticketId .. "  " .. ticket.subject
  end }, function(ticket) vim.g.ticket = ticket and ticket.ticketId end)
end

local function pick()
  local tickets, message = rs.tickets:list():totable(50)
  vim.schedule(function() -- the loop's callbacks may not ask the editor
    if tickets then
      choose(tickets)
    else
      vim.notify(message, vim.log.levels.ERROR)
    end
  end)
end

vim.api.nvim_create_user_command("Tickets", function()
  coroutine.wrap(pick)()
end, {})
