--- coverage_spec.lua - every row is served, and fails as its documents say
-- SPDX-License-Identifier: MIT
local examples = require("spec.support.examples")
local json = require("rackspace.engine.json")
local modules = require("rackspace.engine.modules")
local rackspace = require("rackspace")
local sandbox = require("spec.support.sandbox")
local stub = require("spec.support.stub")

local unpack = table.unpack or unpack

--- The errors' kinds by status, as the README's reader expects them.
local kinds = { [400] = "invalid", [401] = "auth", [403] = "forbidden", [404] = "not_found",
  [405] = "invalid", [406] = "invalid", [409] = "conflict", [413] = "throttled",
  [415] = "invalid", [422] = "invalid", [429] = "throttled", [500] = "server",
  [501] = "server", [502] = "server", [503] = "server", [504] = "server" }

local function each_operation(fn)
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

--- Calls an operation: its result, or nil, a message and an error.
local function call(rs, name, args)
  local service, operation = name:match("^([%w_]+)%.([%w_]+)$")
  local result, message, err = rs[service][operation](rs[service], unpack(args))
  if result ~= nil and tostring(result):find("^pager") then
    return result:totable(3)
  end
  return result, message, err
end

--- How often any row of this route was answered: rows can share one.
local function answered(rs, box, op)
  local response = assert(rs.transport{ method = "GET", url = box.url .. "/sandbox/counts",
    headers = {}, timeout = 10, operation = "counts" })
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
  local own = {}
  for name, value in pairs(settings) do
    own[name] = value
  end
  for name, value in pairs(example.as or {}) do
    own[name] = value
  end
  if own.token then
    own.token = assert(first.auth:token())
  end
  return example.as and assert(rackspace.new(box:settings(own))) or first
end

--- Calls every example for which there is an operation, in order. Gives the
-- names of those that were called.
local function walk(box, settings, is_wanted)
  local first, store, called = assert(rackspace.new(box:settings(settings))), {}, {}
  for _, example in ipairs(examples.list) do
    local name = example[1]
    local op = require(modules[name:match("^[%w_]+")]).by_name[name:match("[%w_]+$")]
    if is_wanted(op) then
      local rs = session_for(box, first, example, settings)
      if example.before then
        assert.is_nil((call(rs, example.before, {})))
      end
      local before = answered(rs, box, op)
      local args = examples.arguments(example, settings.dialect, store)
      local result, message = call(rs, name, args)
      assert.truthy(result, ("%s: %s"):format(name, tostring(message)))
      assert.is_true(answered(rs, box, op) > before, name .. " did not reach its route")
      store[example.keep or ""] = result
      called[name] = true
      if rs ~= first then
        rs:close()
      end
    end
  end
  first:close()
  return called
end

describe("every row", function()
  after_each(sandbox.close_all)

  it("has an example, and every example a row", function()
    local left = {}
    for name in pairs(examples.by_name) do
      left[name] = true
    end
    each_operation(function(op)
      assert.is_true(left[op.full_name], op.full_name .. " has no example")
      left[op.full_name] = nil
    end)
    assert.same({}, left)
  end)

  it("is served by the sandbox over HTTP", function()
    local called = walk(sandbox.start(), {}, function() return true end)
    each_operation(function(op)
      assert.is_true(called[op.full_name], op.full_name .. " was not called")
    end)
  end)

  it("is served as XML where its service has that", function()
    if not pcall(require, "lxp") then
      pending("lua-expat is not here for this Lua")
      return
    end
    local count = 0
    for _ in pairs(walk(sandbox.start(), { format = "xml" }, function(op) return op.xml end)) do
      count = count + 1
    end
    each_operation(function(op) count = count - (op.xml and 1 or 0) end)
    assert.equal(0, count)
  end)

  it("is served in the OpenAPI dialect where it has a route there", function()
    local called = walk(sandbox.start("--dialect openapi"), { dialect = "openapi" },
      function(op) return op.openapi end)
    each_operation(function(op)
      assert.equal(op.openapi ~= nil, called[op.full_name] == true, op.full_name)
    end)
  end)
end)

-- ---- errors -----------------------------------------------------------------

local CHALLENGE = { ["www-authenticate"] = "OS-MF sessionId='a-session', factor='PASSCODE'" }

local function is_login(request)
  return request.method == "POST" and request.url:find("/v2.0/tokens", 1, true) ~= nil
end

--- A session to which what a row asks gets the same answer. Log-ins on the way
-- succeed, and what is looked up before gets an answer of its own.
local function failing_session(op, example, settings, answer)
  local url, challenged = "http://localhost", not example.before
  local logs_in = op.method == "POST" and op.path == "/tokens"
  settings.clock = stub.clock()
  settings.email = { user_key = "a-user-key", secret_key = "a-secret-key" }
  settings.endpoints = { identity = url .. "/v2.0", customer = url, ticketing = url,
    resources = url, feeds = url, email = url }
  settings.username, settings.api_key, settings.token = "someone", "0123456789abcdef", false
  return stub.session(function(request)
    if not challenged then
      challenged = true
      return stub.reply(401, "", CHALLENGE)
    elseif is_login(request) and not logs_in then
      return stub.access(stub.TOKEN, "2090-01-01T00:00:00.000Z")
    elseif example.otherwise and request.method ~= op.method then
      return stub.reply(unpack(example.otherwise))
    end
    return answer
  end, settings)
end

--- Meets an operation with an answer: the error value.
local function meet(op, settings, answer)
  local example, copy = examples.by_name[op.full_name], {}
  for name, value in pairs(settings) do
    copy[name] = value
  end
  local rs = failing_session(op, example, copy, answer)
  if example.before then
    call(rs, example.before, {})
  end
  local args = examples.arguments(example, settings.dialect, {}, "1")
  local result, message, err = call(rs, op.full_name, args)
  assert.is_nil(result, op.full_name)
  assert.is_string(message)
  return err
end

local function meet_all(op, settings)
  for _, status in ipairs(op.errors) do
    local err = meet(op, settings, stub.reply(status, { code = status, message = "The reason." }))
    local what = ("%s, %d"):format(op.full_name, status)
    assert.is_string(kinds[status], what .. ": a kind to expect is missing here")
    assert.equal(kinds[status], err.kind, what)
    assert.equal(status, err.status, what)
    assert.equal(examples.by_name[op.full_name].says or op.full_name, err.operation, what)
    assert.truthy(tostring(err):find("The reason", 1, true), what)
  end
end

describe("every row's documented error", function()
  it("comes with its kind, its status and the operation", function()
    each_operation(function(op)
      meet_all(op, {})
    end)
  end)

  it("does so in the OpenAPI dialect", function()
    each_operation(function(op)
      if op.openapi then
        meet_all(op.openapi, { dialect = "openapi" })
      end
    end)
  end)

  it("has the kind that its message means, where the documents name one", function()
    each_operation(function(op)
      for message, kind in pairs(op.faults or {}) do
        local err = meet(op, {}, stub.reply(403, { fault = { message = message, code = 403 } }))
        assert.equal(kind, err.kind, op.full_name)
      end
    end)
  end)
end)
