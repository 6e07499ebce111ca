--- init_spec.lua - one-shot commands: a word, its options, its run
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

describe("a command", function()
  it("is told from a script", function()
    local folder = support.folder()
    local path = support.write(folder .. "/accounts.lua", "print(1)")
    assert.same({ 0, "1\n", "" }, { support.run(path) })
    support.remove(folder)
  end)

  it("takes options before and behind it", function()
    local _, before = support.run("--sandbox --max 1 --output=csv accounts.list --fields id")
    local _, behind = support.run("accounts.list --sandbox --max=1 --fields=id --output csv")
    assert.equal("id\r\n10101\r\n", before)
    assert.equal(before, behind)
    local _, out = support.run("--sandbox accounts.get -- CLOUD/10101")
    assert.equal("10101", support.jq(out, ".id"))
  end)

  it("is a service and an operation as one word or as two", function()
    for _, rest in ipairs{ "180404-00001 --dry-run", "--dry-run 180404-00001",
        "--help", "--output=svg 1", "", "1 2" } do
      assert.same({ support.run("--sandbox tickets.close " .. rest) },
        { support.run("--sandbox tickets close " .. rest) }, rest)
    end
    local _, out = support.run("--sandbox accounts --max=1 list --fields=id")
    assert.equal('{"id":"10101"}\n', out)
    local code, _, said = support.run("--sandbox tickets clse 180404-00001")
    assert.equal(2, code)
    assert.matches("no operation 'tickets.clse' %(did you mean 'tickets.close'", said)
  end)

  it("names a service's operations when none of them is given", function()
    for _, arguments in ipairs{ "accounts", "accounts --output=csv", "--max=1 accounts" } do
      local code, out, said = support.run(arguments)
      assert.same({ 2, "" }, { code, out }, arguments)
      assert.matches("^rackspace: accounts needs one of its operations:\n  accounts.list ", said)
      assert.matches("\n  accounts.timeline [^\0]*\ntry: rackspace help accounts\n$", said)
    end
  end)

  it("comes before a script of its name, which ./ runs", function()
    local folder = support.folder()
    for _, name in ipairs{ "accounts", "status", "tickets.mine" } do
      support.write(folder .. "/" .. name, "print('script', ...)")
    end
    local inside = "env -C " .. support.quote(folder)
    assert.same({ 0, "script\tlist\n", "" }, { support.run("./accounts list", inside) })
    local code, out, said = support.run("accounts", inside)
    assert.same({ 2, "" }, { code, out })
    assert.matches("needs one of its operations", said)
    code, out, said = support.run("tickets.mine", inside)
    assert.same({ 2, "" }, { code, out })
    assert.matches("; the script of that name is %./tickets%.mine\n", said)
    support.remove(folder)
  end)

  it("takes no words that it has no use for", function()
    for arguments, complaint in pairs{ ["login work"] = "login: 'work' is one word too many",
        ["status me"] = "status: 'me' is", ["completion bash zsh"] = "completion: 'zsh' is" } do
      local code, out, said = support.run(arguments)
      assert.same({ 2, "" }, { code, out }, arguments)
      assert.is_truthy(said:find(complaint, 1, true), said)
    end
  end)

  it("is named when there is none of that name", function()
    for arguments, complaint in pairs{
      ["acounts.list"] = "no script or command 'acounts.list' %(did you mean 'accounts.list'",
      ["logn"] = "did you mean 'login'", ["spec"] = "no script or command 'spec'",
      ["acount list"] = "no script or command 'acount' %(did you mean 'accounts'",
      ["accounts.list --ouput=csv"] = "no option '%-%-ouput' %(did you mean '%-%-output'",
      ["accounts.list -i"] = "no option '%-i'",
      ["--max=3 -e x=1"] = "%-%-max is for commands" } do
      local code, out, said = support.run(arguments)
      assert.same({ 2, "" }, { code, out }, arguments)
      assert.matches(complaint, said)
    end
  end)
end)
