--- mpv.lua - Ctrl+t shows an account's open tickets over the picture
-- SPDX-License-Identifier: MIT
--
-- mpv --script=mpv.lua --script-opts=mpv-account=hybrid:12345 FILE
-- luacheck: globals mp
local rackspace = require("rackspace")

local options = { account = "hybrid:10101", seconds = 10 }
require("mp.options").read_options(options)

--- mpv runs each script in a thread of its own: a call holds up no other
-- script, no key and no frame.
local rs = assert(rackspace.new())

local is_done = { Closed = true, Solved = true }

local function list_open()
  local lines = {}
  for ticket in rs.tickets:list() do
    if ticket.accountId == options.account and not is_done[ticket.status] then
      lines[#lines + 1] = ticket.ticketId .. "  " .. ticket.subject
    end
  end
  return lines[1] and table.concat(lines, "\n") or "no open tickets"
end

mp.add_key_binding("Ctrl+t", "tickets", function()
  local _, text = pcall(list_open) -- a pager raises what went wrong
  mp.osd_message(tostring(text), options.seconds)
end)
