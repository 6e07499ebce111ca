--- limits.lua - keeps a session's calls within the services' rate limits
-- SPDX-License-Identifier: MIT

--- A gate holds a window for each limit. A call takes the next slot of its
-- window and waits for its turn: the first ones start at once, as many as the
-- limit allows, and the others spaced. Nothing here waits or reads a clock.
local gate_methods = {}
local gate_mt = { __name = "rackspace.limits", __index = gate_methods }

local slot_methods = {}
local slot_mt = { __name = "rackspace.slot", __index = slot_methods }

local max = math.max

--- The limit of an operation by the session's settings, else by its row.
local function limit_of(self, op)
  local set = self.set[op.full_name]
  if set ~= nil then
    return set
  end
  return op.limit
end

--- The window that an operation shares with those of its route, or with those
-- that its limit names; nil when it has no limit.
local function window_of(self, op)
  local limit = not self.off and limit_of(self, op)
  if not limit then
    return nil
  end
  local name = op.service .. " " ..
    (limit.window or op.method .. " " .. op.path)
  local window = self.windows[name]
  if not window then
    -- Slots are numbered; `times` tells when each one's call was made.
    window = { most = limit[1], per = limit.per, last = 0, opens = -math.huge,
      times = {} }
    self.windows[name] = window
  end
  return window
end

--- When a slot's turn is. The service counts in any stretch of `per` seconds.
local function turn(window, number, is_spaced)
  local before = window.times[number - window.most]
  local at = max(window.opens, before and before + window.per or -math.huge)
  local previous = is_spaced and window.times[number - 1]
  return previous and max(at, previous + window.per / window.most) or at
end

--- The slot that a call would take now; nil when nothing limits it.
function gate_methods:slot(op, now)
  local window = window_of(self, op)
  if not window then
    return nil
  end
  local number = window.last + 1
  return setmetatable({ window = window, number = number,
    is_spaced = turn(window, number) > now }, slot_mt)
end

--- When a slot's turn is; earlier ones may have moved it since it was taken.
function slot_methods:turn()
  return turn(self.window, self.number, self.is_spaced)
end

--- Takes a slot whose turn is to be at a time. Slots are taken in the order in
-- which they were asked for.
function slot_methods:take(at)
  self.window.last = max(self.window.last, self.number)
  self.window.times[self.number] = at
end

--- Gives a slot back whose call is not made.
function slot_methods:give_back()
  if self.window.times[self.number] then
    self.window.times[self.number] = -math.huge
  end
end

--- The slot's call starts: nobody looks at what is a window older any more.
function slot_methods:start(now)
  self:take(now)
  self.window.times[self.number - self.window.most] = nil
end

--- The slot's call was answered: the service counted it some time between its
-- start and now.
function slot_methods:finish(now)
  if self.window.times[self.number] then
    self.window.times[self.number] = now
  end
end

--- The service refused the slot's call. It keeps its place, to be made again
-- at a time, and none of the window before.
function slot_methods:postpone(at)
  self.window.opens = max(self.window.opens, at)
  self:finish(at)
end

--- A gate by the setting `limits`: false for none, or a table of limits by
-- operations' names that replace those of the rows.
local function new(setting)
  return setmetatable({ off = setting == false, windows = {},
    set = type(setting) == "table" and setting or {} }, gate_mt)
end

--- What is wrong with a setting `limits`, or nil.
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
