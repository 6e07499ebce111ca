--- soak.lua - very many calls, of which every tenth fails and half are given up
-- SPDX-License-Identifier: MIT
-- A script of the program. Its arguments: the URL of a sandbox that is nobody
-- else's, how many calls, a seed. Prints what it counted; raises when something
-- does not add up, or is left behind.
local json = require("rackspace.base.json")
local rackspace = require("rackspace")

local url = ...
local most, seed = tonumber((select(2, ...))), tonumber((select(3, ...)))

-- One call in ten goes wrong: refused, failed, cut off, late.
local rules = {
  { operation = "*", every = 40, status = 503, headers = { ["Retry-After"] = "0" } },
  { operation = "*", every = 40, skip = 10, status = 429, headers = { ["Retry-After"] = "0" } },
  { operation = "*", every = 40, skip = 20, close = true },
  { operation = "*", every = 40, skip = 30, status = 200, body = "no JSON" },
}

local state = seed % 2147483646 + 1

--- Numbers from 1 to `largest`, the same for the same seed.
local function pick(largest)
  state = state * 16807 % 2147483647
  return state % largest + 1
end

-- ---- what is looked at ------------------------------------------------------

local function check(holds, what, ...)
  if not holds then
    error(("%s: %s (seed %d)"):format(what, table.concat({ ... }, ", "), seed), 0)
  end
end

--- How many descriptors this process has open. A pipe to read the count from
-- would have one end or two in it, as the processor likes.
local function descriptors()
  collectgarbage()
  collectgarbage()
  local path = os.tmpname()
  os.execute("ls /proc/$PPID/fd | wc -l > " .. path)
  local file = assert(io.open(path))
  local count = file:read("*n")
  file:close()
  os.remove(path)
  return count
end

local function megabytes()
  collectgarbage()
  collectgarbage()
  return collectgarbage("count") / 1024
end

local function control(rs, method, action, body)
  local response = assert(rs.transport{ method = method, timeout = 30, operation = "control",
    url = url .. "/sandbox/" .. action, headers = { ["Content-Type"] = "application/json",
      ["X-Sandbox-Token"] = os.getenv("RACKSPACE_SANDBOX_TOKEN") },
    body = body and json.encode(body) })
  assert(response.status < 300, response.body)
  return json.decode(response.body)
end

--- How many calls the sandbox carried out.
local function carried_out(rs)
  local sum = 0
  for _, count in pairs(control(rs, "GET", "counts")) do
    sum = sum + count
  end
  return sum
end

--- How many calls the rules saw, how many of these they spoilt, and of how many
-- they cut the connection.
local function seen_by_rules(rs)
  local seen, spoilt, cut = nil, 0, 0
  for _, rule in ipairs(control(rs, "GET", "faults")) do
    check(not seen or seen == rule.calls, "rules saw", seen or 0, rule.calls)
    seen, spoilt = rule.calls, spoilt + rule.faults
    cut = cut + (rule.close and rule.faults or 0)
  end
  return seen, spoilt, cut
end

--- How many calls were carried out, and what the rules saw, when no call comes
-- in any more.
local function settled(rs)
  local done = carried_out(rs)
  while true do
    local seen, spoilt, cut = seen_by_rules(rs)
    local now = carried_out(rs)
    if now == done then
      return done, seen, spoilt, cut
    end
    done = now
  end
end

--- Counts a session's requests and how they ended.
local function listen(rs)
  local told = { sent = 0, answered = 0, lost = 0 }
  rs:on("request", function(event)
    told.sent = told.sent + (event.operation == "control" and 0 or 1)
  end)
  rs:on("response", function(event)
    local name = event.status and "answered" or "lost"
    told[name] = told[name] + (event.operation == "control" and 0 or 1)
  end)
  return told
end

-- ---- the calls --------------------------------------------------------------

local accounts

local function one_call(rs, number)
  local account = accounts[number % #accounts + 1]
  local kind = number % 3
  if kind == 0 then
    return rs.accounts:get(account)
  elseif kind == 1 then
    return rs.contacts:list(account):totable(5)
  end
  return rs.metadata:list(account)
end

local kinds = { network = true, server = true, throttled = true, protocol = true,
  cancelled = true, timeout = true }
local ended = { whole = 0, left = 0, dropped = 0, good = 0, failed = 0 }

local function judge(value, err)
  if value ~= nil then
    ended.good = ended.good + 1
  else
    assert(kinds[err.kind], tostring(err))
    ended.failed = ended.failed + 1
  end
end

--- Some calls at once: to their end, or left in their midst.
local function batch(rs, first, count)
  local numbers = {}
  for i = 1, count do
    numbers[i] = first + i
  end
  local fate, left = pick(4), pick(count)
  local results = rs:map(numbers, function(number)
    return one_call(rs, number)
  end, { concurrency = 8 })
  for _, value, _, err in results do
    judge(value, err)
    left = left - 1
    if left <= 0 and fate == 1 then
      ended.left = ended.left + 1
      results:close()
      return
    elseif left <= 0 and fate == 2 then
      ended.dropped = ended.dropped + 1
      return
    end
  end
  ended.whole = ended.whole + 1
end

--- Batches until there are enough of them. Returns how many calls they had, and
-- the memory after a tenth of them.
local function run(rs)
  local calls, early = 0, nil
  while calls < most do
    local count = 4 + pick(12)
    batch(rs, calls, count)
    calls = calls + count
    if not early and calls >= most / 10 then
      early = megabytes()
    end
  end
  return calls, early
end

-- ---- what is left -----------------------------------------------------------

--- What the sandbox saw lies between what was answered and what was sent, of
-- which libcurl sends again what goes unanswered on a connection that was used
-- before. What was carried out and what was spoilt make up what it saw.
local function check_counts(rs, told, before)
  local done, seen, spoilt, cut = settled(rs)
  done = done - before
  check(seen == done + spoilt, "seen, carried out, spoilt", seen, done, spoilt)
  check(told.sent == told.answered + told.lost, "sent, answered, lost", told.sent, told.answered,
    told.lost)
  check(told.answered <= seen and seen <= told.sent + cut, "answered, seen, sent, cut",
    told.answered, seen, told.sent, cut)
  print(("%d sent, %d seen, %d answered, %d lost or given up; %d spoilt"):format(told.sent, seen,
    told.answered, told.lost, spoilt))
end

local function check_remains(rs, early)
  check(next(rs.scheduler.living) == nil and next(rs.scheduler.waiting) == nil, "a task is left")
  check(rs.scheduler:client():running() == 0, "a transfer is left")
  local late = megabytes()
  check(late - early < 1, "megabytes after a tenth, in the end", early, late)
  print(("%.2f MB after a tenth, %.2f MB in the end"):format(early, late))
end

local function main()
  if not pcall(collectgarbage, "setpause", 110) then
    collectgarbage("param", "pause", 110) -- Lua 5.5
  end
  local open = descriptors()
  local rs = assert(rackspace.new{ sandbox = url, limits = false, retries = 2, timeout = 30 })
  accounts = assert(rs.accounts:list():totable(50))
  local before, told = carried_out(rs), listen(rs)
  control(rs, "POST", "faults", rules)
  local calls, early = run(rs)
  megabytes()
  rs:sleep(0.1) -- what was dropped is given up with a step
  print(("%d calls: %d succeeded, %d failed; batches: %d whole, %d left, %d dropped"):format(calls,
    ended.good, ended.failed, ended.whole, ended.left, ended.dropped))
  check_counts(rs, told, before)
  check_remains(rs, early)
  rs:close()
  local left = descriptors()
  check(left <= open, "descriptors before, after", open, left)
end

main()
