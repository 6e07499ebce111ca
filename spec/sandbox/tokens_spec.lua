--- tokens_spec.lua - the sandbox's tokens and passcode sessions
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local sandbox = { new = require("rackspace").sandbox }
local tokens = require("rackspace.sandbox.tokens")
local users = require("rackspace.sandbox.users")

local demo, second, careful = users.by_name.demo, users.by_name.second,
  users.by_name.careful

describe("the sandbox's tokens", function()
  local now, box

  before_each(function()
    now = 1700000000.25
    box = sandbox.new{ clock = function() return now end }
  end)

  it("live a day, give or take one in a hundred", function()
    local shortest, longest = math.huge, 0
    for _ = 1, 50 do
      local _, token = tokens.issue(box, demo, { "APIKEY" })
      local life = core.time(token.expires) - now
      shortest, longest = math.min(shortest, life), math.max(longest, life)
      assert.is_true(life > 86400 * 0.989 and life < 86400 * 1.011, life)
    end
    assert.is_true(longest - shortest > 86400 * 0.015)
  end)

  it("live as long as the sandbox was told", function()
    local short = sandbox.new{ token_seconds = 10,
      clock = function() return now end }
    local id = tokens.issue(short, demo, { "APIKEY" })
    assert.is_truthy(short:find_token(id))
    now = now + 9
    assert.is_truthy(short:find_token(id))
    now = now + 2
    assert.is_nil(short:find_token(id))
  end)

  it("are all different, and the same for the same seed", function()
    local seen, twin = {}, sandbox.new()
    for _ = 1, 200 do
      local id = tokens.issue(box, demo, { "APIKEY" })
      assert.is_nil(seen[id])
      assert.is_truthy(id:match("^AA[%w_-]+$"))
      assert.equal(142, #id)
      seen[id] = true
      assert.equal(id, (tokens.issue(twin, demo, { "APIKEY" })))
    end
    local other = sandbox.new{ seed = 2 }
    assert.is_nil(seen[tokens.issue(other, demo, { "APIKEY" })])
  end)

  it("are scoped to the first account that the user sees", function()
    local _, token = tokens.issue(box, demo, { "APIKEY" })
    assert.equal("10101", token.tenant)
    _, token = tokens.issue(box, second, { "APIKEY" })
    assert.is_true(tokens.has_tenant(box, second, token.tenant))
    assert.is_false(tokens.has_tenant(box, second, "10101"))
    for _, wrong in ipairs{ "", "hybrid:10101", "faws:", ":", "x" } do
      assert.is_false(tokens.has_tenant(box, demo, wrong))
    end
    local empty = sandbox.new{ accounts = 0 }
    local id
    id, token = tokens.issue(empty, demo, { "APIKEY" })
    assert.is_nil(token.tenant)
    assert.is_nil(tokens.access(id, token).token.tenant)
  end)

  it("are gone after a revocation of all", function()
    local id = tokens.issue(box, demo, { "APIKEY" })
    box:revoke()
    assert.is_nil(box:find_token(id))
    assert.is_nil(box:find_token(nil))
  end)

  it("end a passcode session in time", function()
    local id = tokens.challenge(box, careful)
    assert.is_nil(tokens.answer(box, id, "1"))
    assert.is_nil(tokens.answer(box, nil, careful.passcode))
    now = now + 599
    assert.equal(careful, tokens.answer(box, id, careful.passcode))
    assert.is_nil(tokens.answer(box, id, careful.passcode))
    id = tokens.challenge(box, careful)
    now = now + 600
    assert.is_nil(tokens.answer(box, id, careful.passcode))
  end)
end)
