--- 03-spaces_spec.lua - a text of many spaces is gone over once
-- SPDX-License-Identifier: MIT
local ini = require("rackspace.base.ini")

describe("a run of a million spaces", function()
  local spaces = (" "):rep(1000000)

  it("inside a value of an INI file stays", function()
    assert.equal("a" .. spaces .. "b", ini.parse("name = a" .. spaces .. "b")[""].name)
  end)

  it("around it goes", function()
    assert.equal("a", ini.parse("name = " .. spaces .. "a" .. spaces)[""].name)
    assert.equal("", ini.parse(spaces .. "name =" .. spaces)[""].name)
    assert.same({ [""] = {} }, ini.parse(spaces))
  end)
end)
