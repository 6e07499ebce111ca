--- known_ids_spec.lua - collects the ids in results
-- SPDX-License-Identifier: MIT
local known_ids = require("rackspace.repl.known_ids")
local rackspace = require("rackspace")

describe("known_ids", function()
  it("collects ids by their fields' names, each once", function()
    local found = known_ids.new()
    local list = { { ticketId = "1-2", subject = "x", accountId = "hybrid:1" },
      { ticketId = "1-3", accountId = "hybrid:1", author = { id = "RPN-1" } } }
    found:add(list)
    found:add(list)
    found:add{ ticketId = "1-2", note = "no id" }
    assert.same({ ticketId = { "1-2", "1-3" }, accountId = { "hybrid:1" },
      id = { "RPN-1" } }, found.ids)
  end)

  it("knows accounts by type and id", function()
    local found = known_ids.new()
    found:add{ { type = "CLOUD", id = "7" }, { type = "Server", id = "dedicated:1" } }
    assert.same({ "CLOUD/7" }, found.ids.account)
  end)

  it("collects what a session's calls gave", function()
    local rs, found = assert(rackspace.new{ sandbox = true }), known_ids.new()
    assert(rs.accounts:get("CLOUD/10101"))
    found:add_session(rs)
    assert.same({ "CLOUD/10101" }, found.ids.account)
    found:add_session(nil)
    rs:close()
  end)

  it("bounds what it looks at, calls no metamethod, and ends", function()
    local found, list = known_ids.new(), {}
    for i = 1, 2000 do list[i] = { id = "id" .. i } end
    found:add(list)
    assert.equal(300, #found.ids.id)
    local loop = setmetatable({ id = "x" }, { __index = error, __pairs = error,
      __len = error })
    rawset(loop, "self", loop)
    found:add(loop)
    found:add("text")
    found:add(setmetatable({ id = "object" }, { __tostring = error }))
    assert.equal("x", found.ids.id[301])
    assert.is_nil(found.ids.id[302])
  end)
end)
