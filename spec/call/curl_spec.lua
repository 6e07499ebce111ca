--- curl_spec.lua - a request as the command line that sends it once more
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local core = require("rackspace.core")
local peer = require("spec.support.peer")
local rackspace = require("rackspace")
local sandbox = require("spec.support.sandbox")
local stub = require("spec.support.stub")

local SECRET_KEY = "QHOvchm/40czXhJ1OxfxK7jDHr3t"
local TOKEN = "a-token-of-the-spec"

--- Quoted for the shell by another way than the one on trial.
local function assignment(name, value)
  return name .. "=$(printf '" .. value:gsub(".", function(byte)
    return ("\\%03o"):format(byte:byte())
  end) .. "')"
end

--- What a shell prints that runs a command with variables.
local function run(command, variables)
  local lines = {}
  for name, value in pairs(variables or {}) do
    lines[#lines + 1] = assignment(name, value)
  end
  lines[#lines + 1] = "unset LD_PRELOAD"
  lines[#lines + 1] = command
  local path = os.tmpname()
  local file = assert(io.open(path, "w"))
  assert(file:write(table.concat(lines, "\n"), "\n"))
  file:close()
  local pipe = assert(io.popen(("env NO_PROXY='*' sh '%s'"):format(path)))
  local text = pipe:read("*a")
  pipe:close()
  os.remove(path)
  return text
end

local function failure_of(_, message, err)
  assert(type(err) == "table", message or "it did not fail")
  return err
end

--- The errors of calls with a peer that refuses everything.
local function failures(rs)
  return {
    failure_of(rs.accounts:get("CLOUD/it's $HOME `x` \"y\" #[1-9]{a,b}")),
    failure_of(rs.contacts:list("CLOUD/1", { emailAddress = "ada@example.com", limit = 5 })
      :totable()),
    failure_of(rs.tickets:create{ accountId = "hybrid:it's $HOME \\ \"x\" \1RACKSPACE \1",
      subject = "it's a disk", category = "Incident", subcategory = "General",
      comment = { text = "sda $HOME `x`" } }),
    failure_of(rs.tickets:close("7")),
    failure_of(rs.email_customers:update("7", { name = "Ada L.", referenceNumber = "49" })),
    failure_of(rs.email_customers:enable("7")),
    failure_of(rs.email_customers:delete("7")),
    failure_of(rs.identity:validate()),
  }
end

local function signed_at(request)
  return request.headers["x-api-signature"]
end

describe("err:curl()", function()
  after_each(child.close_all)

  it("sends again what was sent", function()
    local service = peer.start('return reply(400, "{}")')
    local rs = assert(rackspace.new(service:settings{
      email = { user_key = "the-user-key", secret_key = SECRET_KEY },
      endpoints = { identity = service.url .. "/v2.0", customer = service.url,
        ticketing = service.url, email = service.url } }))
    local errors = failures(rs)
    rs:close()
    local sent = service:wait_for(#errors)
    for i, err in ipairs(errors) do
      run(err:curl() .. " --silent", { RACKSPACE_TOKEN = TOKEN, RACKSPACE_NAME = "Ada%20L.",
        RACKSPACE_REFERENCE_NUMBER = "49", RACKSPACE_SIGNATURE = signed_at(sent[i]) or "none",
        RACKSPACE_EMAIL_ADDRESS = "ada%40example.com", RACKSPACE_SUBJECT = "it's a disk",
        RACKSPACE_TEXT = "sda $HOME `x`" })
      local again = service:wait_for(#errors + i)[#errors + i]
      for _, request in ipairs{ sent[i], again } do
        request.headers["accept-encoding"], request.connection = nil, nil
      end
      assert.same(sent[i], again)
    end
    assert.equal(TOKEN, sent[1].headers["x-auth-token"])
    assert.is_string(signed_at(sent[5]))
  end)

  it("reproduces what the sandbox answers", function()
    local box = sandbox.start()
    local rs = assert(rackspace.new(box:settings()))
    local token = assert(rs.auth:token()):reveal()
    for _, err in ipairs{
      failure_of(rs.accounts:get("CLOUD/99")),
      failure_of(rs.tickets:comment("no-such-ticket", { text = "it's me" })),
    } do
      local answer = run(err:curl() .. " --silent --write-out ' %{http_code}'",
        { RACKSPACE_TOKEN = token, RACKSPACE_TEXT = "it's me" })
      assert.equal(("%d"):format(err.status), answer:match("%d+$"))
      assert.is_truthy(answer:find(err.message:match("%d%d%d (.-) %(request"), 1, true))
    end
    rs:close()
  end)

  it("leaves the key of a log-in to be filled in", function()
    local box = sandbox.start()
    local rs = assert(rackspace.new(box:settings{ api_key = "not-the-key" }))
    local err = failure_of(rs.accounts:get("CLOUD/10101"))
    assert.equal("identity.login", err.operation)
    local answer = run(err:curl() .. " --silent --write-out ' %{http_code}'",
      { RACKSPACE_USERNAME = box.credentials.username, RACKSPACE_API_KEY = "not-the-key" })
    assert.equal("401", answer:match("%d+$"))
    answer = run(err:curl() .. " --silent --write-out ' %{http_code}'",
      { RACKSPACE_USERNAME = box.credentials.username,
        RACKSPACE_API_KEY = box.credentials.api_key })
    assert.equal("200", answer:match("%d+$"))
    rs:close()
  end)

  it("leaves every other way to log in to be filled in, too", function()
    local cases = {
      [{ username = "demo", password = "the-password" }] =
        [["passwordCredentials":{"username":"'"$RACKSPACE_USERNAME"'",]] ..
        [["password":"'"$RACKSPACE_PASSWORD"'"}]],
      [{ token = "the-token", tenant = 5 }] =
        [["token":{"id":"'"$RACKSPACE_TOKEN"'"},"tenantId":"'"$RACKSPACE_TENANT"'"]],
    }
    for settings, body in pairs(cases) do
      settings.token = settings.token or false
      local rs = stub.session(function() return stub.reply(401) end, settings)
      local command = failure_of(rs.accounts:get("CLOUD/1")):curl()
      assert.is_truthy(command:find("--data-raw '{\"auth\":{" .. body .. "}}' ", 1, true))
    end
  end)

  it("has a passcode and its session as variables", function()
    local rs = stub.session(function(request)
      if request.headers["X-SessionId"] then
        return stub.reply(401)
      end
      return stub.reply(401, nil,
        { ["www-authenticate"] = "OS-MF sessionId='the-session', factor='PASSCODE'" })
    end, { token = false, username = "demo", password = "the-password",
      passcode = function() return "123456" end })
    local command = failure_of(rs.accounts:get("CLOUD/1")):curl()
    assert.is_truthy(command:find([["passcode":"'"$RACKSPACE_PASSCODE"'"]], 1, true))
    assert.is_truthy(command:find([['X-SessionId: '"$RACKSPACE_SESSION_ID" ]], 1, true))
  end)

  it("has a body that an operation made itself as one variable", function()
    local rs = stub.session(function() return stub.reply(403) end)
    assert.is_truthy(failure_of(rs.identity:impersonate{ username = "ada" }):curl()
      :find([[--data-raw "$RACKSPACE_BODY" --url]], 1, true))
  end)

  it("gives the shell one word for one value, whatever it holds", function()
    local rs = stub.session(function() return stub.reply(400) end,
      { endpoints = { ticketing = "http://localhost" }, user_agent = "it's; $(echo x)" })
    local seed = 20240229
    local function random(most)
      seed = (seed * 16807) % 2147483647
      return seed % most + 1
    end
    local pieces = { "'", '"', "$", "`", "\\", "\n", " ", "\1", "\1RACKSPACE_TOKEN\1", ";", "a",
      "''", "!", "*", "~", "%", "$(exit 3)", "\195\169" }
    for _ = 1, 40 do
      local parts = {}
      for i = 1, random(12) do
        parts[i] = pieces[random(#pieces)]
      end
      local id = table.concat(parts)
      local err = failure_of(rs.tickets:create{ accountId = id, subject = "s", category = "Change",
        subcategory = "Other" })
      local words = run('curl() { for word in "$@"; do printf "%s\\0" "$word"; done; }\n' ..
        err:curl(), { RACKSPACE_TOKEN = "\1RACKSPACE_TOKEN\1", RACKSPACE_SUBJECT = "s" })
      local body = words:match("%-%-data%-raw%z(.-)%z")
      local json = require("rackspace.base.json")
      assert.same({ accountId = id, subject = "s", category = "Change", subcategory = "Other" },
        json.decode((body:gsub("\1", "\\u0001"))))
    end
  end)

  it("says so when nothing was sent", function()
    local rs = stub.session(error)
    rs:close()
    local command, message = failure_of(rs.accounts:get("CLOUD/1")):curl()
    assert.is_nil(command)
    assert.equal("no request was sent", message)
  end)

  it("holds no secret, not even where a server put it into a link", function()
    local rs = stub.session(function(_, count)
      return count == 1 and stub.reply(200, { contact = { { contactNumber = "1" } },
        link = { { rel = "next", href = "?temp_url_sig=5cafe&marker=2&emailAddress=ada%40x.org" } },
      }) or stub.reply(500)
    end, { token = core.secret("the-token") })
    local command = failure_of(rs.contacts:list("CLOUD/1"):totable()):curl()
    assert.is_truthy(command:find([[/v1/customer_accounts/CLOUD/1/contacts?]] ..
      [[temp_url_sig='"$RACKSPACE_TEMP_URL_SIG"'&marker=2&]] ..
      [[emailAddress='"$RACKSPACE_EMAIL_ADDRESS"]], 1, true))
    assert.is_nil(command:find("the-token", 1, true))
  end)
end)
