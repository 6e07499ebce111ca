--- examples_spec.lua - every example, run against a sandbox over HTTP
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

-- What each example is given, and what its output must show.
local checks = {
  ["01-accounts.lua"] = function(run, box)
    local out = run("")
    assert.is_truthy(out:find("CLOUD +10101 +Active +MyRackspaceAcct\n"))
    assert.is_truthy(out:find("CLOUD +19293385070 "))
    assert.is_truthy(out:find("CLOUD +RAN2891 "))
    assert.is_truthy(out:find("137 accounts in all", 1, true))
    local sum = 0
    for count in out:match("137 accounts in all([^\n]*)"):gmatch(
      "(%d+) %u") do
      sum = sum + count
    end
    assert.equal(137, sum)
    assert.is_truthy(out:find("RCN-123-456-789", 1, true))
    for _, change in ipairs{ "2014-10-01T18:00:00.000Z  Active ",
      "2012-07-15T18:00:00.000Z  Pending Approval ",
      "2013-02-02T18:00:00.000Z  MERGE", "2015-04-21T18:00:00.000Z  NICKNAME",
    } do
      assert.is_truthy(out:find(change, 1, true), change)
    end
    assert.equal("1 1 3", support.jq(support.curl(box.url
      .. "/sandbox/counts").body, '"\\(."identity.authenticate") '
      .. '\\(."accounts.status_history") \\(."accounts.list")"'))
  end,

  ["02-timeline.lua"] = function(run)
    assert.equal(support.read("doc/timeline.svg"), run("CLOUD/10101 svg"))
    assert.is_truthy(support.read("README.md"):find("\n    " .. run("")
      :gsub("\n", "\n    "):gsub(" +$", ""), 1, true))
    assert.is_truthy(run("CLOUD/10101 html"):find("</html>\n$"))
  end,

  ["core.lua"] = function(run, box)
    local out = run(("%s/sandbox %s/none http://127.0.0.1:1"):format(box.url,
      box.url))
    local seen = {}
    for line in out:gmatch("[^\n]+") do
      seen[#seen + 1] = line:gsub("^" .. box.url:gsub("%p", "%%%0"), "")
        :gsub(" in %d+%.%d+ s$", "")
    end
    table.sort(seen)
    assert.equal(3, #seen)
    assert.is_truthy(seen[1]:find(
      "^/none  404  %d+ bytes of application/json$"))
    assert.is_truthy(seen[2]:find(
      "^/sandbox  200  %d+ bytes of application/json$"))
    assert.is_truthy(seen[3]:find("^http://127%.0%.0%.1:1  network: "))
  end,
}

describe("the examples", function()
  local box

  before_each(function()
    box = assert(support.serve())
  end)

  after_each(function()
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  for name, check in pairs(checks) do
    it("work: " .. name, function()
      check(function(arguments)
        local code, out, said = support.run("examples/" .. name .. " "
          .. arguments, "env RACKSPACE_SANDBOX=" .. box.url)
        assert.same({ 0, "" }, { code, said })
        return out
      end, box)
    end)
  end

  it("are all of them checked here", function()
    local names = support.output("ls examples | grep '[.]lua$'")
    for name in names:gmatch("[^\n]+") do
      assert.is_function(checks[name], name)
    end
    for name in pairs(checks) do
      assert.is_truthy(names:find(name, 1, true))
    end
  end)
end)
