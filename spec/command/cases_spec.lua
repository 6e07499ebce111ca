--- cases_spec.lua - what may stand where, as functions of a shell
-- SPDX-License-Identifier: MIT
local cases = require("rackspace.command.cases")
local support = require("spec.sandbox.support")

describe("the functions of a shell", function()
  it("print what the rows know", function()
    local path = support.write(os.tmpname(), cases())
    local function says(code)
      return support.output(("bash -c '. %s; %s'"):format(path, code))
    end
    assert.equal("CLOUD\nMANAGED_HOSTING\nFANATICAL_SUPPORT_FOR_AWS\nRPC_V\n",
      says("_rackspace_values accounts.list accountType"))
    assert.equal("US\nUK\n", says("_rackspace_values login --region"))
    assert.equal("", says("_rackspace_values accounts.list domain"))
    assert.equal("timeout=\ndeadline=\nretries=\nformat=\n",
      says("_rackspace_words accounts.get"))
    assert.equal("0 1 1\n", says("_rackspace_takes --max; a=$?; _rackspace_takes --yes; "
      .. "b=$?; _rackspace_takes --sandbox; echo $a $b $?"))
    os.remove(path)
  end)
end)
