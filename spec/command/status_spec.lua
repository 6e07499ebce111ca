--- status_spec.lua - where settings come from, and whose token it is
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

describe("rackspace status", function()
  local folder

  setup(function()
    folder = support.folder()
  end)

  teardown(function()
    support.remove(folder)
  end)

  it("tells whose token it is, and how long", function()
    local code, out, said = support.run("--sandbox status --read-only")
    assert.same({ 0, "" }, { code, said })
    assert.equal('["demo",true,true,[]]', support.jq(out,
      "[.user, .read_only, (.seconds_left > 80000 and .seconds_left <= 86400), .settings]"))
    out = select(2, support.run("--sandbox status --output=table"))
    assert.matches("\n  token%s+demo's, which ends 20%S+ %(in 23 h %d+ min%)\n", out)
  end)

  it("tells where each setting comes from, and no value", function()
    local path = folder .. "/config"
    support.write(path, "[work]\nusername = alice\napi_key = 0123456789abcdef\n")
    support.output("chmod 600 " .. path)
    local settings = ("env -i HOME=%s RACKSPACE_CONFIG=%s RACKSPACE_PROFILE=work "
      .. "RACKSPACE_CUSTOMER_URL=http://127.0.0.1:9/secret-place"):format(folder, path)
    local code, out, said = support.run("status --dry-run", settings)
    assert.same({ 0, "" }, { code, said })
    assert.equal(('[["api_key","%s"],["customer_url","RACKSPACE_CUSTOMER_URL"],'
      .. '["username","%s"]]'):format(path, path),
      support.jq(out, "[.settings[] | [.setting, .from]]"))
    assert.equal('["live","work"]', support.jq(out, "[.session, .profile]"))
    for _, value in ipairs{ "alice", "0123456789abcdef", "secret-place" } do
      assert.is_nil(out:find(value, 1, true))
    end
  end)

  it("says what is missing", function()
    local code, _, said = support.run("status", "env -i HOME=" .. folder)
    assert.equal(3, code)
    assert.matches("there are no credentials", said)
  end)
end)
