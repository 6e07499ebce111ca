--- lifetime.lua - when a token ends, by the clock of the service that gave it
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local lifetime = {}

-- A token is replaced when it has less than this to live, or less than a
-- tenth of its life when that is shorter.
local refresh_seconds = 600

local function time_of(text)
  return type(text) == "string" and core.time(text) or nil
end

--- The life of a token, from the log-in's answer: { issued =, expires = by
-- the service's clock, skew = how far that is ahead of this machine's }.
-- `date` is the answer's Date header; without one both clocks count as equal.
-- A date of expiry that can't be read, or has passed already, says nothing:
-- then a 401 tells.
function lifetime.read(token, date, now)
  local issued = time_of(date) or now
  local expires = time_of(token.expires)
  return { issued = issued, skew = issued - now,
    expires = expires and expires > issued and expires or nil }
end

--- Returns until when a token need not be replaced, by this machine's clock.
function lifetime.fresh_until(life)
  if not life.expires then
    return math.huge
  end
  local margin = math.min(refresh_seconds, (life.expires - life.issued) / 10)
  return life.expires - margin - life.skew
end

--- Whether a token is good and need not be replaced yet.
function lifetime.is_fresh(life, now)
  return now < lifetime.fresh_until(life)
end

--- Whether a token has ended.
function lifetime.is_over(life, now)
  return life.expires ~= nil and now + life.skew >= life.expires
end

return lifetime
