--- trace_spec.lua - each request of a function, and how it went
-- SPDX-License-Identifier: MIT
local screen_of = require("rackspace.repl.screen")
local trace = require("rackspace.repl.trace")

--- A session that tells events to who listens.
local function session()
  local heard = { response = {}, wait = {} }
  return {
    on = function(_, name, fn)
      heard[name][fn] = true
      return function() heard[name][fn] = nil end
    end,
    tell = function(name, event)
      for fn in pairs(heard[name]) do fn(event) end
    end,
    is_quiet = function()
      return next(heard.response) == nil and next(heard.wait) == nil
    end,
  }
end

describe("trace.run", function()
  local written, screen

  before_each(function()
    written = {}
    screen = screen_of.new{ write = function(text) written[#written + 1] = text end,
      size = function() return 80, 24 end }
  end)

  it("shows each request, and gives what the function gives", function()
    local rs = session()
    local function work(a)
      rs.tell("wait", { operation = "tickets.list", seconds = 2 })
      rs.tell("response", { method = "GET", url = "https://x/tickets", status = 200,
        bytes = 12, seconds = 0.25, phases = { lookup = 0.001, connect = 0.02, tls = 0.05,
          first_byte = 0.1, transfer = 0.079 } })
      rs.tell("response", { method = "GET", url = "https://x/y", kind = "timeout",
        message = "it took too long", seconds = 1 })
      return a, nil, 3
    end
    assert.same({ 3, 1, nil, 3 },
      (function(...) return { select("#", ...), ... } end)(
        trace.run(rs, screen, work, 1)))
    assert.same({ "waits 2.000 s before tickets.list\n",
      "200  0.250 s  12 bytes  GET https://x/tickets\n",
      "     name 1.0, connect 20.0, TLS 50.0, first byte 100.0, transfer 79.0 ms\n",
      "timeout: it took too long  1.000 s  GET https://x/y\n" }, written)
    assert.is_true(rs.is_quiet())
  end)

  it("stops listening when the function raises, and passes that on", function()
    local rs, problem = session(), { "mine" }
    local ok, raised = pcall(trace.run, rs, screen, function() error(problem, 0) end)
    assert.is_false(ok)
    assert.equal(problem, raised)
    assert.is_true(rs.is_quiet())
  end)

  it("needs a session", function()
    assert.has_error(function() trace.run(nil, screen, print) end,
      "trace: there is no session")
  end)
end)
