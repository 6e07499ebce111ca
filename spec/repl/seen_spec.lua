--- seen_spec.lua - the ids that a conversation has met
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local seen = require("rackspace.repl.seen")

describe("seen", function()
  it("notes ids by their fields' names, each once", function()
    local notes = seen.new()
    local list = { { ticketId = "1-2", subject = "x", accountId = "hybrid:1" },
      { ticketId = "1-3", accountId = "hybrid:1", author = { id = "RPN-1" } } }
    notes:note(list)
    notes:note(list)
    notes:note{ ticketId = "1-2", note = "no id" }
    assert.same({ ticketId = { "1-2", "1-3" }, accountId = { "hybrid:1" },
      id = { "RPN-1" } }, notes.ids)
  end)

  it("knows accounts by type and id", function()
    local notes = seen.new()
    notes:note{ { type = "CLOUD", id = "7" }, { type = "Server", id = "dedicated:1" } }
    assert.same({ "CLOUD/7" }, notes.ids.account)
  end)

  it("notes what a session's calls gave", function()
    local rs, notes = assert(rackspace.new{ sandbox = true }), seen.new()
    assert(rs.accounts:get("CLOUD/10101"))
    notes:note_session(rs)
    assert.same({ "CLOUD/10101" }, notes.ids.account)
    notes:note_session(nil)
    rs:close()
  end)

  it("bounds what it looks at, calls no metamethod, and ends", function()
    local notes, list = seen.new(), {}
    for i = 1, 2000 do list[i] = { id = "id" .. i } end
    notes:note(list)
    assert.equal(300, #notes.ids.id)
    local round = setmetatable({ id = "x" }, { __index = error, __pairs = error,
      __len = error })
    rawset(round, "self", round)
    notes:note(round)
    notes:note("text")
    notes:note(setmetatable({ id = "object" }, { __tostring = error }))
    assert.equal("x", notes.ids.id[301])
    assert.is_nil(notes.ids.id[302])
  end)
end)
