--- tarantool_spec.lua - the fibers of examples/hosts/tarantool.lua
-- SPDX-License-Identifier: MIT
local hosts = require("spec.hosts.support")
local support = require("spec.sandbox.support")

hosts.describe({ describe = describe, pending = pending }, "Tarantool", "luajit",
  "tarantool", function()
  it("is the one of the table", function()
    local told = support.output("tarantool -e " .. support.quote(
      "print(jit.version .. ', ' .. _TARANTOOL:match('^[%d.]+')) os.exit()"))
    assert.equal(told, table.concat(hosts.row("Tarantool"), ", ") .. "\n")
  end)

  it("copies accounts by its own client", function()
    local box = assert(support.serve())
    local folder = support.folder()
    local job = support.start(("sh -c 'cd %s && exec \"$@\"' sh %s "
      .. "tarantool %s/examples/hosts/tarantool.lua"):format(folder,
        hosts.environment(box), hosts.root), "/dev/null")
    local code, out, complaint = job:finish()
    assert.equal(0, code, complaint)
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
