--- 103-forks-and-what-they-share_spec.lua - what a fork does reaches no parent
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local peer = require("spec.support.peer")
local support = require("spec.sandbox.support")

local quote = support.quote
local build = os.getenv("RACKSPACE_BUILD") or "build/lua5.4"

describe("a fork", function()
  local folder

  before_each(function()
    folder = support.folder()
  end)

  after_each(function()
    child.close_all()
    support.remove(folder)
  end)

  local function run(text)
    local path = support.write(folder .. "/script.lua", text)
    return { support.start(quote(build .. "/process") .. " " .. quote(path),
      "/dev/null"):finish() }
  end

  it("closes its copy of the sandbox's server, which goes on", function()
    assert.same({ 0, "0\n200\n", "" }, run([[
      local httpd = require("rackspace.httpd")
      local core = require("rackspace.core")
      local server = assert(httpd.listen{ port = 0 })
      local client = core.client()
      local transfer = client:start{ url = "http://127.0.0.1:" .. server:port() }
      local requests = {}
      while not requests[1] do
        client:poll(0.01)
        requests = server:poll(0.01)
      end
      print(process.wait(process.fork(function()
        assert(not server:poll(0))
        server:close()
      end)))
      server:respond(requests[1].id, { status = 200, body = "" })
      local finished = {}
      while not finished[1] do
        server:poll(0.01)
        finished = client:poll(0.01)
      end
      local response, message = transfer:response()
      print(response and response.status or message)
      server:close()]]))
  end)

  it("leaves the body's file where its parent reads it", function()
    local service = peer.start('return reply(200, "{}")')
    local body = ("0123456789abcdef"):rep(65536)
    support.write(folder .. "/body", body)
    assert.same({ 0, "0\n200\n", "" }, run(([[
      local client = require("rackspace.core").client()
      local transfer = client:start{ url = "%s/", method = "PUT", file = "%s" }
      while transfer:facts().uploaded == 0 do
        client:poll(0.001)
      end
      print(process.wait(process.fork(function()
        transfer:cancel()
        client:close()
      end)))
      local finished = {}
      while not finished[1] do
        finished = client:poll(60)
      end
      local response, message = transfer:response()
      print(response and response.status or message)]]):format(service.url,
      folder .. "/body")))
    assert.equal(body, service:requests()[1].body)
  end)
end)
