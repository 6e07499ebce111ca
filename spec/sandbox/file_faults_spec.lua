--- file_faults_spec.lua - faults of the file host, and what a session does
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local file = require("spec.support.file")
local rackspace = require("rackspace")
local sandbox = { new = require("rackspace").sandbox }
local new_server = require("rackspace.sandbox.server").new
local new_sandbox = require("rackspace").sandbox
local socket = require("socket")
local stub = require("spec.support.stub")
local support = require("spec.sandbox.support")

local bytes = ("line\r\n--\0"):rep(30000)

describe("a fault of the sandbox's file host", function()
  local box, rs, folder, path

  before_each(function()
    box, folder = assert(sandbox.new{ limits = false }), file.folder()
    rs = assert(rackspace.new{ sandbox = box, clock = stub.clock(), retries = 1 })
    path = file.write(folder .. "/smart.log", bytes)
  end)

  after_each(function()
    rs:close()
    box:close()
    file.clean()
  end)

  local function create(attachments)
    return rs.tickets:create{ accountId = "10101", subject = "S", category = "Incident",
      subcategory = "Other", comment = { text = "x", attachments = attachments } }
  end

  local function fetched(attachment)
    return file.read(assert(rs.tickets:download(attachment, folder .. "/fetched",
      { clobber = true })))
  end

  -- The number of faults, of upload targets and of uploads.
  local function counts()
    return { box:faults()[1].faults, box:count("tickets.attach"), box:count("storage.put") }
  end

  it("that is temporary causes another attempt at the same upload target", function()
    for _, case in ipairs{ { { status = 503 }, 1 }, { { close = true }, 1 },
      { { status = 503, after_processing = true }, 2 },
      { { close = true, after_processing = true }, 2 } } do
      local rule, puts = case[1], case[2]
      local before = box:count("storage.put")
      rule.times = 1
      box:fault("storage.put", rule)
      local one = assert(rs.tickets:attach(path))
      assert.equal(1, box:faults()[1].faults)
      assert.equal(puts, box:count("storage.put") - before)
      assert.is_true(fetched(assert(create{ one }).comments[1].attachments[1]) == bytes)
      box:fault("storage.put", false)
    end
    assert.equal(4, box:count("tickets.attach"))
  end)

  it("that stays is the call's, and the file host saw nothing", function()
    box:fault("storage.put", { status = 503 })
    local one, message, err = rs.tickets:attach(path)
    assert.is_nil(one)
    assert.equal("tickets.attach: 503 a fault that was asked for (request ",
      message:match("^.*request "))
    assert.same({ "server", 2 }, { err.kind, err.attempts })
    assert.same({ 2, 1, 0 }, counts())
    box:fault("storage.put", false)
    box:fault("storage.put", { close = true })
    one, message, err = rs.tickets:attach(path)
    assert.is_nil(one)
    assert.equal("tickets.attach: the sandbox closed the connection without an answer",
      message)
    assert.same({ "network", 2, true }, { err.kind, err.attempts, err.sent })
    assert.same({ 2, 2, 0 }, counts())
  end)

  it("that is permanent causes none; an expired target is replaced once", function()
    box:fault("storage.put", { status = 400, body = "no" })
    local _, message, err = rs.tickets:attach(path)
    assert.matches("^tickets.attach: 400 no %(request ", message)
    assert.same({ "invalid", 1 }, { err.kind, err.attempts })
    assert.same({ 1, 1, 0 }, counts())
    box:fault("storage.put", false)
    box:fault("storage.put", { status = 401, times = 1 })
    assert(rs.tickets:attach(path))
    assert.same({ 1, 3, 1 }, counts())
  end)

  it("leaves the ticket unmade, and its error has what was put up", function()
    local other = file.write(folder .. "/other.log", "other")
    box:fault("storage.put", { skip = 1, status = 503 })
    local ticket, message, err = create{ path, other }
    assert.is_nil(ticket)
    assert.matches("^tickets.attach: 503 ", message)
    assert.equal(0, box:count("tickets.create"))
    assert.same({ "string", "nil" },
      { type(err.attachments[1].uuid), type(err.attachments[2].uuid) })
    box:fault("storage.put", false)
    local made = assert(create(err.attachments)).comments[1].attachments
    assert.equal(2, box:count("storage.put"))
    assert.equal(err.attachments[1].uuid, made[1].uuid)
    assert.is_true(fetched(made[1]) == bytes)
    assert.equal("other", fetched(made[2]))
  end)

  it("after the ticket was made leaves it, and its error has it", function()
    local name = os.tmpname():match("[^/]*$")
    file.run("cp '%s' '%s'", path, name)
    box:fault("storage.put", { status = 503 })
    local ticket, message, err = create{ { filename = name } }
    box:fault("storage.put", false)
    local echo, problem = rs.tickets:comment(err.result, { text = "y",
      attachments = { { filename = name } } })
    os.remove(name)
    os.remove("/tmp/" .. name)
    assert.is_nil(ticket)
    assert.matches("^tickets.create: 503 ", message)
    assert(echo, problem)
    assert.equal(1, box:count("storage.put"))
  end)

  it("is met by what is fetched, too, and what was there stays", function()
    local one = assert(create{ path }).comments[1].attachments[1]
    local to = file.write(folder .. "/landing", "old")
    box:fault("tickets.download", { times = 1, status = 503 })
    assert.is_true(fetched(one) == bytes)
    assert.equal(1, box:count("tickets.download"))
    box:fault("tickets.download", { status = 503, after_processing = true })
    local done, message = rs.tickets:download(one, to, { clobber = true })
    assert.is_nil(done)
    assert.matches("^tickets.download: 503 a fault that was asked for", message)
    assert.equal("old", file.read(to))
    assert.equal(3, box:count("tickets.download"))
    box:fault("tickets.download", false)
    box:fault("tickets.download", { body = "other bytes" })
    assert.equal("other bytes", fetched(one))
    box:fault("tickets.download", false)
    box:fault("*", { delay = 3600 })
    local _, _, err = rs.tickets:download(one, to, { timeout = 5, retries = 0,
      clobber = true })
    assert.equal("timeout", err.kind)
    assert.equal("old", file.read(to))
  end)

  it("is hinted at", function()
    local ok, message = pcall(box.fault, box, "storage.putt", { status = 500 })
    assert.is_false(ok)
    assert.matches("did you mean 'storage.put'?", message, 1, true)
  end)
end)

describe("a fault of the file host over HTTP", function()
  after_each(file.clean)

  it("comes from a file, and cuts the connection", function()
    local folder = file.folder()
    local path = file.write(folder .. "/smart.log", bytes)
    local box = assert(support.serve("--limits off --faults " .. file.write(
      folder .. "/faults", '[{"operation":"storage.put","times":1,"close":true},' ..
        '{"operation":"storage.put","times":1,"status":503},' ..
        '{"operation":"tickets.download","times":1,"status":502}]')))
    local rs = assert(rackspace.new{ sandbox = box.url })
    local retries = {}
    rs:on("retry", function(event)
      retries[#retries + 1] = event.operation .. " " .. tostring(event.status or event.kind)
    end)
    local one = assert(rs.tickets:attach(path))
    local ticket = assert(rs.tickets:create{ accountId = "10101", subject = "S",
      category = "Incident", subcategory = "Other",
      comment = { text = "x", attachments = { one } } })
    assert(rs.tickets:download(ticket.comments[1].attachments[1], folder .. "/fetched"))
    assert.is_true(file.read(folder .. "/fetched") == bytes)
    assert.same({ "tickets.attach network", "tickets.attach 503",
      "tickets.download 502" }, retries)
    rs:close()
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  it("that held a file back until it was gone hangs up", function()
    local box = assert(new_server({ accounts = 4 }, new_sandbox))
    local path = file.write(file.folder() .. "/bytes", bytes)
    function box.sandbox.handle()
      return { status = 200, headers = {}, file = path, delay = 3600 }
    end
    local client = assert(socket.connect("127.0.0.1", tonumber(box:url():match("%d+$"))))
    client:settimeout(0)
    assert(client:send("GET /storage/x HTTP/1.1\r\nHost: localhost\r\n\r\n"))
    local came, reason
    child.wait_until(function()
      box:step(0.01)
      if box.held[1] then
        os.remove(path)
        box.held[1].at = 0
      end
      came, reason = client:receive("*l")
      return reason == "closed" or came
    end, "the end of the connection")
    assert.is_nil(came)
    client:close()
    box:close()
  end)
end)
