--- 73-where-attachments-go_spec.lua - a service names no nearer address
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("spec.support.file")
local nginx = require("spec.support.nginx")
local peer = require("spec.core.peer")
local socket = require("socket")
local stub = require("spec.support.stub")

local SERVICE = "https://ticketing.api.rackspace.com"

-- The answer of a service named where a file was to be put or to be had, and
-- the session went there: into the user's own network too.
local refused = {
  ["this machine itself"] = { "https://127.0.0.1/", "http://127.0.0.1:80/",
    "https://127.255.0.9/", "https://localhost/", "http://localhost:8080/x",
    "https://LOCALHOST/", "https://localhost./", "https://x.localhost/",
    "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/",
    "https://127.1/", "https://127.0.0.1./", "https://[::1]/",
    "https://[0:0::1]/", "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/", "https://[::127.0.0.1]/",
    "https://%31%32%37.0.0.1/" },
  ["a link%-local address"] = { "https://169.254.169.254/latest/meta-data",
    "https://2852039166/", "https://0xa9fea9fe/", "https://169.16689662/",
    "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[febf::1]/",
    "https://[::ffff:169.254.169.254]/", "https://[64:ff9b::a9fe:a9fe]/",
    "https://[2002:a9fe:a9fe::]/" },
  ["a private network"] = { "https://10.0.0.1/", "https://10.255.255.255/",
    "https://172.16.0.1/", "https://172.31.255.255:8443/",
    "https://192.168.1.1/", "https://100.64.0.1/", "https://100.100.100.200/",
    "https://167772161/", "https://012.0.0.1/", "https://[fc00::1]/",
    "https://[fd00:ec2::254]/", "https://[fec0::1]/",
    "https://[::ffff:c0a8:101]/", "https://[64:ff9b:1::1]/" },
  ["no address of the internet"] = { "https://0.0.0.0/", "https://0/",
    "https://0.1.2.3/", "https://[::]/", "https://224.0.0.1/",
    "https://255.255.255.255/", "https://240.0.0.1/", "https://198.18.0.1/",
    "https://192.0.2.1/", "https://192.0.0.192/", "https://[ff02::1]/",
    "https://[2001::1]/", "https://[2001:db8::1]/", "https://[4000::1]/",
    "https://1.2.3.999/", "https://99999999999/",
    "https://\239\188\145\239\188\144.0.0.1/", "https://10\227\128\1300.0.1/" },
}

local allowed = { "https://storage101.ord1.clouddrive.com/v1/x",
  "https://8.8.8.8/", "https://172.32.0.1/", "https://172.15.0.1/",
  "https://100.128.0.1/", "https://[2606:4700::1111]/",
  "https://[::ffff:8.8.8.8]/", "https://10.example.com/",
  "https://127.0.0.1.example.com/", "https://localhost.example.com/" }

describe("the URL that a service names for a file", function()
  local path

  before_each(function()
    path = file.write(file.folder() .. "/a.log", "bytes")
  end)

  after_each(file.clean)

  local function session(url, settings)
    return stub.session(function(request)
      return stub.reply(200, request.file and "" or
        { upload_url = url, uuid = "u" })
    end, settings)
  end

  it("is refused when its host is not on the internet", function()
    for what, urls in pairs(refused) do
      for _, url in ipairs(urls) do
        local rs, asked = session(url)
        local done, message, err = rs.tickets:attach(path)
        assert.is_nil(done, url)
        assert.matches(what, message, nil, url)
        assert.equal("protocol", err.kind)
        assert.equal(1, #asked)
        done, message, err = rs.tickets:download(url, path .. ".new")
        assert.is_nil(done, url)
        assert.matches(what, message, nil, url)
        assert.equal("protocol", err.kind)
        assert.equal(1, #asked)
      end
    end
  end)

  it("is used when its host is", function()
    for _, url in ipairs(allowed) do
      local rs, asked = session(url)
      assert(rs.tickets:attach(path))
      assert.equal(url, asked[2].url)
    end
  end)

  it("may be near where the service is at an address of the same kind", function()
    for service, url in pairs{ ["http://127.0.0.1:9"] = "http://localhost:7/",
      ["http://localhost"] = "https://[::1]/",
      ["https://10.0.0.1"] = "https://192.168.9.9/",
      ["https://169.254.1.1"] = "https://[fe80::1]/",
      ["https://[fd00::1]/a"] = "https://10.0.0.7/" } do
      local rs, asked = session(url, { endpoints = { ticketing = service } })
      assert(rs.tickets:attach(path), service)
      assert.equal(url, asked[2].url)
    end
    for service, url in pairs{ ["http://127.0.0.1:9"] = "https://10.0.0.1/",
      ["https://10.0.0.1"] = "http://127.0.0.1/",
      ["https://192.168.0.1"] = "https://169.254.169.254/" } do
      local rs, asked = session(url, { endpoints = { ticketing = service } })
      assert.is_nil((rs.tickets:attach(path)))
      assert.equal(1, #asked)
    end
  end)
end)

-- This machine's own name leads to an address of it, or of its network.
local function own_name()
  local name = socket.dns.gethostname()
  local address = socket.dns.toip(name)
  return address and core.url.fault("https://" .. address, SERVICE) and name
end

describe("a name that leads into the user's own network", function()
  local client, server

  before_each(function()
    client = assert(core.client())
    server = peer.new(peer.ok("hi"))
  end)

  after_each(function()
    client:close()
    server:close()
  end)

  local function outcome(request)
    local response, message, kind, sent = server:run(client, request):response()
    return { response and response.status or false, kind, sent }, message
  end

  it("is refused before a connection is opened", function()
    local name = own_name()
    if not name then
      return pending("this machine's name leads to no address of its own")
    end
    local url = ("https://%s:%s/"):format(name, server.url:match("%d+$"))
    local found, message = outcome{ url = url, service = SERVICE, timeout = 9,
      proxy = "" }
    assert.same({ false, "protocol", false }, found)
    assert.matches("not at an address of the internet", message)
    server:step()
    assert.equal(0, server.accepted)
    client:start{ url = url, timeout = 9, service = url, proxy = "" }
    server:drive(client, function() return server.accepted == 1 end)
  end)

  it("is refused over a connection that is open already, too", function()
    local name = own_name()
    if not name then
      return pending("this machine's name leads to no address of its own")
    end
    local web = nginx.start("location / { return 200 hi; }")
    local url = web.tls:gsub("localhost", name)
    local first = outcome{ url = url, ca_file = web.ca_file, timeout = 9,
      proxy = "" }
    local second = outcome{ url = url, ca_file = web.ca_file, timeout = 9,
      service = SERVICE, proxy = "" }
    web:close()
    assert.same({ 200 }, first)
    assert.same({ false, "protocol", false }, second)
  end)

  it("is told of as other hosts are: what was sent to it was sent", function()
    local name = own_name()
    if not name then
      return pending("this machine's name leads to no address of its own")
    end
    local web = nginx.start("location / { return 444; }")
    local url = web.tls:gsub("localhost", name)
    local found = outcome{ url = url, ca_file = web.ca_file, timeout = 9,
      service = "https://" .. socket.dns.toip(name), proxy = "" }
    web:close()
    assert.same({ false, "network", true }, found)
  end)

  it("is a proxy's to look up, whatever NO_PROXY says", function()
    server.answer = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"
    outcome{ url = "https://files.example/", service = SERVICE, timeout = 9,
      proxy = server.url }
    assert.matches("^CONNECT files.example:443 ", server.requests[1].raw)
    local script = ([[local core = require("rackspace.core")
      local client = core.client()
      client:start{ url = "https://files.example/", service = %q, timeout = 9 }
      repeat until client:poll(9)[1] ]]):format(SERVICE)
    local run = assert(io.popen(("env -u LD_PRELOAD NO_PROXY='*' no_proxy='*' " ..
      "https_proxy=%s '%s' -e '%s' & echo"):format(server.url,
      os.getenv("RACKSPACE_PROGRAM"), script)))
    server:drive(client, function() return server.requests[2] ~= nil end)
    run:close()
    assert.matches("^CONNECT files.example:443 ", server.requests[2].raw)
  end)
end)
