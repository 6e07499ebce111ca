--- progress.lua - what a call that takes long is doing, in one line
-- SPDX-License-Identifier: MIT
local number = require("rackspace.picture.words").number
local status_of = require("rackspace.show.status")

local progress_methods = {}
local progress_mt = { __index = progress_methods }

local patience = 0.5 -- seconds until something is shown
local step = 0.25 -- seconds from one look to the next
local shortest = 0.1 -- seconds that what is shown stays, so that it can be read

--- Whether a session tells of its requests.
local function listens(session)
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

--- How far a file is: in percent, where it is known how large it is.
local function file_text(event)
  if event.total and event.total > 0 then
    return ("%s %d %%"):format(event.direction,
      math.floor(math.min(1, event.bytes / event.total) * 100))
  end
  return ("%s %s bytes"):format(event.direction, number(event.bytes))
end

--- How far a list is, and how long the rest will take at this pace.
local function page_text(page, elapsed)
  local text = ("%s: page %s, %s"):format(page.operation, number(page.number),
    number(page.items))
  local came = page.items - page.begun
  if page.total and page.total > page.items and came > 0 then
    return ("%s of about %s, %d s left"):format(text, number(page.total),
      math.max(1, math.floor(elapsed * (page.total - page.items) / came + 0.5)))
  end
  return ("%s so far, %d s"):format(text, math.floor(elapsed))
end

--- What goes on, in words. A list is counted by its pages; many short ones,
-- like other calls, by how many of them are done.
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
    return ("%s, %s done, %d s"):format(event.operation, number(count),
      math.floor(elapsed))
  end
  return ("%s, %d s"):format(event.operation, math.floor(elapsed))
end

--- Shows it, unless that was done just now.
function progress_methods:draw()
  local now = self.clock.monotonic()
  if now - self.started < patience or now - self.drawn_at < shortest then
    return
  end
  local text = self:text(now)
  if text then
    self.drawn_at = now
    self.status:show(text)
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

-- What is noted of each event.
local listeners = {}

function listeners.request(self, event)
  self.event = event
end

function listeners.response(self, event)
  self.counts[event.operation] = (self.counts[event.operation] or 0) + 1
  self.file = nil
end

function listeners.progress(self, event)
  self.file = event.bytes > 0 and event or nil
end

function listeners.page(self, event)
  local before = event.number > 1 and self.pages[event.operation]
  self.pages[event.operation] = { operation = event.operation,
    number = event.number, items = event.items, total = event.total,
    begun = before and before.begun or event.items - event.count }
end

function listeners.wait(self, event)
  self.event, self.wait = event, event
  self.resume_at = self.clock.monotonic() + event.seconds
  self.drawn_at = -math.huge -- it is long until the next look
end

local function listen(self, name)
  return self.session:on(name, function(event)
    listeners[name](self, event)
    if name ~= "response" then -- what it brings is told next
      self:draw()
    end
  end)
end

--- Watches a session from now on, until finish().
function progress_methods:start(session)
  if not self.status or not listens(session) then
    return
  end
  self.session, self.clock = session, session.clock
  self.started, self.counts, self.pages = session.clock.monotonic(), {}, {}
  self.event, self.file, self.resume_at = nil, nil, nil
  self.drawn_at = -math.huge
  self.is_active, self.offs = true, {}
  for name in pairs(listeners) do
    self.offs[#self.offs + 1] = listen(self, name)
  end
  if not session.tasks.closed and
      (not self.ticker or self.ticker.done or self.ticking ~= session) then
    self.ticker, self.ticking = session.tasks:spawn(tick, self), session
  end
end

--- Takes away the line, so that something else can be written.
function progress_methods:clear()
  if self.status then
    self.status:clear()
    self.drawn_at = -math.huge
  end
end

--- Whether the line is there.
function progress_methods:is_shown()
  return self.status ~= nil and self.status:is_shown()
end

function progress_methods:finish()
  for _, off in ipairs(self.offs or {}) do
    off()
  end
  self.is_active, self.offs = false, nil
  self:clear()
end

local function pass_on(self, ok, ...)
  self:finish()
  if not ok then
    error((...), 0)
  end
  return ...
end

--- Calls fn(...) and watches a session meanwhile: what fn gives. The line is
-- gone however that ends.
function progress_methods:during(session, fn, ...)
  self:start(session)
  return pass_on(self, pcall(fn, ...))
end

--- `write(text)` writes to a terminal; nothing where there is none. `size()`
-- gives its columns.
local function new(write, size)
  return setmetatable({ status = write and
    status_of.new(write, size) or nil }, progress_mt)
end

return { new = new }
