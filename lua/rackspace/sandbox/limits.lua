--- limits.lua - applies the operations' rate limits, by the sandbox's clock
-- SPDX-License-Identifier: MIT

local limits = {}

--- Returns the times that are still inside the window.
local function fresh_times(times, now, window)
  local kept = {}
  for _, time in ipairs(times or {}) do
    if now - time < window then
      kept[#kept + 1] = time
    end
  end
  return kept
end

--- Counts a user's call of an operation. Returns nil when it may pass, else the
-- whole seconds until a call may pass again. Refused calls are not counted.
function limits.pass(sandbox, op, user)
  if not sandbox.limits or not op.limit then
    return nil
  end
  local now, most, window = sandbox:time(), op.limit[1], op.limit.per
  local name = op.method .. " " .. op.path .. " " .. user.username
  local times = fresh_times(sandbox.windows[name], now, window)
  sandbox.windows[name] = times
  if #times >= most then
    return math.max(1, math.ceil(times[#times - most + 1] + window - now))
  end
  times[#times + 1] = now
  return nil
end

return limits
