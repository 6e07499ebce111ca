--- canary_spec.lua - no output shows a secret, or what tells of a person
-- SPDX-License-Identifier: MIT
local canary = require("spec.support.canary")
local child = require("spec.support.child")
local core = require("rackspace.core")
local file = require("spec.support.file")
local json = require("rackspace.base.json")
local peer = require("spec.support.peer")
local rackspace = require("rackspace")
local support = require("spec.sandbox.support")
local walk = require("spec.support.walk")

local secrets, personal = canary.secrets, canary.personal

-- Logs in by key, or by password and passcode; repeats everything that it was
-- sent in every place where it can, and fails in one way after another.
local ECHO = ([[
local function all(request)
  local parts = { request.method, request.target, request.body }
  for name, value in pairs(request.headers) do
    parts[#parts + 1] = name .. ": " .. value
  end
  return (table.concat(parts, " ; "))
end
local function quoted(text)
  return '"' .. text:gsub('[%%c"\\]', function(c) return ("\\u%%04x"):format(c:byte()) end) .. '"'
end
local text = all(request)
local line = text:gsub("%%c", " ")
local headers = { ["X-Request-Id"] = line, ["X-Error-Message"] = line, Location = line,
  ["Set-Cookie"] = line, ["X-Auth-Token"] = line, ["X-Odd"] = line, Via = line, Server = line }
if request.method == "POST" and request.target:find("/v2.0/tokens$") then
  if request.body:find("passwordCredentials") then
    headers["WWW-Authenticate"] = "OS-MF sessionId='%s', factor='PASSCODE'"
    return reply(401, '{"unauthorized":{"message":' .. quoted(text) .. "}}", headers)
  end
  return access("%s")
end
kept.count = (kept.count or 0) + 1
local ways = {
  function() return reply(400, '{"badRequest":{"code":400,"message":' .. quoted(text) ..
    ',"details":' .. quoted(text) .. "}}", headers) end,
  function() return reply(403, '{"message":' .. quoted(text) .. "}", headers) end,
  function() return reply(404, "<itemNotFound><message>" .. text .. "</message><details>" ..
    text .. "</details></itemNotFound>", headers) end,
  function() return reply(409, "", headers) end,
  function() return reply(500, "<html>" .. text, headers) end,
  function() return reply(200, text, headers) end,
  function() return reply(200, "[" .. quoted(text) .. "]", headers) end,
  function() return reply(302, quoted(text), headers) end,
}
return ways[(kept.count - 1) %% #ways + 1]()
]]):format(secrets.session, secrets.token)
local WAYS = 8

--- What of the fields of the rows tells of nobody, as it was judged.
local judged_plain = {}
for name in ([[
  accounts.list.accountType accounts.list.direction accounts.list.domain
  accounts.list.marker accounts.list.metadataKey accounts.history.changeType
  contacts.list.marker contacts.list.role
  tickets.create.accountId tickets.create.category tickets.create.severity
  tickets.create.subcategory tickets.create.resources tickets.update.status
  tickets.update.resources tickets.events.direction tickets.events.marker
  tickets.resources.sort tickets.resources.sortBy tickets.resources.status
]]):gmatch("%S+") do
  judged_plain[name] = true
end

local not_texts = { integer = true, number = true, boolean = true, ["function"] = true }

local arguments_by_type = { account = "CLOUD/1", account_resource = "CLOUD/1", id = "1" }

--- What the calls that move files are given.
local function use_files(service)
  arguments_by_type.path = file.write(file.folder() .. "/plain.log", "plain")
  arguments_by_type.attached = service.url .. "/v1/a/c/o?temp_url_expires=1&temp_url_sig=" ..
    secrets.temp_url_sig
end

local given_by_type = {
  string = function() return personal.text end,
  ["recipient[]"] = function()
    return { personal.email, { value = personal.phone } }
  end,
  NewComment = function()
    return { text = personal.text, attachments = { { filename = personal.address, uuid = "u" } } }
  end,
  ["attachment[]"] = function()
    return { { filename = personal.name, uuid = personal.email } }
  end,
}

local by_name = { name = personal.name, email = personal.email, emailAddress = personal.email,
  username = personal.name, userName = personal.name, q = personal.address,
  contains = personal.phone, filename = personal.name }

local function given_for(field)
  if field.personal then
    return by_name[field.name] or assert(given_by_type[field.type], field.type)()
  end
  return field.known and field.known[1] or field.type == "integer" and 1 or "plain"
end

-- Of these one must be there, and no row says so.
local needs_any = { ["tickets.update"] = "status" }

--- An operation's arguments with personal data in one of its fields and in all
-- that it needs.
local function arguments_of(op, wanted)
  local args, options = {}, {}
  for i, field in ipairs(op.args) do
    args[i] = field.type == "secret" and secrets.passcode or arguments_by_type[field.type]
  end
  for _, field in ipairs(op.parameters) do
    if field == wanted or field.required or needs_any[op.full_name] == field.name then
      options[field.name] = given_for(field)
      local needed = field.needs
      options[needed or ""] = needed and "plain" or nil
    end
  end
  args[#args + 1] = next(options) and options or nil
  return args
end

--- Every call there is with personal data: { name, arguments }.
local function calls()
  local list = {}
  walk.each_operation(function(op)
    local count = #list
    for _, field in ipairs(op.parameters) do
      if field.personal then
        list[#list + 1] = { op.full_name, arguments_of(op, field) }
      end
    end
    if #list == count then
      list[#list + 1] = { op.full_name, arguments_of(op, nil) }
    end
  end)
  return list
end

local logins = {
  { username = "demo", api_key = secrets.api_key },
  { username = "demo", password = secrets.password,
    passcode = function() return secrets.passcode end },
  { token = secrets.given_token, tenant = "1" },
  { token = secrets.given_token },
}

local function settings_for(service, login, output)
  use_files(service)
  local settings = { limits = false, retries = 0, log = function(line, _, event)
    output[#output + 1] = line
    output[#output + 1] = event
  end }
  for name, value in pairs(login) do
    settings[name] = value
  end
  settings.email = { user_key = "the-user-key", secret_key = secrets.secret_key }
  settings.endpoints = { identity = service.url .. "/v2.0", customer = service.url,
    ticketing = service.url, resources = service.url, feeds = service.url, email = service.url }
  return settings
end

--- Calls everything, and keeps what a caller could print of it.
local function call_everything(rs, output, rounds)
  local failed = 0
  for _ = 1, rounds do
    for _, call in ipairs(calls()) do
      local result, message, err = walk.call(rs, call[1], call[2])
      if err then
        failed = failed + 1
        err.attachments = nil -- the caller's own, to be given again
        output[#output + 1] = { message = message, err = err, shown = tostring(err),
          command = err:curl(), meta = rs:meta(err) }
      elseif type(result) == "table" then
        output[#output + 1] = { meta = rs:meta(result) }
      end
    end
  end
  return failed
end

--- What the program prints, errors included.
local function program(environment, arguments)
  local words = {}
  for name, value in pairs(environment) do
    words[#words + 1] = ("%s='%s'"):format(name, (value:gsub("'", "'\\''")))
  end
  local pipe = assert(io.popen(("env %s '%s' %s 2>&1"):format(table.concat(words, " "),
    os.getenv("RACKSPACE_PROGRAM"), arguments)))
  local text = pipe:read("*a")
  pipe:close()
  return text
end

describe("every text that a call may send", function()
  it("was judged: it tells of a person or it does not", function()
    local unjudged, stale = {}, {}
    for name in pairs(judged_plain) do
      stale[name] = true
    end
    walk.each_operation(function(op)
      for _, field in ipairs(op.parameters) do
        local name = op.full_name .. "." .. field.name
        stale[name] = nil
        if not (field.personal or not_texts[field.type] or judged_plain[name]) then
          unjudged[#unjudged + 1] = name
        end
      end
    end)
    assert.same({}, unjudged)
    assert.same({}, stale)
  end)
end)

describe("known secrets and people's data", function()
  after_each(function()
    child.close_all()
    file.clean()
  end)

  it("show in no error, event or log, whatever the service repeats", function()
    for _, login in ipairs(logins) do
      local service, output = peer.start(ECHO), {}
      local rs = assert(rackspace.new(settings_for(service, login, output)))
      local failed = call_everything(rs, output, login.api_key and WAYS or 1)
      assert.is_true(failed > 20, "most calls fail")
      local texts = canary.walk(output, "output")
      assert.is_true(texts > 1000, "there is much to look at")
      canary.walk(debug.traceback(), "traceback")
      rs:close()
      service:close()
    end
  end)

  it("are what the service was sent", function()
    local service = peer.start(ECHO)
    for _, login in ipairs(logins) do
      local rs = assert(rackspace.new(settings_for(service, login, {})))
      call_everything(rs, {}, 1)
      rs:close()
    end
    local sent = {}
    for _, request in ipairs(service:requests()) do
      sent[#sent + 1] = request.target .. " " .. request.body
      for _, value in pairs(request.headers) do
        sent[#sent + 1] = value
      end
    end
    local text = table.concat(sent, "\n")
    for _, name in ipairs{ "api_key", "password", "token", "passcode", "session" } do
      local shown = pcall(canary.check, text:gsub("\\u00%x%x", ""), name)
      assert.is_false(shown)
      assert.is_truthy(text:find(assert(json.encode(secrets[name])):sub(2, -2), 1, true), name)
    end
    for name, value in pairs(personal) do
      assert.is_truthy(text:find(core.url.encode(value), 1, true) or
        text:find(assert(json.encode(value)):sub(2, -2), 1, true), name)
    end
  end)

  it("are nowhere in a session, once its calls are over", function()
    for _, login in ipairs(logins) do
      local service = peer.start(ECHO)
      local settings = settings_for(service, login, {})
      settings.proxy = "http://user:" .. secrets.proxy_password .. "@proxy.example:3128"
      settings.log = nil
      local rs = assert(rackspace.new(settings))
      call_everything(rs, {}, 1)
      rs.settings.passcode, rs.auth.passcode = nil, nil -- the spec's own
      collectgarbage()
      collectgarbage()
      assert.is_true(canary.walk(rs, "session") > 500)
      rs:close()
      service:close()
    end
  end)

  it("show in no value that a successful log-in gives", function()
    local service = peer.start(ECHO)
    for _, login in ipairs(logins) do
      local output = {}
      local rs = assert(rackspace.new(settings_for(service, login, output)))
      if not (login.token and not login.tenant) then
        output[#output + 1] = assert(rs.identity:login())
        output[#output + 1] = assert(rs.identity:whoami())
        output[#output + 1] = rs:meta(output[#output])
      end
      output[#output + 1] = { tostring(rs), tostring(rs.identity), tostring(rs.auth) }
      canary.walk(output, "output")
      rs:close()
    end
  end)

  it("show in no message of a proxy that can't be used", function()
    for _, scheme in ipairs{ "http", "gopher" } do
      local gate = peer.start([[return reply(407, "",
        { ["Proxy-Authenticate"] = "Basic realm=x", ["X-Request-Id"] =
          request.headers["proxy-authorization"] })]])
      local output = {}
      local settings = settings_for({ url = "https://customer.example" }, logins[1], output)
      settings.proxy = gate.url:gsub("^http://",
        scheme .. "://user:" .. secrets.proxy_password .. "@")
      local rs = assert(rackspace.new(settings))
      local _, message, err = rs.accounts:get("CLOUD/1")
      output[#output + 1] = { message, err, err:curl() }
      canary.walk(output, "output")
      canary.walk(rs, "session")
      if scheme == "gopher" then
        assert.matches("the proxy's URL can't be used", message, 1, true)
      end
      rs:close()
      gate:close()
    end
  end)

  it("stand in a mistake's message no more than in any other", function()
    local ok, message = pcall(rackspace.new, { proxy = 5, api_key = secrets.api_key })
    assert.is_false(ok)
    canary.check(message, "message")
    for _, name in ipairs{ "api_key", "password", "token", "proxy" } do
      local value = secrets[name] or secrets.proxy_password .. "\n"
      ok, message = pcall(rackspace.new, { [name] = value })
      assert.is_true(not ok or name ~= "proxy")
      canary.check(tostring(message), "message")
    end
    for _, problem in ipairs{ "\0", "\r\n" } do
      local client = assert(core.client())
      ok, message = pcall(client.start, client, { url = "http://localhost/",
        headers = { ["X-Auth-Token"] = secrets.token .. problem } })
      assert.is_false(ok)
      canary.check(message, "message")
      client:close()
    end
  end)

  it("show in no value of the core", function()
    local client = assert(core.client())
    local transfer = client:start{ url = "http://localhost:1/" .. secrets.temp_url_sig,
      headers = { ["X-Auth-Token"] = core.secret(secrets.token) }, body = personal.text,
      proxy = core.secret("http://u:" .. secrets.proxy_password .. "@localhost:1") }
    canary.walk({ client, transfer, transfer:facts(), core.secret(secrets.token),
      core.secret(secrets.token):quoted(), "x" .. core.secret(secrets.token),
      core.cursor("emailAddress=" .. core.url.encode(personal.email)),
      core.signature("the-user-key", "agent", "20010308143725", secrets.secret_key) }, "core")
    client:close()
  end)

  it("are secret to who watches each function of the library by its arguments", function()
    local service = peer.start(([[
      if request.target:find("/v2.0/tokens$") then return access("%s") end
      return reply(request.target:find("CLOUD/2") and 404 or 200, '{"id":"1"}')
    ]]):format(secrets.token))
    local rs = assert(rackspace.new(settings_for(service, logins[1], {})))
    assert(rs.accounts:get("CLOUD/1"))
    local seen, problem = 0, nil
    local function look()
      local info = debug.getinfo(2, "S")
      if not info.source:find("lua/rackspace/", 1, true) then
        return
      end
      for i = 1, 250 do
        local name, value = debug.getlocal(2, i)
        if not name or problem then
          break
        end
        seen = seen + 1
        local ok, text = pcall(canary.check, tostring(value), info.short_src .. ": " .. name)
        problem = not ok and text or nil
      end
    end
    debug.sethook(look, "lr")
    local first = rs.accounts:get("CLOUD/1")
    local second = rs.accounts:get("CLOUD/2")
    local signed = rs.email_customers:get("me")
    debug.sethook()
    assert.is_nil(problem)
    assert.same({ true, nil, true }, { first ~= nil, second, signed ~= nil })
    assert.is_true(seen > 500, "it saw the calls")
    rs:close()
  end)

  it("show in nothing that the prompt prints", function()
    local service = peer.start(ECHO)
    local environment = { "TERM=dumb", "RACKSPACE_USERNAME=demo", "RACKSPACE_LOG=debug",
      "RACKSPACE_API_KEY=" .. secrets.api_key, "RACKSPACE_CUSTOMER_URL=" .. service.url,
      "RACKSPACE_IDENTITY_URL=" .. service.url .. "/v2.0" }
    local command = "exec " .. support.quote(support.program)
    local job = support.start(("timeout %d env %s script -qec %s /dev/null"):format(
      child.PATIENCE, table.concat(environment, " "), support.quote(command)))
    job:type('rs\nrs.settings\nrs.settings.credentials\nrs.auth\nrs.accounts:get("CLOUD/1")\n' ..
      "rs.identity:login()\nrs:meta(rs.identity:login())\nrs.auth\n\4")
    local code, text = job:finish()
    assert.equal(0, code)
    canary.check(text, "the prompt")
    for _, shown in ipairs{ "session %(demo%)", "api_key *<secret>", "400 GET", "expires = " } do
      assert.matches(shown, text)
    end
    service:close()
  end)

  it("show in nothing that the program prints", function()
    local service = peer.start(ECHO)
    local script = ([[local rs = require("rackspace").new{ proxy = "http://u:%s@p.example" } ]] ..
      [[print(rs, rs.settings.proxy, rs.settings.credentials.api_key) ]] ..
      [[for _, name in ipairs{ "CLOUD/1", "CLOUD/2" } do ]] ..
      [[print(rs.contacts:list(name, { emailAddress = "%s" }):totable()) end ]] ..
      [[local t = { accountId = "1", subject = "%s", category = "Change", ]] ..
      [[subcategory = "Other", comment = "%s" } t.comment = { text = t.comment } ]] ..
      [[print(rs.tickets:create(t)) print(rs.email_customers:create{ name = "%s" }) ]] ..
      [[assert(rs.identity:users{ email = "%s" })]]):format(secrets.proxy_password,
      personal.email, personal.phone, personal.phone, personal.name, personal.email)
    local environment = { RACKSPACE_USERNAME = "demo", RACKSPACE_API_KEY = secrets.api_key,
      RACKSPACE_EMAIL_USER_KEY = "the-user-key", RACKSPACE_EMAIL_SECRET_KEY = secrets.secret_key,
      RACKSPACE_IDENTITY_URL = service.url .. "/v2.0", RACKSPACE_CUSTOMER_URL = service.url,
      RACKSPACE_TICKETING_URL = service.url, RACKSPACE_EMAIL_URL = service.url }
    for level, least in pairs{ debug = 10, info = 6, json = 10, off = 1 } do
      environment.RACKSPACE_LOG = level
      local text = program(environment, "-e '" .. script:gsub("'", "'\\''") .. "'")
      canary.check(text, level)
      local _, lines = text:gsub("\n", "")
      assert.is_true(lines > least, text)
      assert.matches("identity.users: ", text, 1, true)
    end
    service:close()
  end)
end)

