--- stub.lua - sessions on a transport inside the spec
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local rackspace = require("rackspace")

local stub = {}

stub.TOKEN = "0123456789-the-stub's-token"

--- A response; a table's body is its JSON.
function stub.reply(status, body, headers)
  return { status = status, headers = headers or {}, seconds = 0,
    body = type(body) == "table" and assert(json.encode(body)) or body or "" }
end

--- A log-in's answer, perhaps with its Date.
function stub.access(token, expires, date)
  return stub.reply(200, { access = { token = { id = token, expires = expires },
    user = { id = "1", name = "someone" } } }, { date = date })
end

--- Returns a list to which the session's warnings are added as they come.
function stub.warnings(rs)
  local list = {}
  rs:on("warning", function(event)
    list[#list + 1] = event.message
  end)
  return list
end

--- A session whose requests a handler answers: handler(request, count) gives
-- a response. Returns the session and the list of its requests.
function stub.session(handler, settings)
  local requests = {}
  local options = { token = stub.TOKEN, limits = false, retries = 0,
    endpoints = { identity = "http://localhost/v2.0", customer = "http://localhost" } }
  function options.transport(request)
    requests[#requests + 1] = request
    return handler(request, #requests)
  end
  for name, value in pairs(settings or {}) do
    options[name] = value or nil
  end
  return assert(rackspace.new(options)), requests
end

--- A session with a sandbox in this process whose requests go to a handler:
-- handler(request, pass) gives a response, and pass(request) is the sandbox's.
function stub.before(sandbox, handler, settings)
  local options = { sandbox = sandbox }
  for name, value in pairs(settings or {}) do
    options[name] = value
  end
  local inner = assert(rackspace.new(options))
  local pass = inner.transport
  inner:close()
  function options.transport(request)
    return handler(request, pass)
  end
  return assert(rackspace.new(options))
end

--- A clock that stands still until it is moved.
function stub.clock(now)
  local clock = { now = now or 1700000000, slept = 0 }
  function clock.time()
    return clock.now
  end
  clock.monotonic = clock.time
  function clock.sleep(seconds)
    clock.now, clock.slept = clock.now + seconds, clock.slept + seconds
  end
  return clock
end

return stub
