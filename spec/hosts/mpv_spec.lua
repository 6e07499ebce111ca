--- mpv_spec.lua - the key of examples/hosts/mpv.lua
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local hosts = require("spec.hosts.support")
local support = require("spec.sandbox.support")

local mpv = "mpv --no-config --idle --vo=null --ao=null --term-osd=force "
  .. "--script="

-- Presses the key once it is bound and mpv plays nothing. The sandbox stands
-- still until the player's timer has ticked three times more.
local script = [[
local ticks = 0
local function is_ready()
  if not mp.get_property_bool("idle-active") then
    return false
  end
  for _, binding in ipairs(mp.get_property_native("input-bindings")) do
    if binding.cmd:find("script-binding mpv/tickets", 1, true) then
      return true
    end
  end
end
mp.add_periodic_timer(0.01, function()
  ticks = (ticks > 0 or is_ready()) and ticks + 1 or 0
  if ticks == 1 then
    os.execute("kill -STOP $SANDBOX_PID")
    mp.commandv("keypress", "Ctrl+t")
  elseif ticks == 4 then
    io.stdout:write("alive\n")
    io.stdout:flush()
    os.execute("kill -CONT $SANDBOX_PID")
  end
end)
]]

local function ask()
  local folder = support.folder()
  local path = support.write(folder .. "/ask.lua", [[
    io.stdout:write(jit and jit.version or _VERSION, ", ",
      mp.get_property("mpv-version"), "\n")
    mp.commandv("quit")]])
  local told = support.output(mpv .. path .. " 2>&1 </dev/null")
  support.remove(folder)
  return told:match("^(.-), mpv v?([%d.]+)")
end

hosts.describe({ name = "mpv", program = "mpv", ask = ask }, function()
  local box, job, folder

  before_each(function()
    box = assert(support.serve())
    folder = support.folder()
  end)

  after_each(function()
    hosts.stop(job)
    support.remove(folder)
    box:finish()
  end)

  --- Waits until mpv or a script prints a text.
  local function wait_for(text)
    child.wait_until(function()
      return support.read(folder .. "/printed"):find(text, 1, true)
    end, text)
  end

  --- Starts mpv, which shows its texts on one or the other of its outputs.
  local function start(account)
    support.write(folder .. "/press.lua", script)
    support.write(folder .. "/printed", "")
    job = support.start(("%s SANDBOX_PID=%d %sexamples/hosts/mpv.lua "
      .. "--script=%s/press.lua --script-opts=mpv-account=%s >>%s/printed 2>&1")
      :format(hosts.environment(box), box.pid, mpv, folder, account, folder),
      "/dev/null")
    wait_for("alive")
  end

  it("shows an account's open tickets, and goes on while they come", function()
    start("10196")
    wait_for("180404-00006  Help! We need more servers!")
  end)

  it("says that there are none", function()
    start("99")
    wait_for("no open tickets")
  end)

  it("shows what went wrong, and goes on", function()
    hosts.fault(box, '{"operation":"tickets.list","status":403}')
    start("10196")
    wait_for("tickets.list: 403")
  end)
end)
