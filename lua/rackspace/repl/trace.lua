--- trace.lua - shows the requests that a function sends
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local trace = {}

local function seconds(number)
  return core.number.fixed(number, 3) .. " s"
end

-- The phases of a transfer, each with its label.
local phases = { { "lookup", "name" }, { "connect", "connect" },
  { "tls", "TLS" }, { "first_byte", "first byte" },
  { "transfer", "transfer" } }

--- Shows a response on one line, and its phases on another. The URL comes last,
-- since it may be cut.
local function show_response(screen, event)
  local parts = { event.status and tostring(event.status) or
    ("%s: %s"):format(event.kind, event.message), seconds(event.seconds or 0) }
  parts[3] = event.bytes and event.bytes .. " bytes"
  parts[#parts + 1] = ("%s %s"):format(event.method, event.url)
  screen:note(table.concat(parts, "  "))
  parts = {}
  for _, phase in ipairs(event.phases and phases or {}) do
    local took = event.phases[phase[1]]
    parts[#parts + 1] = took and
      phase[2] .. " " .. core.number.fixed(took * 1000, 1)
  end
  if parts[1] then
    screen:note("     " .. table.concat(parts, ", ") .. " ms")
  end
end

local function finish(removers, ok, ...)
  for _, remove in ipairs(removers) do
    remove()
  end
  if not ok then
    error((...), 0)
  end
  return ...
end

--- Calls fn(...) and shows each request that a session sends meanwhile. Returns
-- what fn returns.
function trace.run(session, screen, fn, ...)
  if not session then
    error("trace: there is no session", 0)
  end
  local removers = {
    session:on("response", function(event)
      show_response(screen, event)
    end),
    session:on("wait", function(event)
      screen:note(("waits %s before %s"):format(seconds(event.seconds),
        event.operation))
    end),
  }
  return finish(removers, pcall(fn, ...))
end

return trace
