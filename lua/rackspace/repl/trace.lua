--- trace.lua - each request of a function, and how it went
-- SPDX-License-Identifier: MIT
local trace = {}

local function seconds(number)
  return ("%.3f s"):format(number)
end

local function phases_text(phases)
  local parts = {}
  for _, name in ipairs{ "connect", "tls", "first_byte" } do
    if phases[name] then
      parts[#parts + 1] = name .. " " .. seconds(phases[name])
    end
  end
  return table.concat(parts, ", ")
end

--- What is told of a response in a line.
local function line_of(event)
  local parts = { ("%s %s"):format(event.method, event.url) }
  parts[2] = event.status and tostring(event.status) or
    ("%s: %s"):format(event.kind, event.message)
  parts[3] = event.bytes and event.bytes .. " bytes"
  parts[#parts + 1] = seconds(event.seconds or 0)
  if type(event.phases) == "table" then
    parts[#parts + 1] = phases_text(event.phases)
  end
  return table.concat(parts, "  ")
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
      screen:note(line_of(event))
    end),
    session:on("wait", function(event)
      screen:note(("waits %s before %s"):format(seconds(event.seconds),
        event.operation))
    end),
  }
  return finish(offs, pcall(fn, ...))
end

return trace
