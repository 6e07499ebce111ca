--- events.lua - the listeners of a session, and the events they are called with
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")
local nearest = require("rackspace.base.nearest")

local events = {
  names = { "request", "response", "progress", "page", "retry", "wait", "login",
    "warning" },
}

-- session.heard has a list of listeners for each name that has any. The lists
-- are replaced, never changed, so that listeners may be added and removed while
-- they are called.

local function with(list, entry)
  local copy = {}
  for i, other in ipairs(list or {}) do
    copy[i] = other
  end
  copy[#copy + 1] = entry
  return copy
end

local function without(list, entry)
  local copy = {}
  for _, other in ipairs(list or {}) do
    if other ~= entry then
      copy[#copy + 1] = other
    end
  end
  return copy[1] and copy or nil
end

--- Calls fn(event) at each event of a name. Returns a function that stops it;
-- or nil and a problem when the name is unknown or fn is no function.
function events.on(session, name, fn)
  if not nearest.has(events.names, name) then
    return nil, ("there is no event '%s'%s"):format(tostring(name),
      nearest.hint(name, events.names))
  elseif type(fn) ~= "function" then
    return nil, "takes a function, not a " .. type(fn)
  end
  local heard, entry = session.heard, { fn = fn }
  heard[name] = with(heard[name], entry)
  return function()
    heard[name] = without(heard[name], entry)
  end
end

--- Returns the warning of a listener that raised.
local function text_of(name, problem)
  local ok, text = pcall(tostring, problem)
  return fault.one_line(("a listener of '%s' raised: %s"):format(name,
    ok and text or type(problem)))
end

--- Calls the listeners of a name. What a listener raises ends no call: the
-- first time, it becomes a warning.
function events.emit(session, name, event)
  for _, entry in ipairs(session.heard[name] or {}) do
    local ok, problem = pcall(entry.fn, event)
    if not ok and not entry.failed then
      entry.failed = true
      events.emit(session, "warning", { message = text_of(name, problem) })
    end
  end
end

local function request_event(session, request)
  local mask = require("rackspace.call.mask") -- rarely needed
  return {
    operation = request.operation, method = request.method,
    url = mask.url(session.settings.endpoints, request),
    headers = mask.headers(request.headers, request),
    attempt = request.attempt or 1,
    bytes = type(request.body) == "string" and #request.body or nil,
  }
end

--- Returns the event of a request's end.
local function response_event(event, request, response, message, kind)
  local mask = require("rackspace.call.mask")
  local ended = { operation = event.operation, method = event.method,
    url = event.url, attempt = event.attempt }
  if not response then
    ended.kind, ended.message = kind or "network", mask.text(message, request)
    return ended
  end
  ended.status, ended.bytes = response.status, #(response.body or "")
  ended.headers = mask.headers(response.headers, request)
  ended.request_id = fault.request_id(ended.headers)
  return ended
end

--- Returns the seconds that each phase of a transfer took. One over a reused
-- connection begins with the wait for the first byte.
local function phases_of(facts)
  local phases, done = {}, 0
  for _, name in ipairs(facts.reused and { "first_byte" } or
      { "lookup", "connect", "tls", "first_byte" }) do
    if facts[name] > 0 then
      phases[name] = facts[name] - done
      done = facts[name]
    end
  end
  if facts.first_byte > 0 then
    phases.transfer = facts.seconds - done
  end
  return phases
end

--- Returns the event of a transfer's progress.
local function progress_event(request, facts)
  local is_download = request.sink ~= nil
  return { operation = request.operation,
    direction = is_download and "download" or "upload",
    bytes = is_download and facts.downloaded or facts.uploaded,
    total = is_download and facts.expected or
      not is_download and facts.to_upload or nil }
end

--- Sends a request, and emits the progress of its file.
local function send(session, request)
  if not session.heard.progress or
      not (request.file or request.form or request.sink) then
    return session.transport(request)
  end
  local tell = request.progress
  function request.progress(facts)
    events.emit(session, "progress", progress_event(request, facts))
    return tell and tell(facts)
  end
  local response, message, kind, sent = session.transport(request)
  request.progress = tell
  return response, message, kind, sent
end

--- Sends a request by the session's transport, and emits "request", "response"
-- and "progress". Returns what the transport does.
function events.transmit(session, request)
  local heard = session.heard
  if not (heard.request or heard.response) then
    return send(session, request)
  end
  local event, facts = request_event(session, request), nil
  function request.finished(found)
    facts = found
  end
  events.emit(session, "request", event)
  local started = session.clock.monotonic()
  local response, message, kind, sent = send(session, request)
  local ended = response_event(event, request, response, message, kind)
  ended.seconds = session.clock.monotonic() - started
  ended.phases = facts and phases_of(facts)
  events.emit(session, "response", ended)
  return response, message, kind, sent
end

return events
