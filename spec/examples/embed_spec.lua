--- embed_spec.lua - librackspace, by the C programs of the examples
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local build = os.getenv("RACKSPACE_BUILD") or "build/lua5.4"
local account = [["name":"MyRackspaceAcct"]]

-- A library built for a checker needs that checker's library before it.
if os.getenv("LD_PRELOAD") then
  return
end

describe("a C program with librackspace", function()
  local folder

  setup(function()
    folder = support.folder()
    for _, name in ipairs{ "account", "tickets" } do
      assert.equal("", support.output(("cc -std=c99 -D_POSIX_C_SOURCE=200809L "
        .. "-Isrc -o %s/%s examples/embed/%s.c -L%s -lrackspace "
        .. "-Wl,-rpath,%s 2>&1"):format(folder, name, name, build, build)))
    end
  end)

  teardown(function()
    support.remove(folder)
  end)

  local function run(settings, program)
    return support.start(settings .. " " .. folder .. "/" .. program,
      "/dev/null"):finish()
  end

  it("asks for an account, and needs no variable of Lua's", function()
    local code, out, said = run("env -u LUA_PATH -u LUA_CPATH "
      .. "RACKSPACE_SANDBOX=1", "account")
    assert.same({ 0, "" }, { code, said })
    assert.is_truthy(out:find(account, 1, true))
  end)

  it("is told by the sandbox that it asks over HTTP", function()
    local box = assert(support.serve("--accounts 5"))
    assert.equal(0, (run("env RACKSPACE_SANDBOX=" .. box.url, "account")))
    assert.equal("1", support.jq(support.curl(box.url .. "/sandbox/counts")
      .body, '."accounts.get"'))
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  it("gets the error's text", function()
    local code, out, said = run("env", "account")
    assert.same({ 1, "" }, { code, out })
    assert.is_truthy(said:find("^rackspace.new: there are no credentials"))
  end)

  it("watches the tickets that its rule is told of", function()
    local box = assert(support.serve("--accounts 5"))
    local rule = support.write(folder .. "/rule.lua", [[
      for ticket in rs.tickets:list() do tell(ticket.ticketId) end
      local made, message = rs.tickets:create{}
      assert(not made and message:find("does not allow it"))]])
    local code, out, said = run("env RACKSPACE_SANDBOX=" .. box.url,
      "tickets 0 " .. rule)
    assert.same({ 0, "" }, { code, said })
    local lines = select(2, out:gsub('%[".-"%]\n', ""))
    assert.is_true(lines > 0)
    assert.is_truthy(out:find(("\n%d told\n$"):format(lines)))
    box:finish()
  end)
end)
