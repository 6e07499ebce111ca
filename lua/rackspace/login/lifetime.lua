--- lifetime.lua - when a token expires, by the clock of the service
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local lifetime = {}

-- A token is renewed when this many seconds of its life are left, or a tenth of
-- its life when that is less.
local refresh_seconds = 600

local function time_of(text)
  return type(text) == "string" and core.time(text) or nil
end

--- Returns the life of a token from the response to the log-in.
-- @param token table: the response's token
-- @param date string or nil: the Date header; without it the service's clock is
--   assumed to equal this machine's
-- @param now number: this machine's time
-- @return table: issued and expires, seconds by the service's clock; skew, the
--   seconds that this clock is ahead of this machine's. `expires` is nil when
--   the date can't be parsed or has passed; the token is then used until a 401
function lifetime.read(token, date, now)
  local issued = time_of(date) or now
  local expires = time_of(token.expires)
  return { issued = issued, skew = issued - now,
    expires = expires and expires > issued and expires or nil }
end

--- Returns the time until which a token need not be renewed, by this machine's
-- clock.
function lifetime.fresh_until(life)
  if not life.expires then
    return math.huge
  end
  local margin = math.min(refresh_seconds, (life.expires - life.issued) / 10)
  return life.expires - margin - life.skew
end

--- Whether a token is valid and need not be renewed yet.
function lifetime.is_fresh(life, now)
  return now < lifetime.fresh_until(life)
end

--- Whether a token has expired.
function lifetime.is_over(life, now)
  return life.expires ~= nil and now + life.skew >= life.expires
end

return lifetime
