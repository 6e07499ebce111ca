--- 77-sandbox-of-this-machine_spec.lua - whom a sandbox over HTTP answers
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local socket = require("socket")
local support = require("spec.sandbox.support")

local curl = support.curl

describe("a sandbox over HTTP", function()
  local box, port, token

  setup(function()
    box = assert(support.serve("--accounts 5 --limits=off"))
    port = box.url:match("%d+$")
    token = support.token(box)
  end)

  teardown(function()
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  --- The status of the answer to bytes as they are; nil when there is none.
  local function ask(bytes)
    local client = assert(socket.connect("127.0.0.1", tonumber(port)))
    client:settimeout(10)
    assert(client:send(bytes))
    local line = client:receive("*l")
    client:close()
    return tonumber((line or ""):match("^HTTP/1.1 (%d+)"))
  end

  local function get(head, target)
    return ask(("GET %s HTTP/1.1\r\n%sX-Sandbox-Token: %s\r\nConnection: close\r\n\r\n")
      :format(target or "/sandbox/counts", head, box.control_token))
  end

  it("answers to the names of this machine", function()
    for _, host in ipairs{ "localhost", "127.0.0.1", "[::1]", "LocalHost:1", "127.0.0.1:" .. port,
      "[::1]:65535" } do
      assert.equal(200, get("Host: " .. host .. "\r\n"), host)
      assert.equal(200, get("Host: localhost\r\n", "http://" .. host .. "/sandbox/counts"), host)
    end
    assert.equal(200, get("Host: localhost\r\n", "HTTP://LOCALHOST/sandbox/counts"))
  end)

  it("answers to no other name, wherever it stands", function()
    for _, host in ipairs{ "evil.example", "127.0.0.1.evil.example", "localhost.evil.example",
      "evil.example:" .. port,
      "127.0.0.1@evil.example", "evil.example@127.0.0.1", "127.0.0.2",
      "0.0.0.0", "127.1", "2130706433", "0x7f.1", "[::]", "[::ffff:127.0.0.1]", "::1", "localhost.",
      "localhost:", "localhost:x", "localhost:1:2", "localhost:123456", "localhost, localhost",
      "localhost/", "localhost\\evil.example", "xlocalhost", "127.0.0.1\t.evil", "%6cocalhost" } do
      assert.equal(403, get("Host: " .. host .. "\r\n"), host)
      local absolute = "http://" .. host .. "/sandbox/counts"
      assert.not_equal(200, get("Host: localhost\r\n", absolute), host)
    end
    for _, head in ipairs{ "Host: localhost\r\nHost: evil.example\r\n",
      "Host: evil.example\r\nHost: localhost\r\n", "Host: localhost\r\nHost: localhost\r\n",
      "Host:\r\n", "", "X-Forwarded-Host: localhost\r\nHost: evil.example\r\n" } do
      local status = get(head)
      assert(status == 403 or status == 400, head)
    end
    assert.equal(403, get("Host: evil.example\r\n", "http://localhost/sandbox/counts"))
    assert.equal(403, ask("GET /sandbox HTTP/1.0\r\n\r\n"))
    assert.not_equal(200, get("Host: localhost\r\n", "https://localhost/sandbox/counts"))
    assert.not_equal(200, get("Host: localhost\r\n", "//localhost/sandbox/counts"))
  end)

  it("answers no page of another origin, whatever it asks for", function()
    local own = "Host: 127.0.0.1:" .. port .. "\r\n"
    for _, head in ipairs{ "Origin: http://evil.example", "Origin: null", "Origin: NULL", "Origin:",
      "ORIGIN: https://127.0.0.1:" .. port, "origin: http://localhost:" .. port,
      "Origin: http://127.0.0.1", "Origin: http://127.0.0.1:1",
      "Origin: http://127.0.0.1:" .. port .. ".evil.example",
      "Origin: http://127.0.0.1:" .. port .. "/",
      ("Origin: http://127.0.0.1:%s\r\nOrigin: http://127.0.0.1:%s"):format(port, port),
      "Origin: file://", "Origin: chrome-extension://abcdef", "Sec-Fetch-Site: cross-site",
      "Sec-Fetch-Site: same-site", "sec-fetch-site: Cross-Site" } do
      assert.equal(403, get(own .. head .. "\r\n"), head)
      assert.equal(403, get(own .. head .. "\r\nX-Auth-Token: " .. token .. "\r\n",
        "/v1/customer_accounts"), head)
      assert.equal(403, ask(("OPTIONS /v2.0/tokens HTTP/1.1\r\n%s%s\r\n" ..
        "Access-Control-Request-Method: POST\r\n\r\n"):format(own, head)))
    end
    for _, head in ipairs{ "Origin: http://127.0.0.1:" .. port, "Sec-Fetch-Site: none",
      "Origin: HTTP://127.0.0.1:" .. port, "Sec-Fetch-Site: same-origin" } do
      assert.equal(200, get(own .. head .. "\r\n"), head)
    end
  end)

  local function control(request, head)
    return ask(("%s /sandbox%s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: 0\r\n\r\n")
      :format(request[1], request[2], head))
  end

  it("is controlled with its token alone", function()
    assert.is_true(#box.control_token >= 16)
    local wrong = { "", "x", box.control_token .. "x", box.control_token:sub(1, -2),
      box.control_token:upper() .. "0", token, "\195" }
    for _, request in ipairs{ { "GET", "" }, { "GET", "/counts" }, { "GET", "/counts.json" },
      { "GET", "/faults" }, { "POST", "/revoke" }, { "POST", "/advance" }, { "POST", "/faults" },
      { "DELETE", "/faults" }, { "GET", "/none" }, { "POST", "/revoke.json" } } do
      for _, given in ipairs(wrong) do
        assert.equal(403, control(request, ("X-Sandbox-Token: %s\r\nX-Auth-Token: %s\r\n")
          :format(given, token)), request[2])
      end
      assert.equal(403, control(request, ""))
    end
    assert.equal(200, curl("-H", "X-Auth-Token: " .. token, box.url ..
      "/v1/customer_accounts?limit=1").status)
  end)

  it("gives a session its credentials for that token, and tells what is missing", function()
    local run = "accounts.get CLOUD/10101 --fields=id --output=csv --sandbox=" .. box.url
    assert.same({ 0, "id\r\n10101\r\n", "" }, { support.run(run) })
    for _, given in ipairs{ "-u RACKSPACE_SANDBOX_TOKEN", "RACKSPACE_SANDBOX_TOKEN=",
      "RACKSPACE_SANDBOX_TOKEN=none" } do
      local code, out, said = support.run(run, "env " .. given)
      assert.not_equal(0, code)
      assert.equal("", out)
      assert.matches("needs RACKSPACE_SANDBOX_TOKEN", said)
    end
  end)

  it("has a new token each time, unless it is given one", function()
    local seen = {}
    for i = 1, 2 do
      local job = support.start(("env -u RACKSPACE_SANDBOX_TOKEN %s sandbox --with-stdin"):format(
        support.quote(support.program)))
      seen[i] = json.decode(job:line()).control_token
      job:finish()
      assert.matches("^%x+$", seen[i])
      assert.equal(40, #seen[i])
    end
    assert.not_equal(seen[1], seen[2])
    for _, bad in ipairs{ "short", ("x"):rep(15), ("x"):rep(20) .. " y" } do
      local code, _, said = support.run("sandbox", "env RACKSPACE_SANDBOX_TOKEN='" .. bad .. "'")
      assert.equal(1, code)
      assert.matches("RACKSPACE_SANDBOX_TOKEN must be 16 or more", said)
    end
  end)

  it("keeps no long body of who is not logged in", function()
    local function post(path, ...)
      return curl("-X", "POST", "-H", "Content-Type: application/json", "--data-binary",
        "@" .. box.folder .. "/long", box.url .. path, ...)
    end
    support.write(box.folder .. "/long", ('{"a":"%s"}'):format(("x"):rep(300000)))
    for _, more in ipairs{ "Accept: */*", "Transfer-Encoding: chunked" } do
      assert.equal(413, post("/v2.0/tokens", "-H", more).status)
      assert.equal(413, post("/v1/customers", "-H", more).status)
      assert.equal(413, post("/nowhere", "-H", more).status)
      assert.equal(401, post("/tickets", "-H", more).status)
      assert.equal(401, post("/tickets", "-H", more, "-H", "X-Auth-Token: none").status)
      assert.equal(401, post("/storage/x/y", "-H", more).status)
      assert.equal(413, curl("-X", "POST", "-H", "X-Sandbox-Token: x", "-d", "@" .. box.folder ..
        "/long", "-H", more, box.url .. "/nowhere").status)
      assert.equal(400, post("/tickets", "-H", more, "-H", "X-Auth-Token: " .. token).status)
      assert.equal(400, post("/sandbox/faults", "-H", more).status)
      assert.equal(403, post("/sandbox/faults", "-H", more, "-H", "Origin: null").status)
    end
    os.remove(box.folder .. "/long")
  end)
end)
