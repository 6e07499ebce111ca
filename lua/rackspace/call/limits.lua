--- limits.lua - keeps the calls of a session within the services' rate limits
-- SPDX-License-Identifier: MIT

--- A gate has a window for each limit. A call takes the next slot of its window
-- and waits for the slot's turn: as many calls as the limit allows start at
-- once, and later ones evenly spaced. Nothing here waits or reads a clock.
local gate_methods = {}
local gate_mt = { __name = "rackspace.limits", __index = gate_methods }

local slot_methods = {}
local slot_mt = { __name = "rackspace.slot", __index = slot_methods }

local max = math.max

--- Returns the window that an operation shares with those of its route, or with
-- those that its limit names; false when it has no limit. The setting comes
-- before the row.
local function window_of(gate, op)
  local limit = gate.set[op.full_name]
  if limit == nil then
    limit = op.limit
  end
  if gate.off or not limit then
    return false
  end
  return gate.source(op.service .. " " ..
    (limit.window or op.method .. " " .. op.path), limit)
end

--- Returns a source of windows: a function(name, limit) that returns the window
-- of a name. The windows of this one are in this process only; another source
-- may share the counts with other processes or machines.
local function own_windows()
  local windows = {}
  return function(name, limit)
    -- Slots are numbered; `times` has when the call of each was made.
    windows[name] = windows[name] or { most = limit[1], per = limit.per,
      last = 0, opens = -math.huge, times = {} }
    return windows[name]
  end
end

--- Returns when the turn of a slot is. The service counts the calls in any
-- period of `per` seconds.
local function turn(window, number, is_spaced)
  local before = window.times[number - window.most]
  local at = max(window.opens, before and before + window.per or -math.huge)
  local previous = is_spaced and window.times[number - 1]
  return previous and max(at, previous + window.per / window.most) or at
end

--- Returns the slot that a call would take now, or nil when nothing limits it.
function gate_methods:slot(op, now)
  local window = self.by_operation[op]
  if window == nil then
    window = window_of(self, op)
    self.by_operation[op] = window
  end
  if not window then
    return nil
  end
  local number = window.last + 1
  return setmetatable({ window = window, number = number,
    is_spaced = turn(window, number) > now }, slot_mt)
end

--- Returns when the turn of a slot is, which earlier slots may have moved since
-- it was taken.
function slot_methods:turn()
  return turn(self.window, self.number, self.is_spaced)
end

--- Takes a slot whose turn will be at a time. Slots are taken in the order in
-- which slot() returned them.
function slot_methods:take(at)
  self.window.last = max(self.window.last, self.number)
  self.window.times[self.number] = at
end

--- Gives back a slot whose call is not made.
function slot_methods:give_back()
  if self.window.times[self.number] then
    self.window.times[self.number] = -math.huge
  end
end

--- The slot's call starts. The time of the slot one window before is no longer
-- needed.
function slot_methods:start(now)
  self:take(now)
  self.window.times[self.number - self.window.most] = nil
end

--- The slot's call has its response: the service counted it between its start
-- and now.
function slot_methods:finish(now)
  if self.window.times[self.number] then
    self.window.times[self.number] = now
  end
end

--- The service throttled the slot's call, which keeps its slot and is repeated
-- at a time. No other call of the window starts before that.
function slot_methods:postpone(at)
  self.window.opens = max(self.window.opens, at)
  self:finish(at)
end

--- Returns a gate by the setting `limits`: false for none, or a table of limits
-- by the names of operations, which replace those of the rows. `source`, if
-- given, is a source of windows in place of own_windows().
local function new(setting, source)
  return setmetatable({
    off = setting == false, -- boolean
    set = type(setting) == "table" and setting or {}, -- { [name] = limit }
    source = source or own_windows(), -- function(name, limit) -> window
    by_operation = {}, -- { [operation] = window or false }
  }, gate_mt)
end

--- Returns what is wrong with a setting `limits`, or nil.
local function problem(setting)
  if type(setting) == "boolean" then
    return nil
  elseif type(setting) ~= "table" then
    return "must be false or a table, not a " .. type(setting)
  end
  for name, limit in pairs(setting) do
    local count = type(limit) == "table" and limit[1]
    if type(name) ~= "string" or not name:find("^[%w_]+%.[%w_]+$") then
      return 'must have names of operations such as "tickets.create"'
    elseif limit ~= false and not (type(count) == "number" and count >= 1 and
        count % 1 == 0 and type(limit.per) == "number" and limit.per > 0) then
      return ("has no limit such as { 5, per = 60 } for '%s'"):format(name)
    end
  end
end

return { new = new, problem = problem }
