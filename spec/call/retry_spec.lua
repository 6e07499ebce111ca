--- retry_spec.lua - which failures are followed by another attempt, and when
-- SPDX-License-Identifier: MIT
local retry = require("rackspace.call.retry")

local function call(method, repeatable)
  return { method = method, op = { repeatable = repeatable } }
end

local reads = { "GET", "HEAD", "PUT", "DELETE" }
local writes = { "POST", "PATCH" }

local function verdicts(methods, err)
  local all = {}
  for i, method in ipairs(methods) do
    all[i] = retry.is_retryable(err, call(method))
  end
  return all
end

describe("a failure", function()
  it("that may pass is repeated where twice is once", function()
    for _, err in ipairs{ { kind = "network" }, { kind = "network", sent = true },
      { kind = "timeout", sent = false }, { kind = "server", status = 502 },
      { kind = "server", status = 503 }, { kind = "server", status = 504 },
      { kind = "throttled", status = 413 }, { kind = "throttled", status = 429 },
      { kind = "throttled", status = 403 } } do
      assert.same({ true, true, true, true }, verdicts(reads, err))
    end
  end)

  it("of a write is repeated when it was surely not processed", function()
    for _, err in ipairs{ { kind = "network", sent = false },
      { kind = "timeout", sent = false }, { kind = "throttled", status = 429 },
      { kind = "throttled", status = 403 } } do
      assert.same({ true, true }, verdicts(writes, err))
    end
    for _, err in ipairs{ { kind = "network", sent = true }, { kind = "network" },
      { kind = "timeout", sent = true }, { kind = "server", status = 502 },
      { kind = "server", status = 503 }, { kind = "server", status = 504 } } do
      assert.same({ false, false }, verdicts(writes, err))
      assert.is_true(retry.is_retryable(err, call("POST", true)) or err.kind == "timeout")
    end
  end)

  it("that stays the same is not repeated", function()
    for _, err in ipairs{ { kind = "server", status = 500 }, { kind = "server", status = 501 },
      { kind = "invalid", status = 400 }, { kind = "auth", status = 401 },
      { kind = "forbidden", status = 403 }, { kind = "not_found", status = 404 },
      { kind = "tls", sent = false }, { kind = "protocol" }, { kind = "config", sent = false },
      { kind = "cancelled", sent = false }, { kind = "timeout", sent = true } } do
      assert.same({ false, false, false, false }, verdicts(reads, err))
    end
  end)
end)

describe("the wait before a repeat", function()
  local function least() return 0 end
  local function half() return 0.5 end
  local function most() return 1 end

  local function delays(err, random)
    local list = {}
    for attempt = 1, 8 do
      list[attempt] = retry.delay(err, attempt, random)
    end
    return list
  end

  it("is anywhere up to a bound that doubles", function()
    local err = { kind = "network" }
    assert.same({ 0.5, 1, 2, 4, 8, 16, 20, 20 }, delays(err, most))
    assert.same({ 0.25, 0.5, 1, 2, 4, 8, 10, 10 }, delays(err, half))
    assert.same({ 0, 0, 0, 0, 0, 0, 0, 0 }, delays(err, least))
  end)

  it("is longer for who is throttled and not told how long", function()
    assert.same({ 15, 30, 60, 60, 60, 60, 60, 60 }, delays({ kind = "throttled" }, most))
  end)

  it("is never less than the service asks for, however much that is", function()
    assert.equal(7200, retry.delay({ kind = "throttled", retry_after = 7200 }, 1, least))
    assert.equal(7200.5, retry.delay({ kind = "server", retry_after = 7200 }, 9, most))
    assert.equal(0.25, retry.delay({ kind = "server", retry_after = 0 }, 9, half))
  end)
end)

describe("the budget", function()
  it("is spent by failures and earned back by successes", function()
    local budget, failure = retry.budget(), { kind = "server" }
    for _ = 1, 50 do
      assert.is_true(retry.spend(budget, failure))
    end
    assert.is_false(retry.spend(budget, failure))
    for _ = 1, 5 do
      retry.earn(budget)
    end
    assert.is_true(retry.spend(budget, failure))
    assert.is_false(retry.spend(budget, failure))
    for _ = 1, 1000 do
      retry.earn(budget)
    end
    for _ = 1, 50 do
      assert.is_true(retry.spend(budget, failure))
    end
    assert.is_false(retry.spend(budget, failure))
  end)

  it("is not touched by being throttled", function()
    local budget = retry.budget()
    for _ = 1, 1000 do
      assert.is_true(retry.spend(budget, { kind = "throttled" }))
    end
    assert.is_true(retry.spend(budget, { kind = "network" }))
  end)
end)
