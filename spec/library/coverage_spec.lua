--- coverage_spec.lua - every row is served, and fails as its documents say
-- SPDX-License-Identifier: MIT
local examples = require("spec.support.examples")
local sandbox = require("spec.support.sandbox")
local stub = require("spec.support.stub")
local walk = require("spec.support.walk")

local unpack = table.unpack or unpack

--- The errors' kinds by status, as the README's reader expects them.
local kinds = { [400] = "invalid", [401] = "auth", [403] = "forbidden", [404] = "not_found",
  [405] = "invalid", [406] = "invalid", [409] = "conflict", [413] = "invalid",
  [415] = "invalid", [422] = "invalid", [429] = "throttled", [500] = "server",
  [501] = "server", [502] = "server", [503] = "server", [504] = "server" }

-- Operations whose answer is made of what others are answered.
local is_made_of_others = { ["accounts.timeline"] = true, ["email_customers.create"] = true }

local call, each_operation = walk.call, walk.each_operation

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
    local called = walk.all(sandbox.start(), {}, function() return true end)
    each_operation(function(op)
      assert.is_true(called[op.full_name], op.full_name .. " was not called")
    end)
  end)

  it("is served as XML where its service has that", function()
    if not pcall(require, "lxp") then
      pending("lua-expat is not here for this Lua")
      return
    end
    local kinds_of = {}
    local called = walk.all(sandbox.start(), { format = "xml" }, function(op) return op.xml end,
      function(request, response)
        if response.body ~= "" then
          kinds_of[request.operation] = response.headers["content-type"]
        end
      end)
    each_operation(function(op)
      assert.equal(op.xml ~= nil, called[op.full_name] == true, op.full_name)
      if op.xml and op.returns and not is_made_of_others[op.full_name] then
        assert.truthy(kinds_of[op.full_name]:find(op.xml, 1, true), op.full_name)
      end
    end)
  end)

  it("is served in the OpenAPI dialect where it has a route there", function()
    local called = walk.all(sandbox.start("--dialect openapi"), { dialect = "openapi" },
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
  for name, value in pairs(example.as or {}) do
    settings[name] = value
  end
  if settings.token then
    settings.token = stub.TOKEN
  end
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
    assert.equal(op.full_name, err.operation, what)
    assert.equal(op.full_name .. ": " .. status, tostring(err):match("^[%w_.]+: %d+"))
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
