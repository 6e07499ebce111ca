--- prosody_spec.lua - the module examples/hosts/mod_rackspace.lua
-- SPDX-License-Identifier: MIT
local hosts = require("spec.hosts.support")
local support = require("spec.sandbox.support")

local config = [[
run_as_root = true
daemonize = false
data_path = "%s"
pidfile = "%s/prosody.pid"
plugin_paths = { "%s/examples/hosts" }
modules_disabled = { "c2s", "s2s", "posix", "offline", "tls" }
modules_enabled = { "http" }
http_ports = { %d }
http_interfaces = { "127.0.0.1" }
https_ports = {}
http_default_host = "localhost"
log = { { levels = { min = "info" }, to = "console" } }
VirtualHost "localhost"
  modules_enabled = { "rackspace" }
]]

local function configure(folder, port)
  support.write(folder .. "/prosody.cfg.lua",
    config:format(folder, folder, hosts.root, port))
  return ("--config %s/prosody.cfg.lua"):format(folder)
end

local function ask()
  local folder = support.folder()
  local told = support.output(("prosodyctl %s about 2>&1")
    :format(configure(folder, 0)))
  support.remove(folder)
  return told:match("\nLua version:%s+([^\n]+)"), told:match("Prosody ([%d.]+)")
end

hosts.describe({ name = "Prosody", program = "prosody", ask = ask }, function()
  local box, job, folder

  before_each(function()
    box = assert(support.serve())
    folder = support.folder()
    job = hosts.start(box, function(port)
      return "prosody -F " .. configure(folder, port)
    end, "Serving 'rackspace' at")
  end)

  after_each(function()
    hosts.stop(job)
    support.remove(folder)
    box:finish()
  end)

  it("answers a route by its own client", function()
    local answer = support.curl(job.url .. "/accounts/10101")
    assert.equal("Active\n", answer.body)
    assert.equal(200, answer.status)
    assert.equal("1", hosts.count(box, "accounts.get"))
    assert.is_truthy(support.curl(job.url .. "/accounts/99").body
      :find("404", 1, true))
  end)

  it("calls again after a pause of the host's own", function()
    hosts.fail_once(box, "accounts.get")
    assert.is_truthy(support.curl(job.url .. "/accounts/10101").body:find("Active"))
    assert.equal("2", hosts.count(box, "accounts.get"))
  end)

  it("serves others while a call waits", function()
    local status, text = hosts.ask_beside(box, job,
      "/accounts/10101", "/other")
    assert.equal(404, status)
    assert.is_truthy(text:find("Active\n", 1, true), text)
  end)
end)
