--- embed_spec.lua - librackspace, by the C program of the examples
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local embed = (os.getenv("RACKSPACE_BUILD") or "build/lua5.4") .. "/embed"

local function run(settings)
  return support.start(settings .. " " .. support.quote(embed), "/dev/null")
    :finish()
end

describe("a C program with librackspace", function()
  it("asks for an account", function()
    assert.same({ 0, "10101\tMyRackspaceAcct\tActive\n", "" },
      { run("env RACKSPACE_SANDBOX=1") })
  end)

  it("needs no variable of Lua's", function()
    assert.same({ 0, "10101\tMyRackspaceAcct\tActive\n", "" },
      { run("env -u LUA_PATH -u LUA_CPATH RACKSPACE_SANDBOX=1") })
  end)

  it("is told by the sandbox that it asks over HTTP", function()
    local box = assert(support.serve("--accounts 5"))
    assert.equal(0, (run("env RACKSPACE_SANDBOX=" .. box.url)))
    assert.equal("1", support.jq(support.curl(box.url .. "/sandbox/counts")
      .body, '."accounts.get"'))
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  it("gets the error's text, with a traceback", function()
    local code, out, said = run("env")
    assert.same({ 1, "" }, { code, out })
    assert.is_truthy(said:find("there are no credentials", 1, true))
    assert.is_truthy(said:find("stack traceback:", 1, true))
  end)
end)
