--- 91-help-in-place-of-a-result_spec.lua - the program does nothing and exits 0
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

-- A service's name printed its help, whatever followed it, and exited 0:
-- `rackspace tickets close 180404-00001 && echo closed` closed nothing, and
-- `rackspace accounts list --output=csv > a.csv` wrote help to the file.
describe("a service and an operation as two words", function()
  it("do what they say", function()
    local code, out = support.run("--sandbox tickets close 180404-00001 --output=json")
    assert.same({ 0, "Closed" }, { code, support.jq(out, ".status") })
    code, out = support.run("--sandbox accounts list --output=csv --fields=id --max=1")
    assert.same({ 0, "id\r\n10101\r\n" }, { code, out })
  end)

  it("write nothing to standard output when they are wrong", function()
    for _, words in ipairs{ "tickets", "tickets clos 180404-00001", "tickets list.all",
        "ticket close 180404-00001", "contacts --output=csv" } do
      local code, out, said = support.run("--sandbox " .. words)
      assert.same({ 2, "" }, { code, out }, words)
      assert.matches("^rackspace: ", said)
    end
  end)
end)
