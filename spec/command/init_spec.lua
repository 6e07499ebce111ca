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

  it("is named when there is none of that name", function()
    for arguments, complaint in pairs{
      ["acounts.list"] = "no script or command 'acounts.list' %(did you mean 'accounts.list'",
      ["logn"] = "did you mean 'login'",
      ["accounts.list --ouput=csv"] = "no option '%-%-ouput' %(did you mean '%-%-output'",
      ["accounts.list -i"] = "no option '%-i'",
      ["--max=3 -e x=1"] = "%-%-max is for commands" } do
      local code, out, said = support.run(arguments)
      assert.same({ 2, "" }, { code, out }, arguments)
      assert.matches(complaint, said)
    end
  end)
end)
