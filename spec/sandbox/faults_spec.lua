--- faults_spec.lua - deliberate faults, in a process and over HTTP
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local once = require("spec.support.once")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local new_server = require("rackspace.sandbox.server").new
local new_sandbox = require("rackspace").sandbox
local socket = require("socket")
local stub = require("spec.support.stub")
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

local ticket = { accountId = "10101", subject = "Disk", category = "Incident",
  subcategory = "Other", severity = "High", comment = { text = "sda" } }

describe("a fault in a sandbox of this process", function()
  local rs, box

  before_each(function()
    rs = assert(rackspace.new(once{ sandbox = true }))
    box = rs.sandbox
    assert(rs.identity:whoami())
  end)

  after_each(function()
    rs:close()
    rs, box = nil, nil
  end)

  -- "." for each call that succeeds, otherwise the status or the kind.
  local function calls(count)
    local marks = {}
    for i = 1, count do
      local account, _, err = rs.accounts:get("CLOUD/10101")
      marks[i] = account and "." or tostring(err.status or err.kind)
    end
    return table.concat(marks, " ")
  end

  it("is every call's, some calls' or the first ones'", function()
    box:fault("accounts.get", { status = 500 })
    assert.equal("500 500 500", calls(3))
    box:fault("accounts.get", false)
    assert.equal(". .", calls(2))
    box:fault("accounts.get", { every = 3, status = 429 })
    assert.equal(". . 429 . . 429", calls(6))
    box:fault("accounts.get", false)
    box:fault("accounts.get", { times = 2, status = 503 })
    assert.equal("503 503 . .", calls(4))
    box:fault("accounts.get", false)
    box:fault("accounts.get", { skip = 2, every = 2, times = 2, status = 502 })
    assert.equal(". . . 502 . 502 . . .", calls(9))
  end)

  it("takes the first rule that wants the call, and counts for each", function()
    box:fault("accounts.get", { every = 2, status = 503 })
    box:fault("*", { every = 3, status = 429 })
    assert.equal(". 503 429 503 . 503", calls(6))
    assert(rs.contacts:list("CLOUD/10101"):totable(1))
    assert.same({ { operation = "accounts.get", every = 2, status = 503, calls = 6,
      faults = 3 }, { operation = "*", every = 3, status = 429, calls = 7, faults = 1 } },
      box:faults())
    box:fault("*", false)
    assert.same({}, box:faults())
    assert.equal(". . .", calls(3))
  end)

  it("has its service's form, unless it is given one", function()
    box:fault("accounts.get", { times = 1, status = 503 })
    local _, message = rs.accounts:get("CLOUD/10101")
    assert.matches("^accounts.get: 503 a fault that was asked for %(request ", message)
    box:fault("accounts.get", { times = 1, status = 429, body = { message = "slow down" },
      headers = { ["retry-after"] = 7, ["X-Trans-Id"] = "the-id" } })
    local _, own, err = rs.accounts:get("CLOUD/10101")
    assert.equal("accounts.get: 429 slow down (request the-id)", own)
    assert.equal(7, err.retry_after)
  end)

  it("can have any status in every service", function()
    for _, name in ipairs{ "identity.authenticate", "accounts.list", "tickets.list",
      "email_customers.list" } do
      for _, status in ipairs{ 200, 302, 400, 413, 418, 429, 500, 504, 599 } do
        box:fault(name, { status = status })
        local target = ({ identity = { "POST", "/v2.0/tokens" },
          accounts = { "GET", "/v1/customer_accounts" }, tickets = { "GET", "/tickets" },
          email_customers = { "GET", "/v1/customers" } })[name:match("^[%w_]+")]
        local response = box:handle{ method = target[1], target = target[2], headers = {} }
        assert.equal(status, response.status)
        assert.is_truthy(response.body:find("a fault that was asked for", 1, true))
        box:fault(name, false)
      end
    end
  end)

  it("leaves the state as it was, or comes after the work was done", function()
    local function tickets()
      return #assert(rs.tickets:list{ subject = "Disk" }:totable())
    end
    local before = tickets()
    box:fault("tickets.create", { times = 1, status = 503 })
    assert.is_nil((rs.tickets:create(ticket)))
    assert.equal(before, tickets())
    assert.equal(0, box:count("tickets.create"))
    box:fault("tickets.create", { times = 1, status = 503, after_processing = true })
    assert.is_nil((rs.tickets:create(ticket)))
    assert.equal(before + 1, tickets())
    box:advance(60)
    box:fault("tickets.create", { times = 1, close = true, after_processing = true })
    local made, message, err = rs.tickets:create(ticket)
    assert.is_nil(made)
    assert.is_truthy(message:find("the sandbox closed the connection", 1, true))
    assert.same({ "network" }, { err.kind, err.status })
    assert.equal(before + 2, tickets())
    assert.equal(2, box:count("tickets.create"))
  end)

  it("can be in an answer that is otherwise the service's own", function()
    box:fault("accounts.get", { times = 1, body = "<html></html>" })
    assert.equal("200 .", calls(2))
    box:fault("accounts.get", { times = 1, headers = { ["content-TYPE"] = "text/x" } })
    local account = assert(rs.accounts:get("CLOUD/10101"))
    assert.equal("text/x", rs:meta(account).headers["content-type"])
  end)

  it("is a delay, by the session's clock and within its time-out", function()
    local clock = stub.clock()
    local slow = assert(rackspace.new(once{ sandbox = box, clock = clock, timeout = 5 }))
    assert(slow.accounts:get("CLOUD/10101"))
    box:fault("accounts.get", { times = 1, delay = 4 })
    local account = assert(slow.accounts:get("CLOUD/10101"))
    assert.equal(4, clock.slept)
    assert.equal(4, slow:meta(account).seconds)
    box:fault("accounts.get", { delay = 3600 })
    local _, message, err = slow.accounts:get("CLOUD/10101")
    assert.equal("timeout", err.kind)
    assert.equal("accounts.get: the sandbox was silent for 5 seconds", message)
    slow:close()
  end)

  it("of a route that operations share is of each of them", function()
    box:fault("identity.login", { status = 503 })
    box:fault("tickets.close", { status = 503 })
    assert.equal("identity.authenticate", box:faults()[1].operation)
    assert.equal("tickets.update", box:faults()[2].operation)
    local other = assert(rackspace.new(once{ sandbox = box }))
    local _, _, err = other.identity:whoami()
    assert.equal(503, err.status)
    box:fault("tickets.update", false)
    assert.equal(1, #box:faults())
    other:close()
  end)

  it("is refused at the caller's line when it is none", function()
    local function refuse(operation, rule)
      return raises(function() box:fault(operation, rule) end)
    end
    assert.equal("fault: there is no operation 'tickets.crate' (did you mean "
      .. "'tickets.create'?)", refuse("tickets.crate", { status = 500 }))
    assert.equal("fault: there is no operation 'tickets.crate' (did you mean "
      .. "'tickets.create'?)", refuse("tickets.crate", false))
    assert.equal("fault: a fault's 'every' must be at least 1",
      refuse("tickets.create", { every = 0, status = 500 }))
    assert.equal("fault: a fault needs an 'operation'", refuse(nil, { status = 500 }))
    for _, rule in ipairs{ true, 5, "x" } do
      assert.equal("fault: takes an operation's name, and a table or false",
        refuse("tickets.create", rule))
    end
    assert.same({}, box:faults())
  end)

  it("leaves the caller's rule as it was", function()
    local rule = { every = 2, status = 500 }
    box:fault("accounts.get", rule)
    calls(2)
    assert.same({ every = 2, status = 500 }, rule)
  end)
end)

describe("a fault in a sandbox over HTTP", function()
  local box, path

  setup(function()
    path = support.write(os.tmpname(), '[{"operation":"accounts.get","every":3,'
      .. '"status":429,"headers":{"Retry-After":"2"},"body":"later"}]')
    box = assert(support.serve("--faults " .. path))
    os.remove(path)
  end)

  teardown(function()
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  local function get(token)
    return curl("-H", "X-Auth-Token: " .. token, box.url .. "/v1/customer_accounts/CLOUD/10101")
  end

  local function post(rules)
    return curl("-X", "POST", "-H", "Content-Type: application/json", "-d", rules,
      box.url .. "/sandbox/faults")
  end

  it("comes from a file, and from the controls", function()
    local token = support.token(box)
    assert.equal(200, get(token).status)
    assert.equal(200, get(token).status)
    local answer = get(token)
    assert.same({ 429, "2", "later" },
      { answer.status, answer.headers["retry-after"], answer.body })
    assert.equal("accounts.get 3 1", jq(curl(box.url .. "/sandbox/faults").body,
      '.[] | "\\(.operation) \\(.calls) \\(.faults)"'))
    assert.equal(204, post('{"operation":"accounts.get","status":502,"times":1}').status)
    assert.equal(502, get(token).status)
    assert.equal(204, curl("-X", "DELETE", box.url
      .. "/sandbox/faults?operation=accounts.get").status)
    assert.equal("[]", curl(box.url .. "/sandbox/faults").body)
    assert.equal(204, post('[{"operation":"*","status":500},'
      .. '{"operation":"contacts.list","status":502}]').status)
    assert.equal(500, get(token).status)
    assert.equal(204, curl("-X", "DELETE", box.url .. "/sandbox/faults").status)
    assert.equal(200, get(token).status)
  end)

  it("is refused as a whole when a rule is wrong", function()
    for _, rules in ipairs{ "", "5", "{}", '[{"operation":"*","status":500},5]',
      '{"operation":"none","status":500}', '[{"operation":"*","status":"x"}]' } do
      assert.equal(400, post(rules).status, rules)
    end
    assert.equal(400, curl("-X", "DELETE", box.url .. "/sandbox/faults?operation=x").status)
    assert.equal("[]", curl(box.url .. "/sandbox/faults").body)
  end)

  it("keeps the program from starting when its file is wrong", function()
    for text, problem in pairs{ ["{}"] = ": not a JSON list of faults\n",
      ['[{"operation":"x","status":500}]'] = ": there is no operation 'x'\n" } do
      local wrong = support.write(os.tmpname(), text)
      local job, complaint, code = support.serve("--faults " .. wrong)
      os.remove(wrong)
      assert.is_nil(job)
      assert.equal(1, code)
      assert.equal("rackspace: " .. wrong .. problem, complaint)
    end
    local _, complaint, code = support.serve("--faults /nowhere/x")
    assert.equal("rackspace: /nowhere/x: No such file or directory\n", complaint)
    assert.equal(1, code)
  end)
end)

describe("a fault in a sandbox's server", function()
  local box

  before_each(function()
    box = assert(new_server({ accounts = 4 }, new_sandbox))
  end)

  after_each(function()
    box:close()
    box = nil
  end)

  local function dial(target)
    local client = assert(socket.connect("127.0.0.1", tonumber(box:url():match("%d+$"))))
    client:settimeout(0)
    assert(client:send("GET " .. target .. " HTTP/1.1\r\nHost: localhost\r\nX-Sandbox-Token: " ..
      box.sandbox.control_token .. "\r\n\r\n"))
    return { socket = client, data = "" }
  end

  local function serve_until(condition, ...)
    local clients = { ... }
    child.wait_until(function()
      box:step(0.01)
      for _, client in ipairs(clients) do
        local data, err, partial = client.socket:receive(65536)
        client.data = client.data .. (data or partial or "")
        client.closed = client.closed or err == "closed"
      end
      return condition()
    end, "what was waited for")
  end

  it("closes the connection without a byte", function()
    box.sandbox:fault("accounts.list", { close = true })
    local client = dial("/v1/customer_accounts")
    serve_until(function() return client.closed end, client)
    assert.equal("", client.data)
    client.socket:close()
  end)

  it("delays a response while it sends others", function()
    box.sandbox:fault("accounts.list", { delay = 3600, status = 503 })
    local slow, quick = dial("/v1/customer_accounts"), dial("/v1/customer_accounts/CLOUD/10101")
    serve_until(function() return box.held[1] and quick.data ~= "" end, slow, quick)
    assert.equal("", slow.data)
    box.held[1].at = 0
    serve_until(function() return slow.data ~= "" end, slow)
    assert.matches("^HTTP/1.1 503 ", slow.data)
    slow.socket:close()
    quick.socket:close()
  end)

  it("drops a delayed response whose client is gone", function()
    box.sandbox:fault("accounts.list", { delay = 3600 })
    local gone = dial("/v1/customer_accounts")
    serve_until(function() return #box.held == 1 end, gone)
    gone.socket:close()
    box.held[1].at = 0
    serve_until(function() return #box.held == 0 end)
    local client = dial("/sandbox")
    serve_until(function() return client.data ~= "" end, client)
    assert.matches("^HTTP/1.1 200 ", client.data)
    client.socket:close()
  end)
end)
