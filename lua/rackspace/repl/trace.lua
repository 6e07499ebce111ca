--- trace.lua - each request of a function, and how it went
-- SPDX-License-Identifier: MIT
local trace = {}

local function seconds(number)
  return ("%.3f s"):format(number)
end

-- What the phases of a transfer are called.
local phases = { { "lookup", "name" }, { "connect", "connect" },
  { "tls", "TLS" }, { "first_byte", "first byte" },
  { "transfer", "transfer" } }

--- How a response came, in a line, and by which phases, in another. The address
-- is last, since it may be longer than there is room.
local function show_response(screen, event)
  local parts = { event.status and tostring(event.status) or
    ("%s: %s"):format(event.kind, event.message), seconds(event.seconds or 0) }
  parts[3] = event.bytes and event.bytes .. " bytes"
  parts[#parts + 1] = ("%s %s"):format(event.method, event.url)
  screen:note(table.concat(parts, "  "))
  parts = {}
  for _, phase in ipairs(event.phases and phases or {}) do
    local took = event.phases[phase[1]]
    parts[#parts + 1] = took and ("%s %.1f"):format(phase[2], took * 1000)
  end
  if parts[1] then
    screen:note("     " .. table.concat(parts, ", ") .. " ms")
  end
end

local function finish(offs, ok, ...)
  for _, off in ipairs(offs) do
    off()
  end
  if not ok then
    error((...), 0)
  end
  return ...
end

--- Calls fn(...), and shows each request that a session sends meanwhile.
function trace.run(session, screen, fn, ...)
  if not session then
    error("trace: there is no session", 0)
  end
  local offs = {
    session:on("response", function(event)
      show_response(screen, event)
    end),
    session:on("wait", function(event)
      screen:note(("waits %s before %s"):format(seconds(event.seconds),
        event.operation))
    end),
  }
  return finish(offs, pcall(fn, ...))
end

return trace
