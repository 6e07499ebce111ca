--- retry.lua - decides whether and when a failed attempt is repeated
-- SPDX-License-Identifier: MIT

--- Only decisions: the caller provides the time and the random numbers.
local retry = {}

-- Methods that have the same effect when they are repeated.
local idempotent = { GET = true, HEAD = true, PUT = true, DELETE = true }

-- Statuses of a proxy, or of a service that is unavailable for a while.
local passing_statuses = { [502] = true, [503] = true, [504] = true }

-- Seconds: the longest wait after the first failure, doubled with each one up
-- to the most. A throttled call without a Retry-After waits for a window of a
-- minute to pass.
local failing = { first = 0.5, most = 20 }
local throttled = { first = 15, most = 60 }

-- The repeats that a budget pays for, and what a success adds to it.
local full_budget, refund = 50, 0.2

--- Whether an error may be temporary. A service that received the request and
-- did not respond in time is not asked again: it is too slow already.
local function is_passing(err)
  if err.status then
    return err.kind == "throttled" or passing_statuses[err.status] == true
  end
  return err.kind == "network" or err.kind == "timeout" and err.sent == false
end

--- Whether the service certainly did nothing: no byte reached it, or it
-- throttled the request.
function retry.was_not_processed(err)
  return err.sent == false or err.kind == "throttled"
end

--- Whether another attempt may follow an error of a call.
function retry.is_retryable(err, call)
  local is_safe = idempotent[call.method] or call.op.repeatable or
    call.op.writes == false or retry.was_not_processed(err)
  return is_passing(err) and is_safe == true
end

--- Returns the seconds to wait after an attempt, by its number: full jitter, on
-- top of the Retry-After. random() returns numbers between 0 and 1.
function retry.delay(err, attempt, random)
  if err.retry_after then
    return err.retry_after + random() * failing.first
  end
  local bounds = err.kind == "throttled" and throttled or failing
  return random() * math.min(bounds.most, bounds.first * 2 ^ (attempt - 1))
end

--- Returns a budget for the repeats of a service's calls, so that a service
-- that is down gets few of them.
function retry.budget()
  return { left = full_budget }
end

--- Pays for a repeat. Returns false when nothing is left. The repeat of a
-- throttled call is free: the service is up.
function retry.spend(budget, err)
  if err.kind == "throttled" then
    return true
  elseif budget.left < 1 then
    return false
  end
  budget.left = budget.left - 1
  return true
end

--- Adds what a success earns to a budget.
function retry.earn(budget)
  if budget.left < full_budget then
    budget.left = math.min(full_budget, budget.left + refund)
  end
end

return retry
