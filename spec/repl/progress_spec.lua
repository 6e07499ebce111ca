--- progress_spec.lua - what a call that takes long is doing
-- SPDX-License-Identifier: MIT
local progress = require("rackspace.repl.progress")
local tasks = require("rackspace.engine.tasks")

--- A session by a clock that is set by hand, which tells events.
local function session()
  local now = 100
  local clock = { monotonic = function() return now end,
    sleep = function(seconds) now = now + seconds end }
  local heard = {}
  local made = setmetatable({ clock = clock, tasks = tasks.new(clock) }, {
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
    local text = table.concat(written):gsub("\r", "|"):gsub("\27%[K", "")
    written = {}
    return text
  end

  it("is silent for half a second, and gone at the end", function()
    local rs, tell = session()
    made:start(rs)
    tell("request", { operation = "accounts.get" })
    rs.tasks:sleep(0.45)
    assert.equal("", shown())
    rs.tasks:sleep(0.3)
    assert.equal("|accounts.get, 0 s", shown():match("^[^|]*|[^|]*"))
    rs.tasks:sleep(2)
    assert.is_truthy(shown():find("|accounts.get, 2 s", 1, true))
    made:finish()
    assert.equal("|", shown())
    made:finish()
    assert.equal("", shown())
  end)

  it("counts pages, and says what is waited for", function()
    local rs, tell = session()
    made:start(rs)
    tell("request", { operation = "accounts.list" })
    for _ = 1, 11 do
      tell("response", { operation = "accounts.list" })
    end
    rs.clock.sleep(1)
    tell("request", { operation = "accounts.list" })
    assert.equal("|accounts.list: page 12, 1 s", shown())
    tell("wait", { operation = "tickets.create", seconds = 41 })
    assert.equal("|waiting 41 s for the limit of tickets.create", shown())
    rs.clock.sleep(40)
    tell("request", { operation = "tickets.create" })
    assert.equal("|waiting 1 s for the limit of tickets.create", shown())
    rs.clock.sleep(2)
    tell("request", { operation = "tickets.create" })
    assert.equal("|tickets.create, 43 s", shown())
    made:finish()
  end)

  it("listens only while something runs", function()
    local rs, tell, heard = session()
    made:start(rs)
    made:finish()
    assert.is_nil(next(heard))
    tell("request", { operation = "accounts.get" })
    rs.tasks:sleep(2)
    assert.equal("", shown())
    made:start(rs)
    tell("request", { operation = "accounts.get" })
    rs.tasks:sleep(1)
    assert.is_truthy(shown():find("accounts.get", 1, true))
    made:finish()
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
    local none = progress.new(nil, function() return 80 end)
    none:start(rs)
    tell("request", { operation = "accounts.get" })
    none:finish()
    made:start(nil)
    made:finish()
    made:start(setmetatable({ clock = rs.clock }, { __index = function(_, name)
      error("there is no rs." .. name)
    end }))
    made:finish()
    assert.equal("", shown())
  end)
end)
