--- server_spec.lua - the messages of the Model Context Protocol
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local rackspace = require("rackspace")
local server_of = require("rackspace.mcp.server")
local tools = require("rackspace.mcp.tools")

describe("the server of the Model Context Protocol", function()
  local session, server, sent

  --- Serves the session's operations, and the writing ones of a list.
  local function serve(allowed, settings)
    settings = settings or { sandbox = true }
    session = assert(rackspace.new(settings))
    sent = {}
    server = server_of.new(session, tools.list(allowed or {}), "1.0", function(message)
      sent[#sent + 1] = assert(json.decode((assert(json.encode(message)))))
    end)
  end

  --- Sends a request, and gives its answer.
  local function ask(method, params, id)
    id = id or #sent + 1
    server:receive(json.encode{ jsonrpc = "2.0", id = id, method = method, params = params })
    server:finish()
    while server:is_busy() do
      session.scheduler:step()
      server:finish()
    end
    local answer = sent[#sent]
    assert.equal("2.0", answer.jsonrpc)
    assert.equal(id, answer.id)
    return answer.result, answer.error
  end

  --- Calls a tool: its texts, and whether it failed.
  local function call(name, arguments)
    local result = assert(ask("tools/call", { name = name, arguments = arguments }))
    local texts = {}
    for i, block in ipairs(result.content) do
      assert.equal("text", block.type)
      texts[i] = block.text
    end
    return texts, result.isError
  end

  local function value_of(name, arguments)
    local texts, failed = call(name, arguments)
    assert.is_nil(failed, texts[1])
    return assert(json.decode(texts[2]))
  end

  after_each(function()
    if session then
      session:close()
    end
  end)

  it("agrees on a version", function()
    serve()
    local function agree(version)
      return ask("initialize", { protocolVersion = version, capabilities = {},
        clientInfo = { name = "x", version = "1" } })
    end
    local result = agree("2025-06-18")
    assert.equal("2025-06-18", result.protocolVersion)
    assert.same({ tools = {}, resources = {} }, result.capabilities)
    assert.equal("rackspace", result.serverInfo.name)
    assert.matches("instructions", result.instructions)
    assert.equal("2025-11-25", agree("2031-01-01").protocolVersion)
    assert.equal("2024-11-05", agree("2024-10-07").protocolVersion)
    assert.same({}, (ask("ping")))
  end)

  it("only reads, unless it is told otherwise", function()
    serve()
    for _, tool in ipairs(ask("tools/list").tools) do
      assert.is_true(tool.annotations.readOnlyHint, tool.name)
    end
    local _, err = ask("tools/call", { name = "tickets_close",
      arguments = { ticketId = "180404-00001" } })
    assert.equal(-32602, err.code)
    session:close()
    serve{ "tickets.close" }
    assert.equal("Closed", value_of("tickets_close", { ticketId = "180404-00001" }).status)
    assert.equal("Closed", value_of("tickets_get", { ticketId = "180404-00001" }).status)
  end)

  it("gives a list by parts", function()
    serve()
    local seen, count, cursor = {}, 0, nil
    repeat
      local part = value_of("accounts_list", { max_items = 40, cursor = cursor })
      for _, account in ipairs(part.items) do
        local id = account.type .. "/" .. account.id
        assert.is_nil(seen[id])
        seen[id], count = true, count + 1
      end
      cursor = part.next_cursor
    until not cursor
    assert.equal(137, count)
    local list = value_of("contacts_list", { account = "CLOUD/10101", max_items = 1 })
    assert.equal(1, #list.items)
  end)

  it("tells mistakes to the caller, who can mend them", function()
    serve{ "tickets.create", "tickets.comment" }
    local cases = {
      { "accounts_get", { account = "CLOUD" }, "^accounts%.get: 'account' must be" },
      { "accounts_get", {}, "^accounts%.get: " },
      { "accounts_list", { acountType = "CLOUD" }, "did you mean 'accountType'" },
      { "accounts_list", { max_items = 0 }, "'max_items' must be" },
      { "accounts_list", { max_items = "many" }, "'max_items' must be" },
      { "accounts_list", { cursor = "x" }, "^accounts%.list: " },
      { "tickets_create", { subject = "x" }, "^tickets%.create: " },
      { "tickets_comment", { ticketId = "180404-00001", text = "x",
        attachments = { "/etc/passwd" } }, "^tickets%.comment: files can't be sent" },
      { "accounts_get", { account = "CLOUD/99" }, "^accounts%.get: 404 " },
    }
    for _, case in ipairs(cases) do
      local texts, failed = call(case[1], case[2])
      assert.is_true(failed)
      assert.matches(case[3], texts[1])
    end
  end)

  it("tells of an unknown outcome, of limits and of roles", function()
    local response
    serve({ "tickets.comment" }, { token = "t", limits = false, retries = 0,
      transport = function()
        if type(response) == "string" then
          return nil, response, "network", true
        end
        return response
      end })
    response = "the connection broke"
    local texts, failed = call("tickets_comment", { ticketId = "1", text = "x" })
    assert.is_true(failed)
    assert.matches("unknown outcome", texts[1])
    assert.matches("^The outcome is unknown", texts[2])
    response = { status = 429, headers = { ["retry-after"] = "30" }, body = "{}" }
    texts = call("tickets_get", { ticketId = "1" })
    assert.matches("again in 30 seconds", texts[2])
    response = { status = 403, headers = {}, body = "{}" }
    texts = call("tickets_get", { ticketId = "1" })
    assert.matches("ticketing:observer", texts[2])
  end)

  it("tells that a call waits for its limit", function()
    local now = 1700000000
    local clock = { time = function() return now end, monotonic = function() return now end,
      random = function() return 0.5 end,
      sleep = function(seconds) now = now + seconds end }
    serve({ "tickets.create" }, { clock = clock,
      sandbox = rackspace.sandbox{ clock = clock.time } })
    local given = { accountId = "10101", subject = "Disk", category = "Incident",
      subcategory = "Other" }
    for _ = 1, 2 do
      local result = ask("tools/call", { name = "tickets_create", arguments = given,
        _meta = { progressToken = "p7" } })
      assert.is_nil(result.isError)
    end
    local told = {}
    for _, message in ipairs(sent) do
      if message.method == "notifications/progress" then
        told[#told + 1] = message.params
      end
    end
    assert.equal(1, #told)
    assert.equal("p7", told[1].progressToken)
    assert.equal("tickets.create waits 60 s for its limit", told[1].message)
  end)

  it("drops a call that the client has cancelled", function()
    local now, is_over = 0, false
    local clock = { time = function() return now end, monotonic = function() return now end,
      random = function() return 0.5 end,
      sleep = function(seconds) now = now + seconds is_over = true end }
    serve({}, { clock = clock, token = "t", limits = { ["tickets.get"] = { 1, per = 60 } },
      transport = function()
        return { status = 200, headers = {}, body = '{"ticket":{}}' }
      end })
    ask("tools/call", { name = "tickets_get", arguments = { ticketId = "1" } })
    local count = #sent
    server:receive(json.encode{ jsonrpc = "2.0", id = 77, method = "tools/call",
      params = { name = "tickets_get", arguments = { ticketId = "1" } } })
    assert.is_true(server:is_busy())
    server:receive(json.encode{ jsonrpc = "2.0", method = "notifications/cancelled",
      params = { requestId = 77 } })
    assert.is_false(server:is_busy())
    server:finish()
    assert.equal(count, #sent)
    assert.is_false(is_over)
  end)

  it("answers what is no request, and goes on", function()
    serve()
    local function code_of(line)
      server:receive(line)
      return sent[#sent].error.code, sent[#sent].id
    end
    assert.equal(-32700, (code_of("{")))
    assert.equal(-32700, (code_of("7")))
    assert.equal(-32600, (code_of("[1]")))
    assert.same({ -32600, 4 }, { code_of('{"id":4}') })
    assert.same({ -32601, "a" }, { code_of('{"id":"a","method":"prompts/list"}') })
    assert.equal(-32602, (code_of('{"id":5,"method":"ping","params":[1]}')))
    assert.equal(-32600, (code_of('{"id":{},"method":"ping"}')))
    assert.equal(-32602, (code_of('{"id":6,"method":"tools/call","params":{}}')))
    local count = #sent
    server:receive('{"method":"notifications/initialized"}')
    server:receive('{"method":"notifications/cancelled","params":{"requestId":99}}')
    server:receive('{"id":9,"result":{}}')
    assert.equal(count, #sent)
    server:receive('[{"id":1,"method":"ping"},{"id":2,"method":"ping"}]')
    assert.equal(count + 2, #sent)
  end)

  it("has the guide and the reference as resources", function()
    serve()
    local list = ask("resources/list").resources
    assert.equal("rackspace://guide/concepts", list[1].uri)
    local page = ask("resources/read", { uri = "rackspace://guide/limits" }).contents[1]
    assert.matches("^# Limits and repeats", page.text)
    local template = ask("resources/templates/list").resourceTemplates[1]
    assert.equal("rackspace://operations/{name}", template.uriTemplate)
    page = ask("resources/read", { uri = "rackspace://operations/tickets.close" }).contents[1]
    assert.matches("Closes a ticket", page.text)
    for _, uri in ipairs{ "rackspace://guide/../init", "file:///etc/passwd",
      "rackspace://operations/errors", "rackspace://operations/a.b", 7 } do
      local _, err = ask("resources/read", { uri = uri })
      assert.equal(-32002, err.code, uri)
    end
  end)
end)
