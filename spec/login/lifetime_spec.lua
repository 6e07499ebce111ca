--- lifetime_spec.lua - when a token expires, by the service's clock
-- SPDX-License-Identifier: MIT
local lifetime = require("rackspace.login.lifetime")

-- date -u -d 2026-03-01T12:00:00Z +%s
local NOON = 1772366400
local DATE = "Sun, 01 Mar 2026 12:00:00 GMT"
local HOUR = 3600

-- Whether a token is fresh and whether it has expired, some seconds after `now`.
local function states(life, now, ...)
  local list = {}
  for i, seconds in ipairs{ ... } do
    local at = now + seconds
    list[i] = lifetime.is_over(life, at) and "over" or
      lifetime.is_fresh(life, at) and "fresh" or "ending"
  end
  return list
end

describe("a token's life", function()
  it("is counted by the service's clock, however wrong this one is", function()
    for _, skew in ipairs{ 0, 5 * HOUR, -5 * HOUR, 30 * 24 * HOUR, 0.5 } do
      local now = NOON - skew
      local life = lifetime.read({ expires = "2026-03-02T12:00:00.000Z" }, DATE, now)
      assert.same({ issued = NOON, skew = skew, expires = NOON + 86400 }, life)
      assert.same({ "fresh", "fresh", "ending", "ending", "over" },
        states(life, now, 0, 86400 - 601, 86400 - 600, 86400 - 1, 86400))
    end
  end)

  it("has a margin of a tenth of it where it is short", function()
    local life = lifetime.read({ expires = "2026-03-01T12:01:40Z" }, DATE, NOON + HOUR)
    assert.same({ "fresh", "ending", "ending", "over" }, states(life, NOON + HOUR, 89, 90, 99, 100))
  end)

  it("is counted by this clock when the response has no date", function()
    for _, date in ipairs{ false, "", "yesterday", 5 } do
      local life = lifetime.read({ expires = "2026-03-01T13:00:00Z" }, date or nil, NOON)
      assert.same({ issued = NOON, skew = 0, expires = NOON + HOUR }, life)
    end
  end)

  it("has no end where none can be read, or it has passed already", function()
    for _, expires in ipairs{ "tomorrow", 5, {}, "2026-03-01T12:00:00Z", "0001-01-01T00:00:00Z",
      false } do
      local life = lifetime.read({ expires = expires or nil }, DATE, NOON + HOUR)
      assert.is_nil(life.expires)
      assert.same({ "fresh", "fresh" }, states(life, NOON, 0, 1e9))
    end
  end)

  it("accepts the oddest dates", function()
    local life = lifetime.read({ expires = "2026-03-02T12:00:00Z" }, "0001-01-01T00:00:00Z", NOON)
    assert.same({ "fresh" }, states(life, NOON, 0))
    life = lifetime.read({ expires = "9999-12-31T23:59:59Z" }, DATE, NOON)
    assert.same({ "fresh" }, states(life, NOON, 1e9))
  end)
end)
