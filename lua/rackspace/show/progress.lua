--- progress.lua - shows on a status line what a slow call is doing
-- SPDX-License-Identifier: MIT
local grouped = require("rackspace.show.value").grouped
local status_of = require("rackspace.show.status")

-- A progress has: status = its status line (nil without a terminal), is_active.
-- While it is active also: session, clock, started = when it was activated
-- (seconds), event = the last event that names an operation, counts = responses
-- by operation, pages = the last page by operation, file = the last progress
-- of a file, wait and resume_at = the last wait and when it ends, drawn_at,
-- removers = functions that remove its listeners, ticker = the task that
-- redraws the line, ticker_session.
local progress_methods = {}
local progress_mt = { __index = progress_methods }

local FIRST_DELAY = 0.5 -- seconds before the line appears
local INTERVAL = 0.25 -- seconds between two redraws
local MIN_SHOWN = 0.1 -- seconds that a text stays, so that it can be read

--- Returns whether a session has events.
local function has_events(session)
  local metatable = session and getmetatable(session)
  return metatable and pcall(function() return session.on end)
end

local function wait_text(event, seconds)
  if event.reason == "retry" then
    return ("waiting %d s before %s is tried again"):format(seconds,
      event.operation)
  end
  return ("waiting %d s for the limit of %s"):format(seconds, event.operation)
end

--- Returns how much of a file is transferred, in percent when its size is
-- known.
local function file_text(event)
  if event.total and event.total > 0 then
    return ("%s %d %%"):format(event.direction,
      math.floor(math.min(1, event.bytes / event.total) * 100))
  end
  return ("%s %s bytes"):format(event.direction, grouped(event.bytes))
end

--- Returns how many items of a list have arrived, and an estimate of the
-- seconds left.
local function page_text(page, elapsed)
  local text = ("%s: page %s, %s"):format(page.operation, grouped(page.number),
    grouped(page.items))
  local arrived = page.items - page.items_before
  if page.total and page.total > page.items and arrived > 0 then
    local left = elapsed * (page.total - page.items) / arrived
    return ("%s of about %s, %d s left"):format(text, grouped(page.total),
      math.max(1, math.floor(left + 0.5)))
  end
  return ("%s so far, %d s"):format(text, math.floor(elapsed))
end

--- Returns the text of the line, or nil when nothing has happened yet: the
-- pages of one long list, or the number of calls done.
-- @param now number: seconds of the session's monotonic clock
function progress_methods:text(now)
  local event, elapsed = self.event, now - self.started
  if not event then
    return nil
  elseif self.resume_at and self.resume_at > now then
    return wait_text(self.wait, math.ceil(self.resume_at - now))
  elseif self.file then
    return file_text(self.file)
  end
  local count = self.counts[event.operation] or 0
  local page = self.pages[event.operation]
  if page and (page.number > 1 or count <= 1) then
    return page_text(page, elapsed)
  elseif count > 0 then
    return ("%s, %s done, %d s"):format(event.operation, grouped(count),
      math.floor(elapsed))
  end
  return ("%s, %d s"):format(event.operation, math.floor(elapsed))
end

--- Draws the line, unless it is too early or it was drawn just now.
function progress_methods:draw()
  local now = self.clock.monotonic()
  if now - self.started < FIRST_DELAY or now - self.drawn_at < MIN_SHOWN then
    return
  end
  local text = self:text(now)
  if text then
    self.drawn_at = now
    self.status:show(text)
  end
end

local function tick(progress)
  while progress.is_active do
    progress.session.scheduler:sleep(INTERVAL)
    if progress.is_active then
      progress:draw()
    end
  end
end

-- What each event changes.
local listeners = {}

function listeners.request(progress, event)
  progress.event = event
end

function listeners.response(progress, event)
  local counts = progress.counts
  counts[event.operation] = (counts[event.operation] or 0) + 1
  progress.file = nil
end

function listeners.progress(progress, event)
  progress.file = event.bytes > 0 and event or nil
end

function listeners.page(progress, event)
  local pages = progress.pages
  local before = event.number > 1 and pages[event.operation]
  pages[event.operation] = { operation = event.operation,
    number = event.number, items = event.items, total = event.total,
    items_before = before and before.items_before or
      event.items - event.count }
end

function listeners.wait(progress, event)
  progress.event, progress.wait = event, event
  progress.resume_at = progress.clock.monotonic() + event.seconds
  progress.drawn_at = -math.huge -- draw at once: nothing follows for a while
end

local function listen(progress, name)
  return progress.session:on(name, function(event)
    listeners[name](progress, event)
    if name ~= "response" then -- the next event says what it contained
      progress:draw()
    end
  end)
end

--- Starts to show the calls of a session, until finish().
function progress_methods:start(session)
  if not self.status or not has_events(session) then
    return
  end
  self.session, self.clock = session, session.clock
  self.started, self.counts, self.pages = session.clock.monotonic(), {}, {}
  self.event, self.file, self.resume_at = nil, nil, nil
  self.drawn_at = -math.huge
  self.is_active, self.removers = true, {}
  for name in pairs(listeners) do
    self.removers[#self.removers + 1] = listen(self, name)
  end
  local is_ticking = self.ticker and not self.ticker.done and
    self.ticker_session == session
  if not session.scheduler.closed and not is_ticking then
    self.ticker = session.scheduler:spawn(tick, self)
    self.ticker_session = session
  end
end

--- Clears the line, so that other output can be written.
function progress_methods:clear()
  if self.status then
    self.status:clear()
    self.drawn_at = -math.huge
  end
end

--- Returns whether the line is on the screen.
function progress_methods:is_shown()
  return self.status ~= nil and self.status:is_shown()
end

--- Removes the listeners and clears the line.
function progress_methods:finish()
  for _, remove in ipairs(self.removers or {}) do
    remove()
  end
  self.is_active, self.removers = false, nil
  self:clear()
end

local function finish_with(progress, ok, ...)
  progress:finish()
  if not ok then
    error((...), 0)
  end
  return ...
end

--- Calls fn(...) and shows the calls of a session meanwhile. Returns what fn
-- returns, or raises what it raises, with the line cleared.
function progress_methods:during(session, fn, ...)
  self:start(session)
  return finish_with(self, pcall(fn, ...))
end

--- Returns a progress.
-- @param write function(text) that writes to the terminal; nil without one
-- @param size function that returns the terminal's columns
local function new(write, size)
  return setmetatable({ status = write and
    status_of.new(write, size) or nil }, progress_mt)
end

return { new = new }
