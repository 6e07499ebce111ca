--- retry.lua - whether a failed attempt is made again, and when
-- SPDX-License-Identifier: MIT

--- Decisions only: the time and the random numbers come from the caller.
local retry = {}

-- Doing these twice is doing them once.
local idempotent = { GET = true, HEAD = true, PUT = true, DELETE = true }

-- Answers of what stands before a service, or of a service that is away.
local passing_statuses = { [502] = true, [503] = true, [504] = true }

-- Seconds: the longest wait after the first failure, doubled with each one up
-- to the most. Who is throttled and not told for how long waits for a window
-- of a minute to pass.
local failing = { first = 0.5, most = 20 }
local throttled = { first = 15, most = 60 }

-- Repeats that failures may cost before there are none, and what a success
-- gives back.
local full_budget, refund = 50, 0.2

--- Whether it may go by itself. A service that took the request and did not
-- answer in time is not asked again: it is too slow already.
local function is_passing(err)
  if err.status then
    return err.kind == "throttled" or passing_statuses[err.status] == true
  end
  return err.kind == "network" or err.kind == "timeout" and err.sent == false
end

--- Whether the service surely did nothing: no byte reached it, or it refused
-- the request before looking at it.
function retry.was_not_processed(err)
  return err.sent == false or err.kind == "throttled"
end

--- Whether an error of a call { method =, op = } may be followed by another
-- attempt.
function retry.is_retryable(err, call)
  local is_safe = idempotent[call.method] or call.op.repeatable or
    call.op.writes == false or retry.was_not_processed(err)
  return is_passing(err) and is_safe == true
end

--- The seconds to wait after the attempt of that number: full jitter, on top
-- of what the service asks for. `random` gives numbers from 0 to 1.
function retry.delay(err, attempt, random)
  if err.retry_after then
    return err.retry_after + random() * failing.first
  end
  local bounds = err.kind == "throttled" and throttled or failing
  return random() * math.min(bounds.most, bounds.first * 2 ^ (attempt - 1))
end

--- What repeats are paid from, so that a dead service is not hammered.
function retry.budget()
  return { left = full_budget }
end

--- Pays for a repeat; false when there is nothing left. Being throttled is
-- free: the service is alive, and says so.
function retry.spend(budget, err)
  if err.kind == "throttled" then
    return true
  elseif budget.left < 1 then
    return false
  end
  budget.left = budget.left - 1
  return true
end

function retry.earn(budget)
  if budget.left < full_budget then
    budget.left = math.min(full_budget, budget.left + refund)
  end
end

return retry
