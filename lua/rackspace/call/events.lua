--- events.lua - who listens to a session, and what they are told
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")
local nearest = require("rackspace.base.nearest")

local events = {
  names = { "request", "response", "progress", "page", "retry", "wait", "login",
    "warning" },
}

-- `heard` has a list for each name that somebody listens to. The lists are
-- replaced, never changed, so that a listener may come and go while one is
-- told.

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

--- Has fn(event) called at each event of a name. Returns a function that ends
-- it. An unknown name gives nil and what is wrong.
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

--- What is told of a listener that raised.
local function text_of(name, problem)
  local ok, text = pcall(tostring, problem)
  return fault.one_line(("a listener of '%s' raised: %s"):format(name,
    ok and text or type(problem)))
end

--- Tells those who listen. What a listener raises ends no call: it is told as
-- a warning, the first time that it does so.
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
  local mask = require("rackspace.call.mask") -- few listen
  return {
    operation = request.operation, method = request.method,
    url = mask.url(session.settings.endpoints, request),
    headers = mask.headers(request.headers, request),
    attempt = request.attempt or 1,
    bytes = type(request.body) == "string" and #request.body or nil,
  }
end

--- A request's event with how it ended.
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

--- The seconds that each part of a transfer took, of those that there were. One
-- over a connection that was there begins with the wait for an answer.
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

--- What a transfer's facts say of the bytes that are under way.
local function progress_event(request, facts)
  local is_download = request.sink ~= nil
  return { operation = request.operation,
    direction = is_download and "download" or "upload",
    bytes = is_download and facts.downloaded or facts.uploaded,
    total = is_download and facts.expected or
      not is_download and facts.to_upload or nil }
end

--- Sends a request, and tells how far its file is, beside who is told already.
local function send(session, transport, request)
  if not session.heard.progress or
      not (request.file or request.form or request.sink) then
    return transport(request)
  end
  local tell = request.progress
  function request.progress(facts)
    events.emit(session, "progress", progress_event(request, facts))
    return tell and tell(facts)
  end
  local response, message, kind, sent = transport(request)
  request.progress = tell
  return response, message, kind, sent
end

--- Sends a request and tells of it: what the transport gives.
local function tell(session, transport, request)
  local event, facts = request_event(session, request), nil
  function request.finished(found)
    facts = found
  end
  events.emit(session, "request", event)
  local started = session.clock.monotonic()
  local response, message, kind, sent = send(session, transport, request)
  local ended = response_event(event, request, response, message, kind)
  ended.seconds = session.clock.monotonic() - started
  ended.phases = facts and phases_of(facts)
  events.emit(session, "response", ended)
  return response, message, kind, sent
end

--- A transport that tells of each request and how it ended.
function events.watch(session, transport)
  return function(request)
    local heard = session.heard
    if heard.request or heard.response then
      return tell(session, transport, request)
    end
    return send(session, transport, request)
  end
end

return events
