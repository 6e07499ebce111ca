--- help_spec.lua - `rackspace help`: of the program, a service or an operation
-- SPDX-License-Identifier: MIT
local help = require("rackspace.command.help")
local support = require("spec.sandbox.support")

describe("help", function()
  it("knows services, operations, commands and topics", function()
    for name, word in pairs{ [""] = "usage: rackspace", accounts = "accounts.get",
      ["tickets.close"] = "TICKET_ID", login = "--username", sandbox = "--port N",
      concepts = "RCN" } do
      assert.is_truthy(help.text(name):find(word, 1, true), name)
    end
    assert.is_nil(help.text("accounts.none"))
  end)

  it("is printed, and misspelt names find the nearest", function()
    local code, out = support.run("help tickets.close")
    assert.same({ 0, help.text("tickets.close") }, { code, out })
    assert.same({ 0, out, "" }, { support.run("tickets.close --help") })
    assert.same({ 0, out, "" }, { support.run("help tickets close") })
    assert.same({ 0, out, "" }, { support.run("tickets close --help") })
    assert.same({ 0, help.text("tickets"), "" }, { support.run("tickets --help") })
    local _, _, said = support.run("help tickts")
    assert.equal("rackspace: there is no help of 'tickts' (did you mean 'tickets'?)\n"
      .. "try: rackspace --help\n", said)
    for words, complaint in pairs{ ["tickets clos"] = "help of 'tickets.clos' (did you mean "
        .. "'tickets.close'?)", ["login work"] = "help of 'login.work'",
        ["tickets close now"] = "help: 'now' is one word too many" } do
      local status, printed
      status, printed, said = support.run("help " .. words)
      assert.same({ 2, "" }, { status, printed })
      assert.is_truthy(said:find(complaint, 1, true), said)
    end
  end)
end)
