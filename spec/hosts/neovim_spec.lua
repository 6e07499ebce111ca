--- neovim_spec.lua - the picker of examples/hosts/neovim.lua
-- SPDX-License-Identifier: MIT
local hosts = require("spec.hosts.support")
local support = require("spec.sandbox.support")

-- The sandbox stands still until the editor's own timer has ticked three times.
local script = [[
local pid, ticks = tonumber(vim.env.SANDBOX_PID), 0
vim.ui.select = function(tickets, options, choose)
  io.stdout:write(options.format_item(tickets[1]), "\n")
  choose(tickets[1])
  io.stdout:write(vim.g.ticket, "\n")
  vim.cmd("qa!")
end
vim.notify = function(message)
  io.stdout:write(message, "\n")
  vim.cmd("qa!")
end
vim.loop.kill(pid, "sigstop")
local timer = vim.loop.new_timer()
timer:start(1, 1, vim.schedule_wrap(function()
  ticks = ticks + 1
  if ticks == 3 then
    io.stdout:write("alive\n")
    vim.loop.kill(pid, "sigcont")
    timer:close()
  end
end))
vim.cmd("Tickets")
]]

local function ask()
  local told = support.output("NVIM_LOG_FILE=/dev/null nvim --version")
  return told:match("\n(LuaJIT [^\n]+)"), told:match("^NVIM v([%d.]+)")
end

hosts.describe({ name = "Neovim", program = "nvim", ask = ask }, function()
  it("picks a ticket, and is alive while the tickets come", function()
    local box = assert(support.serve())
    local folder = support.folder()
    support.write(folder .. "/pick.lua", script)
    local _, created = support.run("-e " .. support.quote(
      [[print(assert(require("rackspace").new().tickets:create{
        accountId = "10101", subject = "Disk", category = "Incident",
        subcategory = "Other", severity = "High", comment = { text = "sda" } })
        .ticketId)]]), "env RACKSPACE_SANDBOX=" .. box.url)
    local id = created:match("%S+")
    local job = support.start(hosts.environment(box) .. ("SANDBOX_PID=%d "
      .. "NVIM_LOG_FILE=%s/log timeout 30 nvim --headless -u NONE -i NONE "
      .. "-c 'luafile examples/hosts/neovim.lua' -c 'luafile %s/pick.lua'")
      :format(box.pid, folder, folder), "/dev/null")
    local alive, item, chosen = job:line(), job:line(), job:line()
    local code, _, complaint = job:finish()
    box:signal("CONT")
    box:finish()
    support.remove(folder)
    assert.same({ "alive", id .. "  Disk", id, 0 },
      { alive, item, chosen, code }, complaint)
  end)
end)
