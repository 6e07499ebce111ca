--- tarantool_spec.lua - the fibers of examples/hosts/tarantool.lua
-- SPDX-License-Identifier: MIT
local hosts = require("spec.hosts.support")
local support = require("spec.sandbox.support")

-- With the first request the sandbox stands still, until another fiber has gone
-- on three times.
local script = [[
local fiber, http = require("fiber"), require("http.client")
local new, has_stopped = http.new, false

local function stand_still()
  has_stopped = true
  os.execute("kill -STOP $SANDBOX_PID")
  fiber.create(function()
    for _ = 1, 3 do
      fiber.sleep(0.001)
    end
    print("alive")
    os.execute("kill -CONT $SANDBOX_PID")
  end)
end

function http.new()
  local client = new()
  return { request = function(_, ...)
    if not has_stopped then
      stand_still()
    end
    return client:request(...)
  end }
end
dofile(arg[1])
]]

local function ask()
  local told = support.output("tarantool -e " .. support.quote(
    "print(jit.version .. ', ' .. _TARANTOOL) os.exit()"))
  return told:match("^(.-), ([%d.]+)")
end

hosts.describe({ name = "Tarantool", program = "tarantool", ask = ask }, function()
  it("copies accounts, and its other fibers go on", function()
    local box = assert(support.serve())
    local folder = support.folder()
    support.write(folder .. "/fibers.lua", script)
    local job = support.start(("sh -c 'cd %s && exec \"$@\"' sh %s "
      .. "SANDBOX_PID=%d tarantool fibers.lua %s/examples/hosts/tarantool.lua")
      :format(folder, hosts.environment(box), box.pid, hosts.root),
      "/dev/null")
    local code, out, complaint = job:finish()
    box:signal("CONT")
    assert.equal(0, code, complaint)
    assert.equal("alive\n", out:match("^[^\n]*\n"))
    local count = out:match("(%d+) accounts, MyRackspaceAcct\n")
    local listed = support.run("-e " .. support.quote(
      "local n = 0 for _ in require('rackspace').new().accounts:list{ "
      .. "accountType = 'CLOUD' } do n = n + 1 end os.exit(n)"),
      "env RACKSPACE_SANDBOX=" .. box.url)
    assert.equal(listed, tonumber(count))
    support.remove(folder)
    box:finish()
  end)
end)
