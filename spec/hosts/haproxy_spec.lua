--- haproxy_spec.lua - the action of examples/hosts/haproxy.lua
-- SPDX-License-Identifier: MIT
local hosts = require("spec.hosts.support")
local support = require("spec.sandbox.support")

local function ask()
  local told = support.output("haproxy -vv")
  return told:match("\nBuilt with Lua version : ([^\n]+)"),
    told:match("^HAProxy version ([%d.]+)")
end

hosts.describe({ name = "HAProxy", program = "haproxy", ask = ask }, function()
  local box, job

  before_each(function()
    box = assert(support.serve())
    job = hosts.start(box, function(port)
      return ("PORT=%d haproxy -db -q -f examples/hosts/haproxy.cfg")
        :format(port)
    end)
  end)

  after_each(function()
    hosts.stop(job)
    box:finish()
  end)

  it("asks by its own client, in an action", function()
    local answer = support.curl(job.url .. "/10101")
    assert.equal(200, answer.status)
    assert.equal("Active\n", answer.body)
    assert.equal("1", hosts.count(box, "accounts.get"))
    assert.equal("1", hosts.count(box, "identity.authenticate"))
  end)

  it("calls again after a pause of the host's own", function()
    hosts.fail_once(box, "accounts.get")
    assert.is_truthy(support.curl(job.url .. "/10101").body:find("Active"))
    assert.equal("2", hosts.count(box, "accounts.get"))
  end)

  it("serves others while a call waits", function()
    local status, text = hosts.ask_beside(box, job,
      "/10101", "/health")
    assert.equal(200, status)
    assert.is_truthy(text:find("Active\n", 1, true))
  end)

  it("goes on after an account that is not there", function()
    assert.is_truthy(support.curl(job.url .. "/99").body
      :find("404", 1, true))
    assert.equal("up", support.curl(job.url .. "/health").body)
    assert.equal("Active\n", support.curl(job.url .. "/10101").body)
  end)
end)
