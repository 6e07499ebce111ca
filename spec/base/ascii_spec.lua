--- ascii_spec.lua - letters in the other case
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")

describe("ascii", function()
  it("changes the case of A to Z, and no other byte", function()
    assert.equal("id-@[`{\195\132\0z", ascii.lower("ID-@[`{\195\132\0Z"))
    assert.equal("ID-@[`{\195\164\0Z", ascii.upper("id-@[`{\195\164\0z"))
  end)

  it("gives the text alone", function()
    assert.equal(1, select("#", ascii.lower("AB")))
    assert.equal(1, select("#", ascii.upper("ab")))
  end)
end)
