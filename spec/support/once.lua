--- once.lua - settings of a session that asks for everything once
-- SPDX-License-Identifier: MIT

-- What keeps a session from asking again by itself.
local ONCE = { retries = 0, limits = false }

--- A copy of settings, with that.
return function(settings)
  local copy = {}
  for _, source in ipairs{ ONCE, settings or {} } do
    for name, value in pairs(source) do
      copy[name] = value
    end
  end
  return copy
end
