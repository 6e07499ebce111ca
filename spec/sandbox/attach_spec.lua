--- attach_spec.lua - sessions with a sandbox, in this process and by its URL
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local sandbox = { new = require("rackspace").sandbox }
local support = require("spec.sandbox.support")

local function name_of(rs)
  return assert(rs.accounts:get("CLOUD/10101")).name
end

describe("a session with a sandbox inside", function()
  it("works by itself, and has its handle", function()
    local rs = assert(rackspace.new{ sandbox = true })
    assert.equal("MyRackspaceAcct", name_of(rs))
    assert.equal(137, #assert(rs.accounts:list():totable()))
    assert.equal(1, rs.sandbox:count("identity.authenticate"))
    assert.equal(1, rs.sandbox:count("accounts.get"))
    assert.equal(3, rs.sandbox:count("accounts.list"))
    assert.equal("demo", rs.sandbox:describe().credentials.username)
    rs:close()
  end)

  it("logs in again when its token was revoked or has expired", function()
    local rs = assert(rackspace.new{ sandbox = true })
    name_of(rs)
    rs.sandbox:revoke()
    assert.equal("MyRackspaceAcct", name_of(rs))
    assert.equal(2, rs.sandbox:count("identity.authenticate"))
    rs.sandbox:advance(90000)
    assert.equal("MyRackspaceAcct", name_of(rs))
    assert.equal(3, rs.sandbox:count("identity.authenticate"))
  end)

  it("can share one", function()
    local box = sandbox.new{ accounts = 5 }
    local one = assert(rackspace.new{ sandbox = box })
    local two = assert(rackspace.new{ sandbox = box, username = "second",
      api_key = box:describe().users[2].api_key })
    assert.equal(box, one.sandbox)
    assert.equal(5, #assert(one.accounts:list():totable()))
    assert.equal(0, #assert(two.accounts:list():totable()))
    assert.equal(2, box:count("identity.authenticate"))
    local fresh = assert(rackspace.new{ sandbox = true })
    assert.not_equal(box, fresh.sandbox)
  end)

  it("closes its own with itself, and no other's", function()
    local folder = support.folder()
    local path = support.write(folder .. "/a.log", "bytes")
    local function kept(rs)
      local one = assert(rs.tickets:attach(path))
      return rs.sandbox.store.uploads[one.uuid].file
    end
    local own = assert(rackspace.new{ sandbox = true })
    local bytes = kept(own)
    assert.equal("bytes", support.read(bytes))
    own:close()
    assert.is_nil(io.open(bytes))
    local box = sandbox.new()
    local one = assert(rackspace.new{ sandbox = box })
    bytes = kept(one)
    one:close()
    assert.equal("bytes", support.read(bytes))
    box:close()
    assert.is_nil(io.open(bytes))
    support.remove(folder)
  end)

  it("says when a file can't be read or written", function()
    local rs, folder = assert(rackspace.new{ sandbox = true }), support.folder()
    local request = { method = "GET", url = "http://localhost/sandbox",
      headers = {}, sink = folder .. "/none/x" }
    local response, message, kind = rs.transport(request)
    assert.is_nil(response)
    assert.equal("file", kind)
    assert.matches("No such file", message, 1, true)
    request.sink = folder .. "/x"
    assert.equal("", assert(rs.transport(request)).body)
    assert.matches("credentials", support.read(request.sink), 1, true)
    response, message, kind = rs.transport{ method = "POST", headers = {},
      url = "http://localhost/attachment",
      form = { { name = "filename", file = folder .. "/none" } } }
    assert.is_nil(response)
    assert.equal("file", kind)
    assert.matches("No such file", message, 1, true)
    rs:close()
    support.remove(folder)
  end)

  it("is the user that the settings name", function()
    local users = sandbox.new():describe().users
    local function settings(more)
      more.sandbox = sandbox.new()
      return rackspace.new(more)
    end
    assert.equal("MyRackspaceAcct", name_of(settings{
      username = "demo", password = users[1].password }))
    assert.equal("MyRackspaceAcct", name_of(settings{
      password = users[1].password }))
    assert.equal("MyRackspaceAcct", name_of(settings{
      api_key = users[1].api_key }))
    local account, _, err = settings{ username = "second",
      api_key = users[2].api_key }.accounts:get("CLOUD/10101")
    assert.is_nil(account)
    assert.equal("not_found", err.kind)
    for _, wrong in ipairs{ { username = "demo", api_key = "none" },
      { api_key = "none" }, { password = "none" },
      { username = "demo", password = "none" } } do
      local none, _, refusal = settings(wrong).accounts:get("CLOUD/10101")
      assert.is_nil(none)
      assert.same({ "auth", 401 }, { refusal.kind, refusal.status })
    end
  end)

  it("takes a token, alone or with a tenant", function()
    local box = sandbox.new()
    local answer = box:handle{ method = "POST", target = "/v2.0/tokens",
      headers = {}, body = '{"auth":{"passwordCredentials":{"username":"demo",'
        .. '"password":"demo-Passw0rd"}}}' }
    local token = answer.body:match('"id":"(AA[%w_-]+)"')
    assert.equal("MyRackspaceAcct",
      name_of(rackspace.new{ sandbox = box, token = token }))
    assert.equal("MyRackspaceAcct", name_of(rackspace.new{ sandbox = box,
      token = token, tenant = "hybrid:5342844" }))
  end)

  it("answers the second factor by the passcode function", function()
    local users, asked = sandbox.new():describe().users, {}
    local rs = assert(rackspace.new{ sandbox = true, username = "careful",
      password = users[3].password, passcode = function(factor)
        asked[#asked + 1] = factor
        return users[3].passcode
      end })
    assert.equal("MyRackspaceAcct", name_of(rs))
    assert.same({ "PASSCODE" }, asked)
    local bare = assert(rackspace.new{ sandbox = true, username = "careful",
      password = users[3].password })
    local account, message, err = bare.accounts:get("CLOUD/10101")
    assert.is_nil(account)
    assert.equal("auth", err.kind)
    assert.is_truthy(message:find("Additional authentication credentials "
      .. "required", 1, true))
    assert.is_truthy(message:find("passcode", 1, true))
  end)

  it("says what can't be a sandbox", function()
    for _, wrong in ipairs{ {}, { handle = true } } do
      local rs, message, err = rackspace.new{ sandbox = wrong }
      assert.is_nil(rs)
      assert.equal("config", err.kind)
      assert.is_truthy(message:find(
        "'sandbox' must be true, a URL or a sandbox", 1, true))
    end
  end)

  it("holds no secret as text", function()
    local secrets = { username = "u", api_key = "kkkk", password = "pppp",
      token = "tttt", sandbox = true }
    local rs = assert(rackspace.new(secrets))
    for _, name in ipairs{ "api_key", "password", "token" } do
      assert.is_nil(rs.settings[name])
      assert.equal("<secret>", tostring(rs.settings.credentials[name]))
      assert.equal(4, #secrets[name])
    end
  end)
end)

describe("a session with a running sandbox", function()
  local box

  setup(function()
    box = assert(support.serve("--accounts 60"))
  end)

  teardown(function()
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  it("talks to it over HTTP", function()
    for _, url in ipairs{ box.url, box.url .. "/" } do
      local rs = assert(rackspace.new{ sandbox = url })
      assert.equal("MyRackspaceAcct", name_of(rs))
      assert.equal(60, #assert(rs.accounts:list():totable()))
      assert.is_falsy(rs.sandbox)
      rs:close()
    end
    assert.is_true(0 < tonumber(support.jq(support.curl(box.url
      .. "/sandbox/counts").body, '."accounts.list"')))
  end)

  it("answers the second factor there too", function()
    local rs = assert(rackspace.new{ sandbox = box.url, username = "careful",
      password = box.users[3].password, passcode = function()
        return box.users[3].passcode
      end })
    assert.equal("MyRackspaceAcct", name_of(rs))
    rs:close()
  end)

  it("says what is wrong with a URL that has none", function()
    local function problem_of(url, kind)
      local rs, message, err = rackspace.new{ sandbox = url }
      assert.is_nil(rs)
      assert.equal(kind, err.kind)
      return message
    end
    assert.is_truthy(problem_of("http://127.0.0.1:1", "network"):find(
      "the sandbox at http://127.0.0.1:1 can't be reached", 1, true))
    assert.is_truthy(problem_of(box.url .. "/v1", "network"):find(
      "what answers there is no sandbox", 1, true))
    for _, url in ipairs{ "", "x", "ftp://localhost", "http://example.com" } do
      assert.is_truthy(problem_of(url, "config"):find("the sandbox '" .. url
        .. "' can't be used", 1, true))
    end
  end)
end)
