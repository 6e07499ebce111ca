--- progress.lua - what a call that takes long is doing, in one line
-- SPDX-License-Identifier: MIT
local rows = require("rackspace.repl.rows")
local width = require("rackspace.view.width")

local progress_methods = {}
local progress_mt = { __index = progress_methods }

local patience = 0.5 -- seconds until something is shown
local step = 0.25 -- seconds from one look to the next

--- Whether a session tells of its requests.
local function listens(session)
  local metatable = session and getmetatable(session)
  return metatable and pcall(function() return session.on end)
end

local function page_text(self, event)
  local service, name = event.operation:match("^(.-)%.(.*)$")
  local op = service and rows.operation(self.session,
    { path = { "rs", service, name } })
  local count = self.counts[event.operation] or 0
  if op and op.pages then
    return ("%s: page %d"):format(event.operation, count + 1)
  end
  return count > 0 and ("%s, %d done"):format(event.operation, count) or
    event.operation
end

--- What goes on, in words.
function progress_methods:text(now)
  local event = self.event
  if not event then
    return nil
  elseif self.resume_at and self.resume_at > now then
    return ("waiting %d s for the limit of %s"):format(
      math.ceil(self.resume_at - now), event.operation)
  end
  return ("%s, %d s"):format(page_text(self, event),
    math.floor(now - self.started))
end

function progress_methods:draw()
  local now = self.clock.monotonic()
  local text = now - self.started >= patience and self:text(now)
  if text then
    self.write("\r" .. width.cut(text, ((self.size()) or 80) - 1) .. "\27[K")
    self.is_shown = true
  end
end

local function tick(self)
  while self.is_active do
    self.session.tasks:sleep(step)
    if self.is_active then
      self:draw()
    end
  end
end

local function on_request(self)
  return function(event)
    self.event = event
    self:draw()
  end
end

local function on_response(self)
  return function(event)
    self.counts[event.operation] = (self.counts[event.operation] or 0) + 1
  end
end

local function on_wait(self)
  return function(event)
    self.event = event
    self.resume_at = self.clock.monotonic() + event.seconds
    self:draw()
  end
end

--- Watches a session from now on, until finish().
function progress_methods:start(session)
  if not self.write or not listens(session) then
    return
  end
  self.session, self.clock = session, session.clock
  self.started, self.counts = session.clock.monotonic(), {}
  self.event, self.resume_at, self.is_active = nil, nil, true
  self.offs = {
    session:on("request", on_request(self)),
    session:on("response", on_response(self)),
    session:on("wait", on_wait(self)),
  }
  if not session.tasks.closed and
      (not self.ticker or self.ticker.done or self.ticking ~= session) then
    self.ticker, self.ticking = session.tasks:spawn(tick, self), session
  end
end

--- Takes away the line, so that something else can be written.
function progress_methods:clear()
  if self.is_shown then
    self.write("\r\27[K")
    self.is_shown = false
  end
end

function progress_methods:finish()
  for _, off in ipairs(self.offs or {}) do
    off()
  end
  self.is_active, self.offs = false, nil
  self:clear()
end

--- `write(text)` writes to a terminal; nil where there is none. `size()` gives
-- its columns.
local function new(write, size)
  return setmetatable({ write = write, size = size, counts = {} }, progress_mt)
end

return { new = new }
