--- progress_spec.lua - what a call that takes long is doing
-- SPDX-License-Identifier: MIT
local progress = require("rackspace.show.progress")
local scheduler_of = require("rackspace.task.scheduler")

--- A session by a clock that is set by hand, which tells events.
local function session()
  local now = 100
  local clock = { monotonic = function() return now end,
    sleep = function(seconds) now = now + seconds end }
  local heard = {}
  local made = setmetatable({ clock = clock, scheduler = scheduler_of.new(clock) }, {
    __name = "rackspace.session",
    __index = { settings = {} , on = function(_, name, fn)
      heard[name] = fn
      return function() heard[name] = nil end
    end } })
  return made, function(name, event)
    if heard[name] then
      heard[name](event)
    end
  end, heard
end

describe("progress", function()
  local written, made

  before_each(function()
    written = {}
    made = progress.new(function(text) written[#written + 1] = text end,
      function() return 80, 24 end)
  end)

  local function shown()
    local text = table.concat(written):gsub(" *\r[ \r]*", "|"):gsub(" +$", "")
    written = {}
    return text
  end

  it("is silent for half a second, and gone at the end", function()
    local rs, tell = session()
    made:start(rs)
    tell("request", { operation = "accounts.get" })
    rs.scheduler:sleep(0.45)
    assert.equal("", shown())
    rs.scheduler:sleep(0.3)
    assert.equal("|accounts.get, 0 s", shown():match("^[^|]*|[^|]*"))
    rs.scheduler:sleep(2)
    assert.is_truthy(shown():find("|accounts.get, 2 s", 1, true))
    made:finish()
    assert.equal("|", shown())
    made:finish()
    assert.equal("", shown())
  end)

  it("shows the progress of a list, and the time that remains", function()
    local rs, tell = session()
    made:start(rs)
    tell("request", { operation = "tickets.list" })
    rs.clock.sleep(1)
    -- 600 in 3 seconds: 1,200 more take 6.
    for number = 1, 12 do
      rs.clock.sleep(1 / 6)
      tell("response", { operation = "tickets.list" })
      tell("page", { operation = "tickets.list", number = number, count = 50,
        items = number * 50, total = 1800 })
    end
    assert.is_truthy(shown():find("|tickets.list: page 12, 600 of about 1,800, 6 s left$"))
    made:finish()
    made:start(rs)
    -- A walk that began in the middle: 100 in 2 seconds, 137,000 - 10,100 left.
    tell("request", { operation = "tickets.list" })
    tell("page", { operation = "tickets.list", number = 1, count = 50, items = 10050,
      total = 137000 })
    rs.clock.sleep(2)
    tell("page", { operation = "tickets.list", number = 2, count = 50, items = 10100,
      total = 137000 })
    assert.is_truthy(shown():find(
      "|tickets.list: page 2, 10,100 of about 137,000, 2538 s left", 1, true))
    rs.clock.sleep(1)
    tell("page", { operation = "tickets.list", number = 3, count = 40, items = 137000,
      total = 137000 })
    assert.is_truthy(shown():find("|tickets.list: page 3, 137,000 so far, 3 s", 1, true))
    made:finish()
  end)

  it("counts what has no total, and what has no pages", function()
    local rs, tell = session()
    made:start(rs)
    tell("request", { operation = "accounts.list" })
    rs.clock.sleep(1)
    for number = 1, 3 do
      tell("response", { operation = "accounts.list" })
      tell("page", { operation = "accounts.list", number = number, count = 50,
        items = number * 50 })
    end
    rs.clock.sleep(1)
    tell("request", { operation = "accounts.list" })
    assert.is_truthy(shown():find("|accounts.list: page 3, 150 so far, 2 s", 1, true))
    for _ = 1, 5 do
      tell("request", { operation = "contacts.list" })
      tell("response", { operation = "contacts.list" })
      tell("page", { operation = "contacts.list", number = 1, count = 2, items = 2 })
    end
    rs.clock.sleep(1)
    tell("request", { operation = "contacts.list" })
    assert.equal("|contacts.list, 5 done, 3 s", shown())
    made:finish()
  end)

  it("says what is waited for", function()
    local rs, tell = session()
    made:start(rs)
    rs.clock.sleep(1)
    tell("wait", { operation = "tickets.create", seconds = 41, reason = "limit" })
    assert.equal("|waiting 41 s for the limit of tickets.create", shown())
    rs.clock.sleep(40)
    tell("request", { operation = "tickets.create" })
    assert.equal("|waiting 1 s for the limit of tickets.create", shown())
    rs.clock.sleep(2)
    tell("request", { operation = "tickets.create" })
    assert.equal("|tickets.create, 43 s", shown())
    tell("wait", { operation = "accounts.get", seconds = 3.2, reason = "retry" })
    assert.equal("|waiting 4 s before accounts.get is tried again", shown())
    made:finish()
  end)

  it("shows the progress of a file", function()
    local rs, tell = session()
    made:start(rs)
    tell("request", { operation = "tickets.attach" })
    rs.clock.sleep(1)
    tell("progress", { operation = "tickets.attach", direction = "upload", bytes = 3499,
      total = 10000 })
    assert.equal("|upload 34 %", shown())
    rs.clock.sleep(1)
    tell("progress", { operation = "tickets.attach", direction = "upload", bytes = 10000,
      total = 10000 })
    assert.equal("|upload 100 %", shown())
    tell("response", { operation = "tickets.attach" })
    rs.clock.sleep(1)
    tell("request", { operation = "tickets.create" })
    assert.equal("|tickets.create, 3 s", shown())
    rs.clock.sleep(1)
    tell("progress", { operation = "tickets.download", direction = "download",
      bytes = 1234567 })
    assert.equal("|download 1,234,567 bytes", shown())
    made:finish()
  end)

  it("leaves what it shows for long enough to be read", function()
    local rs, tell = session()
    made:start(rs)
    rs.clock.sleep(1)
    tell("request", { operation = "accounts.get" })
    tell("request", { operation = "contacts.get" })
    assert.equal("|accounts.get, 1 s", shown())
    rs.clock.sleep(0.11)
    tell("request", { operation = "contacts.get" })
    assert.equal("|contacts.get, 1 s", shown())
    made:finish()
  end)

  it("listens only while something runs", function()
    local rs, tell, heard = session()
    made:start(rs)
    made:finish()
    assert.is_nil(next(heard))
    tell("request", { operation = "accounts.get" })
    rs.scheduler:sleep(2)
    assert.equal("", shown())
    made:start(rs)
    tell("request", { operation = "accounts.get" })
    rs.scheduler:sleep(1)
    assert.is_truthy(shown():find("accounts.get", 1, true))
    made:finish()
  end)

  it("is gone however a call ends", function()
    local rs, tell, heard = session()
    local function work(answer)
      rs.clock.sleep(1)
      tell("request", { operation = "accounts.get" })
      return answer or error("interrupted", 0), nil, 3
    end
    assert.same({ 3, "done", nil, 3 }, (function(...)
      return { select("#", ...), ... }
    end)(made:during(rs, work, "done")))
    assert.equal("|accounts.get, 1 s|", shown())
    assert.same({ false, "interrupted" }, { pcall(made.during, made, rs, work) })
    assert.equal("|accounts.get, 1 s|", shown())
    assert.is_nil(next(heard))
  end)

  it("makes room for what is written", function()
    local rs, tell = session()
    made:start(rs)
    rs.clock.sleep(1)
    tell("request", { operation = "accounts.get" })
    shown()
    made:clear()
    made:clear()
    assert.equal("|", shown())
    made:finish()
  end)

  it("is nothing without a terminal, a session or its events", function()
    local rs, tell = session()
    for _, none in ipairs{ progress.new(nil, nil), progress.new(false, nil) } do
      none:start(rs)
      tell("request", { operation = "accounts.get" })
      assert.is_false(none:is_shown())
      none:clear()
      none:finish()
    end
    made:start(nil)
    made:finish()
    made:start(setmetatable({ clock = rs.clock }, { __index = function(_, name)
      error("there is no rs." .. name)
    end }))
    made:finish()
    assert.equal("", shown())
  end)
end)
