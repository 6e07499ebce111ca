--- secrets_spec.lua - the secrets that a program's sessions hold
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local secrets = require("rackspace.repl.secrets")

describe("secrets", function()
  it("are those of every session among the globals, and their tokens", function()
    local rs = assert(rackspace.new{ sandbox = true })
    local other = assert(rackspace.new{ username = "u", api_key = "key-of-u" })
    assert(rs.accounts:get("CLOUD/10101"))
    local globals = { rs = rs, mine = other, x = 1 }
    local list = secrets.list(globals)
    local has = {}
    for _, text in ipairs(list) do has[text] = true end
    assert.is_true(has["key-of-u"])
    assert.is_true(has[rs.auth.secret:reveal()])
    assert.is_true(has[rs.settings.credentials.api_key:reveal()])
    assert.equal("a <secret> b", secrets.hide("a key-of-u b", globals))
    assert.equal("", secrets.hide("", globals))
    rs:close()
    other:close()
  end)
end)
