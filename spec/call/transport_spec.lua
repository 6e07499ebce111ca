--- transport_spec.lua - requests over HTTP
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local core = require("rackspace.core")
local file = require("spec.support.file")
local peer = require("spec.support.peer")
local scheduler_of = require("rackspace.task.scheduler")
local transport = require("rackspace.call.transport")

describe("the transport", function()
  local scheduler, send

  before_each(function()
    scheduler = scheduler_of.new({ monotonic = core.monotonic, sleep = core.sleep })
    send = transport.new({ connect_timeout = 5, stall_timeout = 5, max_body = 1000 }, scheduler, {})
  end)

  after_each(function()
    scheduler:close()
    child.close_all()
  end)

  it("sends method, headers, secrets and body, and gives the whole response", function()
    local service = peer.start([[return reply(201, '{"a":1}', { ["X-Answer"] = "yes" })]])
    local response = assert(send{ method = "POST", url = service.url .. "/path?a=%3A",
      headers = { ["X-Auth-Token"] = core.secret("tok"), Accept = "application/json" },
      body = '{"b":2}', timeout = 5, writes = true })
    assert.equal(201, response.status)
    assert.equal('{"a":1}', response.body)
    assert.equal("yes", response.headers["x-answer"])
    assert.is_number(response.seconds)
    local request = service:requests()[1]
    assert.equal("POST", request.method)
    assert.equal("/path?a=%3A", request.target)
    assert.equal("tok", request.headers["x-auth-token"])
    assert.equal('{"b":2}', request.body)
  end)

  it("keeps connections for reading, and takes a fresh one for writing", function()
    local service = peer.start("return reply(200, '{}')")
    local function ask(method, writes)
      assert(send{ method = method, url = service.url, headers = {}, timeout = 5,
        writes = writes, body = writes and "{}" or nil })
    end
    ask("GET", false)
    ask("GET", false)
    ask("POST", true)
    local requests = service:requests()
    assert.equal(requests[1].connection, requests[2].connection)
    assert.are_not.equal(requests[1].connection, requests[3].connection)
  end)

  it("sends files and forms, and puts an answer into a file", function()
    local folder = file.folder()
    local path, sink = file.write(folder .. "/a.log", "bytes"), folder .. "/sink"
    local service = peer.start("return reply(200, ('x'):rep(1001))")
    local seen = {}
    local function ask(more)
      more.url, more.headers, more.timeout, more.writes = service.url, {}, 5, true
      more.progress = function(facts) seen = facts end
      return assert(send(more))
    end
    assert.equal("", ask{ method = "PUT", file = path, sink = sink }.body)
    assert.same({ 5, 5, 1001, 1001 }, { seen.uploaded, seen.to_upload, seen.downloaded,
      seen.expected })
    ask{ method = "POST", sink = sink, form = { { name = "file1", file = path } } }
    assert.is_true(seen.uploaded > 5)
    assert.equal(seen.uploaded, seen.to_upload)
    local requests = service:requests()
    assert.equal("bytes", requests[1].body)
    assert.matches('name="file1"; filename="a.log"', requests[2].body, 1, true)
    assert.equal(1001, core.file.size(sink))
    file.clean()
  end)

  it("holds a body to the session's bound", function()
    local service = peer.start("return reply(200, ('x'):rep(1001))")
    local response, message, kind = send{ method = "GET", url = service.url, headers = {},
      timeout = 5 }
    assert.is_nil(response)
    assert.equal("protocol", kind)
    assert.matches("1000 bytes", message, 1, true)
  end)

  it("tells whether any of the request was sent", function()
    local service = peer.start("return nil, true")
    local response, _, kind, sent = send{ method = "GET", url = service.url, headers = {},
      timeout = 5 }
    assert.is_nil(response)
    assert.equal("network", kind)
    assert.is_true(sent)
    service:close()
    response, _, kind, sent = send{ method = "GET", url = service.url, headers = {}, timeout = 5 }
    assert.is_nil(response)
    assert.equal("network", kind)
    assert.is_false(sent)
  end)

  it("gives up after the request's time", function()
    local service = peer.start("return nil")
    local _, _, kind = send{ method = "GET", url = service.url, headers = {}, timeout = 0.1 }
    assert.equal("timeout", kind)
  end)

  it("sends nothing once the session is closed", function()
    scheduler:close()
    local response, message, kind, sent = send{ method = "GET", url = "http://127.0.0.1:1",
      headers = {}, timeout = 5 }
    assert.is_nil(response)
    assert.equal("the session is closed", message)
    assert.equal("cancelled", kind)
    assert.is_false(sent)
  end)

  it("raises when memory has run out, as Lua does", function()
    local poor = transport.new({}, {
      client = function() return { start = function() return {} end } end,
      await = function() return nil, "not enough memory", "memory", false end,
    }, {})
    local ok, message = pcall(poor, { headers = {} })
    assert.is_false(ok)
    assert.equal("not enough memory", message)
  end)
end)
