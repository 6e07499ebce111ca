--- pkgcloud_spec.lua - Rackspace's own client for Node.js against the sandbox
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.base.json")
local node = require("spec.support.node")
local sandbox = require("spec.support.sandbox")
local support = require("spec.sandbox.support")

--- What pkgcloud says after its log-ins; nil, and the spec is pending, where it
-- is not here.
local function log_in(box)
  local problem = node.problem()
  if problem then
    return pending(problem)
  end
  local user = box.users[1]
  return assert(json.decode(support.output(node.command("pkgcloud.js", box.url, user.username,
    user.api_key, user.password))))
end

describe("pkgcloud", function()
  after_each(sandbox.close_all)

  it("logs in to the sandbox, and uses its token there", function()
    local box = sandbox.start()
    local said = log_in(box)
    if not said then
      return
    end
    for _, way in ipairs{ "by_key", "by_password" } do
      assert.equal(box.credentials.username, said[way].user)
      assert.equal("10101", said[way].tenant)
      assert.is_true(core.time(said[way].expires) > os.time() + 3600)
      assert.is_true(#said[way].services > 0)
    end
    assert.are_not.equal(said.by_key.token, said.by_password.token)
    assert.equal(said.by_key.token, said.validated.token)
    assert.equal(box.credentials.username, said.validated.user)
    assert.equal(137, said.tenants)
    assert.equal("10101", said.tenant)
    assert.equal(404, said.foreign)
    for _, name in ipairs{ "cloudServersOpenStack", "cloudFiles", "cloudBlockStorage",
      "cloudLoadBalancers", "cloudDNS", "cloudDatabases" } do
      assert.is_truthy(table.concat(said.by_key.services, " "):find(name, 1, true), name)
    end
    assert.equal(401, said.refused.status)
    assert.equal("Unable to authenticate user with credentials provided.", said.refused.message)
  end)
end)
