--- bad_input_spec.lua - what scripts, users and peers get wrong
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local core = require("rackspace.core")
local peer = require("spec.support.peer")
local port = require("spec.support.port")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local sandbox = require("spec.support.sandbox")
local socket = require("socket")

local PAGES = [[
  local page = tonumber(request.target:match("marker=(%d+)") or 1)
  return reply(200, ('{"customerAccount":[{"type":"C","id":"%d"},{"type":"C","id":"%d.5"}],'
    .. '"link":[{"rel":"NEXT","href":"/v1/customer_accounts?marker=%d"}]}')
    :format(page, page, page + 1))]]

-- Repeats come at once; how long they wait is told elsewhere.
local function at_once()
  return 0
end

-- What a spec has open.
local service, rs, listener

-- A session with a peer that answers so; the one before is over.
local function open(code, settings)
  if rs then
    rs:close()
  end
  service = peer.start(code)
  rs = assert(rackspace.new(service:settings(settings)))
  rs.random = at_once
  return rs
end

-- A port where nobody answers what is sent.
local function listen()
  listener = assert(socket.bind("127.0.0.1", 0))
  listener:settimeout(0)
  return "http://127.0.0.1:" .. select(2, listener:getsockname())
end

local function open_at(url, settings)
  settings = settings or {}
  settings.token = "a-token"
  settings.endpoints = { customer = url, identity = url .. "/v2.0" }
  rs = assert(rackspace.new(settings))
  rs.random = at_once
  return rs
end

-- Calls the peer and expects a failure of a kind, whose message says so.
local function fails(kind, message, ...)
  local started = core.monotonic()
  local account, text, err = rs.accounts:get("CLOUD/1", ...)
  assert.is_nil(account)
  assert.equal(kind, err.kind)
  assert.equal(text, tostring(err))
  assert.equal("accounts.get", err.operation)
  assert.matches("^accounts%.get: ", text)
  assert.matches(message, text, 1, true)
  assert.is_true(core.monotonic() - started < 10)
  return err
end

-- Walks until something is raised; gives the ids before it and the error.
local function walk(pager)
  local ids = {}
  local ok, err = pcall(function()
    for account in pager do
      ids[#ids + 1] = account.id
    end
  end)
  return table.concat(ids, " "), not ok and err or nil
end

describe("bad input of a script", function()
  local function refused(fn)
    local message = raises(fn)
    assert.same({}, service:requests())
    return message
  end

  setup(function()
    open("return reply(200, '{}')")
  end)

  teardown(function()
    rs:close()
    child.close_all()
  end)

  it("an unknown parameter", function()
    assert.equal("accounts.list: unknown parameter 'acountType' (did you mean 'accountType'?)",
      refused(function() rs.accounts:list{ acountType = "CLOUD" } end))
    assert.equal("accounts.get: unknown parameter 'colour'",
      refused(function() rs.accounts:get("CLOUD/1", { colour = "red" }) end))
  end)

  it("an unknown method", function()
    assert.equal("rs.accounts has no operation 'gett' (did you mean 'get'?)",
      refused(function() rs.accounts:gett("CLOUD/1") end))
    assert.equal("there is no rs.acounts (did you mean 'accounts'?)",
      refused(function() rs.acounts:get("CLOUD/1") end))
  end)

  it("a metadataValue without its metadataKey", function()
    assert.equal("accounts.list: 'metadataValue' needs 'metadataKey' beside it",
      refused(function() rs.accounts:list{ metadataValue = "gold" } end))
  end)

  it("an empty id", function()
    assert.equal("accounts.get: 'account' has an id that is empty",
      refused(function() rs.accounts:get("CLOUD/") end))
    assert.equal("accounts.get: 'account' has a type that is empty",
      refused(function() rs.accounts:get{ type = "", id = "1" } end))
  end)

  it("an id of dots", function()
    for _, id in ipairs{ ".", ".." } do
      assert.equal("accounts.get: 'account' has an id that is a dot segment",
        refused(function() rs.accounts:get("CLOUD/" .. id) end))
    end
    assert.equal("accounts.history: 'account' has a type that is a dot segment",
      refused(function() rs.accounts:history{ type = "..", id = ".." } end))
  end)

  it("a slash in an id", function()
    assert.equal("accounts.get: 'account' has an id that contains a slash",
      refused(function() rs.accounts:get("CLOUD/1/../2") end))
    assert.equal("accounts.get: 'account' has an id that contains a slash",
      refused(function() rs.accounts:get{ type = "CLOUD", id = "1\\2" } end))
  end)

  it("a NUL, a CR or an LF in an id", function()
    for _, byte in ipairs{ "\0", "\r", "\n" } do
      assert.equal("accounts.get: 'account' has an id that contains a control character",
        refused(function() rs.accounts:get("CLOUD/1" .. byte .. "X-Evil: 1") end))
      assert.equal("accounts.get: 'account' has a type that contains a control character",
        refused(function() rs.accounts:get{ type = "CLOUD" .. byte, id = "1" } end))
    end
  end)

  it("a NUL, a CR or an LF in a header", function()
    for _, byte in ipairs{ "\0", "\r", "\n" } do
      assert.equal("rackspace.new: 'token' holds a line break or a NUL byte",
        refused(function() rackspace.new{ token = "t" .. byte .. "X-Evil: 1" } end))
      assert.equal("rackspace.new: 'user_agent' is empty or holds a control character",
        refused(function() rackspace.new{ token = "t", user_agent = "a" .. byte } end))
    end
  end)

  it("wrong types", function()
    assert.equal("accounts.list: 'limit' must be a whole number, not a string",
      refused(function() rs.accounts:list{ limit = "50" } end))
    assert.equal("accounts.list: 'domain' must be a string, not a number",
      refused(function() rs.accounts:list{ domain = 5 } end))
    assert.equal("accounts.list: the parameters must be a table, not a string",
      refused(function() rs.accounts:list("CLOUD") end))
    assert.matches('^accounts%.get: \'account\' must be "TYPE/ID"',
      refused(function() rs.accounts:get(10101) end))
    assert.matches('^accounts%.get: \'account\' must be "TYPE/ID"',
      refused(function() rs.accounts:get(function() end) end))
    assert.equal("accounts.get: 'account' has an id that must be a string or a whole number, " ..
      "not a table", refused(function() rs.accounts:get{ type = "CLOUD", id = {} } end))
    assert.equal("rackspace.new: 'timeout' must be a number, not a string",
      refused(function() rackspace.new{ token = "t", timeout = "5" } end))
  end)

  it("is not UTF-8, nor a colon: these reach the peer, encoded", function()
    assert(rs.accounts:get{ type = "MANAGED_HOSTING", id = "hybrid:東京 é" })
    rs.accounts:list{ metadataKey = "support:niveau é", metadataValue = "a:b" }:totable()
    local requests = service:requests()
    assert.equal("/v1/customer_accounts/MANAGED_HOSTING/hybrid%3A%E6%9D%B1%E4%BA%AC%20%C3%A9",
      requests[1].target)
    assert.equal("/v1/customer_accounts?metadataKey=support%3Aniveau%20%C3%A9&" ..
      "metadataValue=a%3Ab", requests[2].target)
  end)
end)

describe("bad input", function()
  after_each(function()
    if rs then
      rs:close()
    end
    if listener then
      listener:close()
    end
    rs, listener = nil, nil
    child.close_all()
  end)

  it("no credentials at all: the message lists where they were looked for", function()
    local none, message, err = rackspace.new{ timeout = 5 }
    assert.is_nil(none)
    assert.equal("config", err.kind)
    for _, place in ipairs{ "the arguments", "RACKSPACE_* in the environment",
      "RS_* in the environment", "/.config/rackspace/config", "/.rack/config",
      "/.rackspace_cloud_credentials", "sandbox = true" } do
      assert.matches(place, message, 1, true)
    end
  end)

  it("wrong credentials", function()
    local running = sandbox.start()
    rs = assert(rackspace.new(running:settings{ api_key = "wrong" }))
    local account, message, err = rs.accounts:get("CLOUD/10101")
    assert.is_nil(account)
    assert.equal("auth", err.kind)
    assert.equal(401, err.status)
    assert.matches("^identity%.login: 401 Unable to authenticate user with credentials provided",
      message)
  end)

  it("an unreachable host", function()
    finally(port.close_all)
    open_at(port.refusing_url())
    local err = fails("network", "onnect")
    assert.is_false(err.sent)
    assert.is_nil(err.status)
  end)

  it("a host that accepts and says nothing: the whole time is up", function()
    open_at(listen(), { timeout = 0.3 })
    fails("timeout", "timed out")
    fails("timeout", "timed out", { timeout = 0.1 })
    assert.is_nil(rs.accounts:list():totable())
  end)

  it("a host that accepts and says nothing: nothing was heard for too long", function()
    open_at(listen(), { timeout = 60, stall_timeout = 1 })
    fails("timeout", "")
  end)

  it("a host that begins to answer and stops", function()
    open([[return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"]],
      { timeout = 60, stall_timeout = 1 })
    fails("timeout", "")
  end)

  it("a body cut short", function()
    open([[return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":\"1\"}", true]])
    fails("network", "")
    open([[return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n{\"id\":\"1\"}\r\n",
      true]])
    fails("network", "")
    open([[return "HTTP/1.1 200 OK\r\nContent-Le", true]])
    fails("network", "")
  end)

  it("no HTTP at all", function()
    open([[return "220 mail.example ESMTP ready\r\n", true]])
    fails("protocol", "")
    open([[return "", true]])
    fails("network", "")
  end)

  it("invalid JSON", function()
    open([[return reply(200, '{"id":"1",')]])
    local err = fails("protocol", "the answer is not JSON")
    assert.equal(200, err.status)
    open([[return reply(200, '[' .. ('['):rep(100000))]])
    fails("protocol", "the answer is not JSON")
  end)

  it("HTML instead of JSON", function()
    open([[return reply(200, "<!DOCTYPE html>\n<html><h1>Sign in</h1></html>",
      { ["Content-Type"] = "text/html" })]])
    fails("protocol", "an HTML page came instead of JSON; is the endpoint right?")
    open([[return reply(502, "<html><h1>Bad gateway</h1></html>")]])
    local err = fails("server", "an HTML page came instead of an answer of the service")
    assert.equal(502, err.status)
  end)

  it("an empty 401", function()
    open([[return reply(401, "",
      { ["WWW-Authenticate"] = "Keystone uri=https://identity.api.rackspacecloud.com/v2.0" })]])
    fails("auth", "401 the token or the credentials were not accepted")
    assert.equal(1, #service:requests())
  end)

  it("an empty 401 for every new token: one log-in more, and no endless loop", function()
    open([[if request.method == "POST" then return access("token-" .. count) end
      return reply(401, "")]], { token = false, username = "u", api_key = "the-api-key" })
    local err = fails("auth", "401 the token or the credentials were not accepted")
    assert.equal(2, err.attempts)
    local targets = {}
    for i, request in ipairs(service:requests()) do
      targets[i] = request.method .. " " .. (request.headers["x-auth-token"] or "")
    end
    assert.same({ "POST ", "GET token-1", "POST ", "GET token-3" }, targets)
  end)

  it("a 200 with an empty body", function()
    open([[return reply(200, "")]])
    fails("protocol", "the answer is empty")
    local list, message = rs.accounts:list():totable()
    assert.is_nil(list)
    assert.equal("accounts.list: 200 the answer is empty", message)
  end)

  it("a next link that repeats", function()
    open([[return reply(200, '{"customerAccount":[{"type":"C","id":"' .. count .. '"}],' ..
      '"link":[{"rel":"next","href":"?marker=5"}]}')]])
    local ids, err = walk(rs.accounts:list())
    assert.equal("1 2 3", ids)
    assert.equal("protocol", err.kind)
    assert.equal("accounts.list: the next page is one that was read before; the walk ends here",
      tostring(err))
    assert.equal(3, #service:requests())
  end)

  it("a next link to the very page that it stands on", function()
    open([[return reply(200, '{"customerAccount":[{"type":"C","id":"1"}],' ..
      '"link":[{"rel":"next","href":"' .. request.target .. '"}]}')]])
    local ids, err = walk(rs.accounts:list{ limit = 5 })
    assert.equal("1", ids)
    assert.is_nil(err)
    assert.equal(2, #service:requests())
  end)

  it("a marker that was seen before", function()
    open([[return reply(200, '{"customerAccount":[{"type":"C","id":"' .. count .. '"}],' ..
      '"link":[{"rel":"next","href":"?limit=' .. count .. '&marker=' .. count % 3 .. '"}]}')]])
    local ids, err = walk(rs.accounts:list())
    assert.equal("1 2 3 4", ids)
    assert.equal("protocol", err.kind)
    assert.equal(4, #service:requests())
  end)

  it("a next link that names another host: nothing goes there", function()
    local other = listen()
    open(([[
      if request.target:find("marker=") then
        return reply(200, '{"customerAccount":[{"type":"C","id":"2"}],"link":[]}')
      end
      return reply(200, '{"customerAccount":[{"type":"C","id":"1"}],' ..
        '"link":[{"rel":"next","href":"%s/elsewhere?marker=a%%3Ab&limit=1"}]}')]]):format(other))
    local ids, err = walk(rs.accounts:list())
    assert.is_nil(err)
    assert.equal("1 2", ids)
    local requests = service:requests()
    assert.equal("/v1/customer_accounts?marker=a%3Ab&limit=1", requests[2].target)
    assert.equal("a-token-of-the-spec", requests[2].headers["x-auth-token"])
    local client, why = listener:accept()
    assert.is_nil(client)
    assert.equal("timeout", why)
  end)

  it("a redirection to another host: it is not followed", function()
    local other = listen()
    open(([[return reply(302, "", { Location = "%s/v1/customer_accounts/CLOUD/1" })]])
      :format(other))
    fails("protocol", "302 the service answered with a redirection, which is never followed")
    local client, why = listener:accept()
    assert.is_nil(client)
    assert.equal("timeout", why)
  end)

  it("a body over the bound", function()
    open([[return reply(200, '{"id":"' .. ("x"):rep(100000) .. '"}')]], { max_body = 100000 })
    fails("protocol", "100000 bytes")
    open([[return "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" .. ("x"):rep(200000), true]],
      { max_body = 100000 })
    fails("protocol", "100000 bytes")
  end)

  it("a token that no header can carry", function()
    open([[return reply(200, '{"access":{"token":{"id":"a\\r\\nX-Evil: 1"}}}')]],
      { token = false, username = "u", api_key = "the-api-key" })
    local account, message, err = rs.accounts:get("CLOUD/1")
    assert.is_nil(account)
    assert.equal("protocol", err.kind)
    assert.equal("identity.login: the answer holds no token", message)
    assert.equal(1, #service:requests())
  end)

  it("closing a session in the middle of a walk", function()
    open(PAGES)
    local seen = {}
    local ok, err = pcall(function()
      for account in rs.accounts:list() do
        seen[#seen + 1] = account.id
        if #seen == 3 then
          rs:close()
        end
      end
    end)
    assert.is_false(ok)
    assert.equal("cancelled", err.kind)
    assert.matches("^accounts%.list: ", tostring(err))
    assert.equal("1 1.5 2 2.5", table.concat(seen, " "))
    assert.is_true(#service:requests() <= 3)
  end)

  it("closing a session while a page is in flight", function()
    open([[if request.target:find("marker=2") then return nil end]] .. PAGES)
    local pager = rs.accounts:list()
    assert.equal("1", pager().id)
    service:wait_for(2)
    rs:close()
    assert.equal("1.5", pager().id)
    local ok, err = pcall(pager)
    assert.is_false(ok)
    assert.equal("cancelled", err.kind)
    assert.equal("accounts.list: cancelled", tostring(err))
    local list, _, again = pager:totable()
    assert.is_nil(list)
    assert.equal("cancelled", again.kind)
  end)

  it("breaking out of a walk", function()
    open(PAGES)
    for _ = 1, 20 do
      for account in rs.accounts:list() do
        if account.id == "1" then
          break
        end
      end
    end
    assert.is_table(rs.accounts:list():totable(2))
    rs.accounts:get("CLOUD/1")
    assert.is_true(#service:requests() <= 42)
  end)

  it("breaking out of a walk whose next page never comes", function()
    open([[if request.target:find("marker=2") then return nil end]] .. PAGES)
    for account in rs.accounts:list() do
      if account.id == "1" then
        break
      end
    end
    local started = core.monotonic()
    assert.equal(2, #rs.accounts:list():totable(2))
    rs:close()
    assert.is_true(core.monotonic() - started < 10)
  end)
end)
