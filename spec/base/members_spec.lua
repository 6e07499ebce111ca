--- members_spec.lua - copies, additions, and keys in order
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")

describe("members", function()
  it("are copied, and the table that had them stays as it is", function()
    local given = { 1, a = { 2 } }
    local copy = members.copy(given)
    assert.same(given, copy)
    assert.equal(given.a, copy.a)
    copy.b = 3
    assert.is_nil(given.b)
    assert.same({}, members.copy(nil))
    assert.is_nil(getmetatable(members.copy(setmetatable({}, {}))))
  end)

  it("are added, the later ones in place of the earlier", function()
    local to = { a = 1, b = 1 }
    assert.equal(to, members.add(to, { b = 2, c = 2 }))
    assert.same({ a = 1, b = 2, c = 2 }, to)
    assert.equal(to, members.add(to, nil))
  end)

  it("have their keys in order", function()
    assert.same({ "a", "b", "c" }, members.keys{ b = 1, c = 1, a = 1 })
    assert.same({}, members.keys{})
  end)
end)
