--- walk.lua - calls every operation of a running sandbox by its example
-- SPDX-License-Identifier: MIT
local examples = require("spec.support.examples")
local json = require("rackspace.base.json")
local modules = require("rackspace.services").modules
local rackspace = require("rackspace")

local unpack = table.unpack or unpack

local walk = {}

--- Calls fn with every operation that there is, service by service.
function walk.each_operation(fn)
  local names = {}
  for name in pairs(modules) do
    names[#names + 1] = name
  end
  table.sort(names)
  for _, name in ipairs(names) do
    for _, op in ipairs(require(modules[name]).operations) do
      fn(op)
    end
  end
end

--- Calls an operation: its result (of a pager, some items), or nil, a message
-- and an error.
function walk.call(rs, name, args)
  local service, operation = name:match("^([%w_]+)%.([%w_]+)$")
  local result, message, err = rs[service][operation](rs[service], unpack(args))
  if result ~= nil and tostring(result):find("^pager") then
    return result:totable(3)
  end
  return result, message, err
end

--- How often any row of this route was answered: rows can share one.
local function answered(counter, box, op)
  local response = assert(counter.transport{ method = "GET", timeout = 10,
    url = box.url .. "/sandbox/counts", operation = "counts",
    headers = { ["X-Sandbox-Token"] = box.control_token } })
  local counts, sum = assert(json.decode(response.body)), 0
  for _, other in ipairs(require(modules[op.service]).operations) do
    if other.method .. other.path == op.method .. op.path then
      sum = sum + (counts[other.full_name] or 0)
    end
  end
  return sum
end

--- A session as an example wants it.
local function session_for(box, first, example, settings)
  if not example.as then
    return first
  end
  local own = {}
  for _, source in ipairs{ settings, example.as } do
    for name, value in pairs(source) do
      own[name] = value
    end
  end
  if own.token then
    own.token = assert(first.auth:token())
  end
  return assert(rackspace.new(box:settings(own)))
end

--- Tells `on_response` of every response that a session gets.
local function watch(rs, on_response)
  local transport = rs.transport
  rs.transport = function(request)
    local response, message, kind, sent = transport(request)
    if response then
      on_response(request, response)
    end
    return response, message, kind, sent
  end
  return rs
end

--- Calls every example whose operation is wanted, in order. Each has to succeed
-- and to reach its route. Gives a set of the operations.
function walk.all(box, settings, is_wanted, on_response)
  local counter = assert(rackspace.new(box:settings{}))
  local first, store, called = assert(rackspace.new(box:settings(settings))), {}, {}
  for _, example in ipairs(examples.list) do
    local name = example[1]
    local op = require(modules[name:match("^[%w_]+")]).by_name[name:match("[%w_]+$")]
    if is_wanted(op) then
      local rs = session_for(box, first, example, settings)
      if on_response and (rs ~= first or next(called) == nil) then
        watch(rs, on_response)
      end
      if example.before then
        assert(not walk.call(rs, example.before, {}))
      end
      local before = answered(counter, box, op)
      local args = examples.arguments(example, settings.dialect, store)
      local result, message = walk.call(rs, name, args)
      assert(result, ("%s: %s"):format(name, tostring(message)))
      assert(answered(counter, box, op) > before, name .. " did not reach its route")
      store[example.keep or ""], called[name] = result, true
      if rs ~= first then
        rs:close()
      end
    end
  end
  os.remove(examples.landing)
  first:close()
  counter:close()
  return called
end

return walk
