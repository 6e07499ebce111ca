--- signals_spec.lua - signals, forks and no descriptors left: a session goes on
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local peer = require("spec.support.peer")
local sandbox = require("spec.support.sandbox")
local socket = require("socket")
local ssl = require("ssl")
local support = require("spec.sandbox.support")

local quote = support.quote
local build = os.getenv("RACKSPACE_BUILD") or "build/lua5.4"

local folder

--- Starts a host, "process" of spec/c or the program itself, with a script;
-- @NAME@ in it is a value.
local function start(host, text, values, before)
  text = text:gsub("@(%l+)@", values or {})
  return support.start((before or "") .. quote(host) .. " " ..
    quote(support.write(folder .. "/script.lua", text)), "/dev/null")
end

local function run_process(text, values)
  return { start(build .. "/process", text, values):finish() }
end

--- A session with a peer for the customer service and one for tickets.
local session = [[
  local rs = assert(require("rackspace").new{ token = "t-o-k-e-n", endpoints = {
    identity = "@customer@/v2.0", customer = "@customer@", ticketing = "@ticketing@" } })
  local function show(ok, value, err)
    print(ok and (ok.ticketId or ok.id) or value, err and err.kind)
    io.flush()
  end
]]

local answer = 'return reply(200, request.target:find("ticket") and ' ..
  '\'{"ticketId":"2"}\' or \'{"id":"1"}\')'

--- Reads a whole request off a connection; its first line.
local function read_request(connection)
  local first, length = assert(connection:receive("*l")), 0
  repeat
    local line = assert(connection:receive("*l"))
    length = tonumber(line:match("^[Cc]ontent%-[Ll]ength: (%d+)")) or length
  until line == ""
  assert(length == 0 or connection:receive(length))
  return first
end

describe("a process with a session", function()
  setup(function()
    folder = support.folder()
    support.output(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes " ..
      "-keyout %s/key.pem -out %s/cert.pem -days 2 -subj /CN=spec " ..
      "-addext subjectAltName=IP:127.0.0.1 2>/dev/null"):format(folder, folder))
  end)

  teardown(function()
    support.remove(folder)
  end)

  after_each(function()
    peer.close_all()
  end)

  -- ---- signals --------------------------------------------------------------

  for _, name in ipairs{ "INT", "TERM" } do
    it("goes on with the session after SIG" .. name .. " broke a call off", function()
      local server = peer.start("if count > 1 then " .. answer .. " end")
      local job = start(support.program, session .. [[
        local ok, message = pcall(rs.accounts.get, rs.accounts, "CLOUD/1")
        print(ok, message:match("%a+$"))
        show(rs.accounts:get("CLOUD/1"))
        show(rs.accounts:get("CLOUD/1"))]], { customer = server.url, ticketing = server.url })
      server:wait_for(1)
      job:signal(name)
      assert.same({ 0, "false\tinterrupted\n1\tnil\n1\tnil\n", "" }, { job:finish() })
    end)

    it("goes on with the log-in after SIG" .. name .. " broke off who waited for it", function()
      local listener = assert(socket.bind("127.0.0.1", 0))
      listener:settimeout(child.PATIENCE)
      local url = ("http://127.0.0.1:%d"):format(select(2, listener:getsockname()))
      local job = start(support.program, [[
        local rs = assert(require("rackspace").new{ username = "a", api_key = "b", endpoints = {
          identity = "@url@/v2.0", customer = "@url@" } })
        local ok, message = pcall(rs.accounts.get, rs.accounts, "CLOUD/1")
        print(ok, message:match("%a+$"))
        io.flush()
        print(rs.accounts:get("CLOUD/1").id)]], { url = url })
      local connection = assert(listener:accept())
      connection:settimeout(child.PATIENCE)
      assert.equal("POST /v2.0/tokens HTTP/1.1", read_request(connection))
      job:signal(name)
      assert.equal("false\tinterrupted", job:line())
      assert(connection:send(peer.access("another")))
      assert.equal("GET /v1/customer_accounts/CLOUD/1 HTTP/1.1", read_request(connection))
      assert(connection:send(peer.reply(200, '{"id":"1"}')))
      assert.same({ 0, "1\n", "" }, { job:finish() })
      connection:close()
      listener:close()
    end)
  end

  it("walks on while alarms break every wait off", function()
    local served = sandbox.start("--limits off")
    assert.same({ 0, "137\ttrue\n", "" }, run_process([[
      local rs = assert(require("rackspace").new{ sandbox = "@url@" })
      local count
      repeat
        process.alarms(0.0005)
        count = 0
        for _ in rs.accounts:list{ limit = 10 } do
          count = count + 1
        end
      until process.alarms(0) >= 50 or count ~= 137
      print(count, process.alarms(0) >= 50)]], { url = served.url }))
  end)

  --- A peer that reads a little of an upload and is gone. Returns what the
  -- process told of it.
  local function break_upload(scheme)
    local listener = assert(socket.bind("127.0.0.1", 0))
    listener:settimeout(child.PATIENCE)
    local job = start(build .. "/process", [[
      local client = require("rackspace.core").client()
      local transfer = client:start{ method = "POST", url = "@url@", ca_file = "@folder@/cert.pem",
        body = ("x"):rep(2^24) }
      while #client:poll(60) == 0 do end
      local _, _, kind = transfer:response()
      print(kind)]], { folder = folder,
      url = ("%s://127.0.0.1:%d/"):format(scheme, select(2, listener:getsockname())) })
    local connection = assert(listener:accept())
    connection:settimeout(child.PATIENCE)
    if scheme == "https" then
      connection = assert(ssl.wrap(connection, { mode = "server", protocol = "any",
        key = folder .. "/key.pem", certificate = folder .. "/cert.pem" }))
      assert(connection:dohandshake())
    end
    assert(connection:receive(100))
    connection:close()
    listener:close()
    return { job:finish() }
  end

  it("lives on when a peer goes away in the middle of an upload", function()
    assert.same({ 0, "network\n", "" }, break_upload("http"))
    assert.same({ 0, "network\n", "" }, break_upload("https"))
  end)

  -- ---- fork -----------------------------------------------------------------

  it("keeps its connection from the children that inherit it", function()
    local server = peer.start(answer)
    local result = run_process(session .. [[
      show(rs.accounts:get("CLOUD/1"))
      local child = process.fork(function()
        show(rs.accounts:get("CLOUD/1"))
        rs:close()
        rs = nil
      end)
      print(process.wait(child))
      show(rs.accounts:get("CLOUD/1"))]], { customer = server.url, ticketing = server.url })
    assert.same({ 0, "1\tnil\naccounts.get: the session belongs to the process that made it: " ..
      "after a fork() make another\tconfig\n0\n1\tnil\n", "" }, result)
    local requests = server:requests()
    assert.equal(2, #requests)
    assert.equal(requests[1].connection, requests[2].connection)
  end)

  it("lets a child have a session of its own", function()
    local server = peer.start(answer)
    local result = run_process(session .. [[
      show(rs.accounts:get("CLOUD/1"))
      print(process.wait(process.fork(function()
        local own = assert(require("rackspace").new{ token = "t-o-k-e-n", endpoints = {
          customer = "@customer@" } })
        show(own.accounts:get("CLOUD/1"))
        own:close()
      end)))
      show(rs.accounts:get("CLOUD/1"))]], { customer = server.url, ticketing = server.url })
    assert.same({ 0, "1\tnil\n1\tnil\n0\n1\tnil\n", "" }, result)
    assert.equal(3, #server:requests())
  end)

  it("gets the answer to what was in flight when it forked", function()
    local server = peer.start('require("socket").sleep(0.3) ' .. answer)
    assert.same({ 0, "false\tclient belongs to the process that made it\n0\t0\n200\n", "" },
      run_process([[
      local client = require("rackspace.core").client()
      local transfer = client:start{ url = "@url@/" }
      local finished = #client:poll(0)
      print(finished, process.wait(process.fork(function()
        local ok, message = pcall(client.poll, client, 0)
        print(ok, (message:gsub("^.-: ", "")))
        transfer:cancel()
        client:close()
      end)))
      while finished == 0 do
        finished = #client:poll(60)
      end
      print(transfer:response().status)]], { url = server.url }))
  end)

  local function answer_tls(connection)
    read_request(connection)
    assert(connection:send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"))
  end

  it("keeps its TLS, to which a child would say goodbye", function()
    local listener = assert(socket.bind("127.0.0.1", 0))
    listener:settimeout(child.PATIENCE)
    local job = start(build .. "/process", [[
      local client = require("rackspace.core").client()
      local function ask()
        local transfer = client:start{ url = "@url@/", ca_file = "@folder@/cert.pem", timeout = 60 }
        while #client:poll(60) == 0 do end
        local response, message = transfer:response()
        print(response and response.status, message)
      end
      ask()
      print(process.wait(process.fork(function()
        client:close()
        client = nil
      end)))
      ask()]], { folder = folder,
      url = ("https://127.0.0.1:%d"):format(select(2, listener:getsockname())) })
    local connection = assert(listener:accept())
    connection:settimeout(child.PATIENCE)
    connection = assert(ssl.wrap(connection, { mode = "server", protocol = "any",
      key = folder .. "/key.pem", certificate = folder .. "/cert.pem" }))
    assert(connection:dohandshake())
    answer_tls(connection)
    answer_tls(connection) -- on the same connection
    connection:close()
    listener:close()
    assert.same({ 0, "200\tnil\n0\n200\tnil\n", "" }, { job:finish() })
  end)

  -- ---- descriptors ----------------------------------------------------------

  it("tells that no descriptor is left, and goes on when there is one", function()
    local customer, ticketing = peer.start(answer), peer.start(answer)
    local job = start(support.program, session .. [[
      rs.random = function() return 0 end -- a clock would replace the waits, too
      local files = {}
      local function use_up()
        repeat
          local file = io.open("/dev/null")
          files[#files + 1] = file
        until not file
      end
      local function give_back()
        for _, file in ipairs(files) do
          file:close()
        end
        files = {}
      end
      use_up()
      show(rs.accounts:get("CLOUD/1"))
      give_back()
      show(rs.accounts:get("CLOUD/1"))
      use_up()
      show(rs.tickets:get("2"))
      show(rs.accounts:get("CLOUD/1"))
      give_back()
      show(rs.tickets:get("2"))
      show(rs.accounts:get("CLOUD/1"))]],
      { customer = customer.url, ticketing = ticketing.url }, "prlimit --nofile=40 ")
    local code, out, complaint = job:finish()
    assert.same({ 0, "" }, { code, complaint })
    assert.equal("accounts.get: no HTTP client could be made: Too many open files\tconfig\n" ..
      "1\tnil\n" ..
      "tickets.get: no connection could be opened: Too many open files\tnetwork\n" ..
      "1\tnil\n2\tnil\n1\tnil\n", out)
  end)
end)
