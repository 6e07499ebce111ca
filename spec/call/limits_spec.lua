--- limits_spec.lua - turns within the services' limits
-- SPDX-License-Identifier: MIT
local limits = require("rackspace.call.limits")

local create = { service = "tickets", full_name = "tickets.create", method = "POST",
  path = "/tickets", limit = { 1, per = 60 } }
local update = { service = "tickets", full_name = "tickets.update", method = "PATCH",
  path = "/tickets/{ticketId}", limit = { 5, per = 60 } }
local close = { service = "tickets", full_name = "tickets.close", method = "PATCH",
  path = "/tickets/{ticketId}", limit = { 5, per = 60 } }
local free = { service = "accounts", full_name = "accounts.get", method = "GET", path = "/a" }

--- The turns of `count` calls that come at once, each made in its turn and
-- answered `latency` seconds later.
local function turns(gate, op, count, now, latency)
  local slots, list = {}, {}
  for i = 1, count do
    slots[i] = gate:slot(op, now)
    slots[i]:take(math.max(now, slots[i]:turn()))
  end
  for i, slot in ipairs(slots) do
    local at = math.max(now, slot:turn())
    slot:start(at)
    slot:finish(at + (latency or 0))
    list[i] = at
  end
  return list
end

describe("a limit", function()
  it("lets its burst start at once, and spaces the rest", function()
    assert.same({ 100, 100, 100, 100, 100, 160, 172, 184, 196, 208, 220, 232 },
      turns(limits.new(), update, 12, 100))
    assert.same({ 0, 60, 120 }, turns(limits.new(), create, 3, 0))
  end)

  it("is counted from the answer, before which the service may have counted", function()
    assert.same({ 0, 62, 124 }, turns(limits.new(), create, 3, 0, 2))
  end)

  it("is never passed in any stretch of its seconds", function()
    local gate, made, now = limits.new(), {}, 0
    for i = 1, 200 do
      now = now + (i * 7919 % 23)
      local slot = gate:slot(update, now)
      local at = math.max(now, slot:turn())
      slot:start(at)
      made[i], now = at, at
      if i > 5 then
        assert.is_true(at - made[i - 5] >= 60)
      end
    end
  end)

  it("gives its whole burst again after a rest", function()
    local gate = limits.new()
    turns(gate, update, 7, 0)
    assert.same({ 500, 500, 500, 500, 500, 560 }, turns(gate, update, 6, 500))
  end)

  it("belongs to a route, or to all that name the same window", function()
    local gate = limits.new()
    turns(gate, update, 3, 0)
    assert.same({ 0, 0, 60 }, turns(gate, close, 3, 0))
    assert.same({ 0, 60 }, turns(gate, create, 2, 0))
    local function op(name, count)
      return { service = "email", full_name = "email." .. name, method = "PUT", path = "/" .. name,
        limit = { count, per = 10, window = "writes" } }
    end
    assert.same({ 0, 0 }, turns(gate, op("one", 2), 2, 0))
    assert.same({ 10 }, turns(gate, op("other", 2), 1, 0))
  end)

  it("is none where the row or the setting has none", function()
    assert.is_nil(limits.new():slot(free, 0))
    assert.is_nil(limits.new(false):slot(create, 0))
    assert.is_nil(limits.new{ ["tickets.create"] = false }:slot(create, 0))
    assert.is_truthy(limits.new(true):slot(create, 0))
  end)

  it("may be another one by the setting", function()
    local gate = limits.new{ ["tickets.create"] = { 2, per = 10 },
      ["accounts.get"] = { 1, per = 1 } }
    assert.same({ 0, 0, 10, 15 }, turns(gate, create, 4, 0))
    assert.same({ 0, 1 }, turns(gate, free, 2, 0))
    assert.same({ 0, 0, 0, 0, 0, 60 }, turns(gate, update, 6, 0))
  end)
end)

describe("a slot", function()
  it("that is given back makes room for the next one", function()
    local gate = limits.new()
    turns(gate, create, 1, 0)
    local second = gate:slot(create, 0)
    second:take(second:turn())
    local third = gate:slot(create, 0)
    assert.equal(120, third:turn())
    second:give_back()
    assert.is_true(third:turn() <= 0)
  end)

  it("whose call was refused keeps its place, and shuts the window", function()
    local gate = limits.new()
    local first = gate:slot(update, 0)
    first:start(0)
    local second = gate:slot(update, 0)
    second:take(0)
    first:finish(1)
    first:postpone(31)
    assert.equal(31, second:turn())
    first:finish(32)
    assert.equal(31, second:turn())
    local sixth
    for _ = 3, 6 do
      sixth = gate:slot(update, 31)
      sixth:take(math.max(31, sixth:turn()))
    end
    assert.equal(92, sixth:turn())
  end)

  it("counts in a window of the source that the gate is given", function()
    local names, window = {}, { most = 5, per = 60, last = 0, opens = -math.huge, times = {} }
    local function source(name, limit)
      names[#names + 1] = name .. " " .. limit[1]
      return window
    end
    turns(limits.new(nil, source), update, 5, 0)
    local slot = limits.new(nil, source):slot(update, 1)
    assert.equal(60, slot:turn())
    assert.same({ "tickets PATCH /tickets/{ticketId} 5", "tickets PATCH /tickets/{ticketId} 5" },
      names)
  end)

  it("leaves nothing behind but its window", function()
    local gate = limits.new()
    turns(gate, update, 1000, 0)
    local count = 0
    for _ in pairs(select(2, next(gate.by_operation)).times) do
      count = count + 1
    end
    assert.equal(5, count)
  end)
end)

describe("the setting `limits`", function()
  it("is false, or limits by operations' names", function()
    for _, good in ipairs{ false, true, {}, { ["tickets.create"] = false },
      { ["tickets.create"] = { 5, per = 0.5 }, ["own.call"] = { 1, per = 60 } } } do
      assert.is_nil(limits.problem(good))
    end
    for _, bad in ipairs{ 5, "off", { 5 }, { create = { 1, per = 60 } },
      { ["tickets.create"] = 5 }, { ["tickets.create"] = { 0, per = 60 } },
      { ["tickets.create"] = { 1.5, per = 60 } }, { ["tickets.create"] = { 1, per = 0 } },
      { ["tickets.create"] = { 1 } }, { ["tickets.create"] = { per = 60 } } } do
      assert.is_string(limits.problem(bad))
    end
  end)
end)
