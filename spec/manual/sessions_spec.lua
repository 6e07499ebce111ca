--- sessions_spec.lua - finding sessions among globals
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local sessions = require("rackspace.manual.sessions")

describe("sessions", function()
  local rs

  before_each(function()
    rs = assert(rackspace.new{ sandbox = true })
  end)

  after_each(function()
    rs:close()
  end)

  it("knows a session when it sees one", function()
    assert.equal(rs, sessions.check(rs))
    assert.is_nil(sessions.check{})
    assert.is_nil(sessions.check("rs"))
    assert.equal(rs, sessions.find{ mine = rs })
    assert.equal(rs, sessions.find{ rs = rs, other = 1 })
    assert.is_nil(sessions.find{ rs = 1 })
  end)

  it("finds the metadata of the call that returned a value", function()
    local account = assert(rs.accounts:get("CLOUD/10101"))
    assert.equal("accounts.get", sessions.meta({ other = 1, mine = rs }, account).operation)
    assert.is_nil(sessions.meta({ mine = rs }, {}))
    assert.is_nil(sessions.meta({ mine = rs }, "text"))
    assert.is_nil(sessions.meta({}, account))
  end)
end)
