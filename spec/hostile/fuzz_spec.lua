--- fuzz_spec.lua - what comes from outside, spoilt: never an error out of place
-- SPDX-License-Identifier: MIT
-- The parsers in Lua get texts that a generator spoils; those in C have fuzz/.
-- RACKSPACE_FUZZ_SEED repeats a run, RACKSPACE_FUZZ_COUNT says how many inputs
-- each parser gets.
local complete = require("rackspace.repl.complete")
local core = require("rackspace.core")
local credentials = require("rackspace.login.credentials")
local fault = require("rackspace.base.fault")
local file = require("spec.support.file")
local ini = require("rackspace.base.ini")
local json = require("rackspace.base.json")
local links = require("rackspace.many.links")
local mutate = require("spec.support.mutate")
local profile = require("rackspace.command.profile")
local rackspace = require("rackspace")
local sandbox = { new = require("rackspace").sandbox }
local stub = require("spec.support.stub")
local xml = require("rackspace.call.xml")

local unpack = table.unpack or unpack -- luacheck: ignore 143

local seed = tonumber(os.getenv("RACKSPACE_FUZZ_SEED") or 1)
local count = tonumber(os.getenv("RACKSPACE_FUZZ_COUNT") or 400)

-- More steps of the interpreter than any input can be worth.
local most_steps = 5e7

local secret = "0123456789abcdef"

local function is_text(value)
  return value == nil or type(value) == "string"
end

--- What a call promises: a value, or nil, a message and an error of a kind.
local function check_result(value, message, err)
  if value == nil then
    assert(type(message) == "string" and not message:find("%c"), "the message")
    assert(fault.kinds[err.kind], "the kind")
    assert(tostring(err) == message, "the error's text")
  end
end

-- ---- the parsers ------------------------------------------------------------

local names = { "message", "details", "code", "account", "accounts", "link", "rel", "href",
  "next", "metadata", "meta", "key", "tickets", "id", "status", "customers" }
local marks = { "<", ">", "</", "/>", "&amp;", "&#0;", "<![CDATA[", "]]>", "<!DOCTYPE a [", "<?",
  "\"", "'", "\\", "\\u0000", "{", "}", "[", "]", "[]", "null", "true", "1e999", "-0",
  "19293384938123456789", ":", ",", " ", "\n", "\r\n", "\t", "\0", "\127", "\255", "\195\169",
  "\239\187\191", "%00", "%", "?", "#", "&", "=", ";", "..", "/", "https://other.example/",
  "marker=", ' link="x"', "<link/>", "direction=forward", secret }

local tokens = {}
for _, list in ipairs{ names, marks } do
  for _, token in ipairs(list) do
    tokens[#tokens + 1] = token
  end
end

local function samples(...)
  local texts = {}
  for _, name in ipairs{ ... } do
    texts[#texts + 1] = file.read("spec/samples/" .. name)
  end
  return texts
end

local kinds = {}

kinds.fault = {
  seeds = { '{"itemNotFound":{"code":404,"message":"no such account","details":"x"}}',
    '{"code":401,"message":"Unauthorized","faultCode":"x"}',
    '{"error":{"message":["a"],"title":{}}}',
    '<?xml version="1.0"?><itemNotFound xmlns="x" code="404"><message>a &lt; b</message>' ..
      "<details>d</details></itemNotFound>",
    "<ns:a><ns:message>m</ns:message></ns:a>", "<!DOCTYPE html><html><body>no</body></html>",
    "OS-MF sessionId='abc', factor='PASSCODE'", "Wed, 21 Oct 2015 07:28:00 GMT", "120",
    '["' .. secret .. '"]' },
  run = function(text, random)
    local statuses = { 200, 204, 302, 400, 401, 403, 404, 409, 413, 429, 500, 503, 999 }
    local headers = {}
    for _, name in ipairs{ "retry-after", "www-authenticate", "x-request-id", "x-error-message" } do
      headers[name] = random:number(3) == 1 and text:gsub("[%z\r\n]", " ") or nil
    end
    local err = fault.from_response("accounts.get",
      { status = random:pick(statuses), headers = headers, body = text }, 1445412480,
      { core.secret(secret) }, { role = "a role", faults = { m = "conflict" } })
    check_result(nil, err.message, err)
    assert(#err.message < 1200, "the message's length")
    assert(is_text(err.details) and is_text(err.request_id), "texts")
    assert(is_text(err.code) or err.code % 1 == 0, "a text or a whole number")
    assert(err.retry_after == nil or err.retry_after >= 0, "retry_after")
    for _, name in ipairs{ "message", "code", "details", "request_id" } do
      assert(not tostring(err[name]):find(secret, 1, true), "a secret is shown")
    end
  end,
}

local accounts = require("rackspace.accounts").by_name

kinds.xml = {
  seeds = samples("account_cloud.xml", "accounts.xml", "contacts.xml", "account_history.xml",
    "meta.xml", "metadata_detail.xml", "status_history.xml"),
  run = function(text, random)
    for _, name in ipairs{ "list", "get", "history" } do
      local value, message = xml.decode(text, accounts[name])
      assert(value ~= nil or type(message) == "string", "a value or a message")
    end
    local metadata = require("rackspace.metadata").by_name
    xml.decode(text, metadata[random:pick{ "list", "get", "details" }])
  end,
}

kinds.ini = {
  seeds = { "[default]\nusername = alice\napi-key = 0123\n\n[work]\npassword: 'a b'\n",
    "\239\187\191# c\r\n; d\r\n[rackspace_cloud]\r\nusername = \"x\"\r\napi_key=" .. secret,
    "[keystone]\ntenant_id = 1\nuser_name=a\n" },
  run = function(text)
    local sections, message = ini.parse(text)
    assert(sections or type(message) == "string" and #message < 100, "sections or a message")
    for name, section in pairs(sections or {}) do
      assert(type(name) == "string" and type(section) == "table", "a section")
      for key, value in pairs(section) do
        assert(type(key) == "string" and type(value) == "string", "a value")
      end
    end
  end,
}

kinds.credentials = {
  seeds = kinds.ini.seeds,
  run = function(text, random)
    local path = os.tmpname()
    local out = assert(io.open(path, "wb"))
    out:write(text)
    out:close()
    local chosen = random:number(3) == 1 and "work" or nil
    local found, problem, kind = credentials.gather({ profile = chosen }, function(name)
      return name == "RACKSPACE_CONFIG" and path or name == "HOME" and "/dev/null" or nil
    end)
    os.remove(path)
    if not found then
      assert(type(problem) == "string" and fault.kinds[kind], "a problem")
      assert(not problem:find(secret, 1, true), "a secret is shown")
      return
    end
    for name, value in pairs(found) do
      assert(type(value) == "string" and not value:find("[%z\r\n]") or
        tostring(value) == "<secret>", name)
    end
  end,
}

--- A profile that is set in a file's text is read back as it was given, and all
-- other profiles as they were.
kinds.config = {
  seeds = kinds.ini.seeds,
  run = function(text, random)
    local before = ini.parse(text)
    local name = random:pick{ "default", "work", "rackspace_cloud", "new" }
    local values = { username = random:pick{ "alice", " a ", '"a"', "=", "#", "[x]" },
      api_key = random:pick{ secret, "a=b", "'a", ";", "[default]", "a b", "\\" } }
    local changed, problem = profile.set(text, name, values)
    if not before then
      return assert(changed == nil and type(problem) == "string", "a problem")
    end
    local after = assert(ini.parse(changed), "it can be parsed")
    for key, value in pairs(values) do
      assert(after[name][key] == value, "the value of " .. key)
    end
    for section, found in pairs(before) do
      for key, value in pairs(section ~= name and found or {}) do
        assert(after[section][key] == value, "another profile's value")
      end
    end
  end,
}

local openings = { { '"', '"' }, { "'", "'" }, { "[[", "]]" }, { "[==[", "]==]" } }
local load_text = loadstring or load -- luacheck: ignore 143

--- What is offered between quotes is, with its quotes, one string.
kinds.completion = {
  seeds = { '")os.exit()--', "\\", "a\\\"b", "]]x", "]==]", "caf\195\169", "a\27[2J", "180404-1" },
  run = function(text, random)
    local opening, closing = unpack(random:pick(openings))
    local other = text:sub(1, random:number(#text + 1)) .. random:pick{ "", "\\", '"', "x" }
    local line = "return " .. opening
    local list, from = complete(line, #line, { globals = {}, ids = {},
      files = function() return { text, other } end })
    for _, candidate in ipairs(list) do
      local whole = line:sub(1, from - 1) .. candidate .. closing
      local chunk = assert(load_text(whole), whole)
      local value = chunk()
      assert(value == text or value == other, "the value of " .. whole)
      assert(core.printable(candidate) == candidate, "a line for a terminal")
    end
  end,
}

kinds.links = {
  seeds = { "/v1/customer_accounts?marker=a%20b&limit=2&direction=forward",
    "https://other.example/v1?limit=100&marker=CLOUD:1#x?y", "accounts.list?limit=2&marker=a#4,5,7",
    "?", "accounts.list?#0", '[{"rel":"NEXT","href":"?marker=1"},{"rel":"previous","href":"?a"}]' },
  run = function(text)
    local list = json.decode(text)
    local by_rel = links.by_rel(type(list) == "table" and list or { { rel = "next", href = text } })
    local query = links.read_cursor("accounts.list", text) or "accountType=CLOUD&limit=2"
    for _, direction in ipairs{ false, "forward", "backward" } do
      local href = links.onward(by_rel, direction or nil)
      href = href and links.carry_filters(href, query)
      local ok, position = pcall(core.cursor, query)
      local more, problem = false, nil
      if ok then
        more, problem = position:follow_link(href)
      end
      assert(more ~= nil or type(problem) == "string", "on, or why not")
      assert(not ok or #position:query() <= 65536, "the query's length")
    end
  end,
}

-- ---- what is written for people and spreadsheets ----------------------------

-- Every kind of code point that printable text leaves out or keeps.
local shapes = { "\27[31m", "\27]0;t\7", "\155", "\194\155", "\194\133", "\226\128\174",
  "\226\129\167", "\216\156", "\226\128\139", "\226\128\140", "\226\128\141", "\239\187\191",
  "\226\128\168", "\243\160\129\129", "\194\173", "\239\184\143", "👨", "👩", "❤", "🏽", "é",
  "e\204\129", "\204\129", "م", "क्", "葛", "\243\160\132\128", "1", "\r", "\8", "\237\160\128",
  "=", "＝", "-", "@", ";", '"', "\194\160", "\227\128\128", "'" }

--- Fails if a terminal could take a byte of a text for a command.
local function assert_printable(text)
  assert(not text:find("[%z\1-\31\127]"), "a control character")
  assert(not text:gsub("[\195-\244][\128-\191]+", ""):find("[\128-\193][\128-\159]?") or
    not text:find("\194[\128-\159]"), "a control character of two bytes")
  local again, wrong = core.printable(text)
  assert(again == text and wrong == 0, "it is printable")
end

local function literal_of(text)
  return assert((loadstring or load)("return " .. text))() -- luacheck: ignore 143
end

kinds.printable = {
  seeds = shapes,
  run = function(text, random)
    local width = require("rackspace.show.width")
    local show = require("rackspace.show")
    assert_printable(width.plain(text))
    local columns = random:number(80)
    assert(width.of(width.cut(text, columns)) <= columns, "the width")
    local bytes = random:number(600)
    assert(#core.cut(text, bytes) <= bytes, "the bytes")
    assert(core.cut(text, bytes) .. text:sub(#core.cut(text, bytes) + 1) == text, "a beginning")
    for _, value in ipairs{ { { [text] = text, a = { text } } }, { [text] = { text } }, { text },
      text } do
      local lines, hidden = show.lines(value, { width = 40 + columns })
      assert_printable(table.concat(lines) .. table.concat(hidden or {}))
    end
    local made = assert(json.text{ text, a = nil })
    assert_printable(made)
    assert(json.decode(made)[1] == text or json.encode(text) == nil, "the text again")
    assert(literal_of(require("rackspace.output.literal").text(text)) == text, "Lua")
    local err = fault.new{ kind = "server", text = text }
    assert_printable(err.message)
  end,
}

local starters = { "=", "+", "-", "@", "＝", "＋", "－", "＠" }

kinds.csv = {
  seeds = { "=1+1", " =1", "a;=1", 'x";"=1', "a\r\n=1", "＝1", "\194\160@x", "-1", "a=b", ";",
    "a\t=1" },
  run = function(text)
    local cell = require("rackspace.output.csv").cell
    text = text:sub(1, 2000) -- each character of blanks is looked at
    local raw, made = cell(text, true), cell(text)
    assert(raw:gsub('^"(.*)"$', "%1"):gsub('""', '"') == text, "as it is")
    local bare = made:gsub('^"(.*)"$', "%1"):gsub('""', '"')
    for part in (bare .. ";"):gmatch("([^;\t\r\n]*)[;\t\r\n]") do
      part = part:gsub('^[ \v\f"]+', "")
      for _, starter in ipairs(starters) do
        assert(part:sub(1, #starter) ~= starter, ("a formula: %q"):format(made))
      end
    end
    assert(#bare - #text <= select(2, text:gsub("[;\t\r\n]", "")) + 1, "no more than apostrophes")
  end,
}

-- ---- the sandbox, which must answer whatever it is asked --------------------

local box

kinds.request = {
  seeds = { "/v1/customer_accounts?limit=2&accountType=CLOUD", "/v2.0/tokens", "/tickets?status=x",
    "/v1/customer_accounts/CLOUD/10101/contacts/RPN-1-2-3", "/v1/customers/me/enable",
    "/categories/1/subcategories", "/v2.0/users?name=a%20b", "/sandbox/advance",
    "/accounts/a/tickets",
    '{"auth":{"RAX-KSKEY:apiKeyCredentials":{"username":"demo","apiKey":"x"}}}',
    '{"contact":{"firstName":"A","emailAddresses":{"emailAddress":[{"address":"a@b.c"}]}}}',
    '{"ticket":{"subject":"a","accountId":"hybrid:1","comment":{"text":[]}}}',
    '{"metadata":{"a":"b"}}', "name=a&password=b%20c&alternateEmail=", "application/xml;q=1" },
  run = function(text, random)
    if not box or random:number(500) == 1 then
      box = sandbox.new{ accounts = 3, limits = false }
      box.store.tokens.known = { id = "known", user = box:describe().credentials.username,
        expires = "2999-01-01T00:00:00Z" }
    end
    local at = text:find("[%z\r\n]") or #text + 1
    local target = random:number(2) == 1 and text:sub(1, at - 1) or random:pick(kinds.request.seeds)
    local answer = box:handle{
      method = random:pick{ "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "BREW" },
      target = target:find("^/") and target or "/" .. target, body = text,
      headers = { ["x-auth-token"] = "known", host = random:number(9) == 1 and text or nil,
        accept = random:pick{ "*/*", "application/xml", "application/json", text },
        ["content-type"] = random:pick{ "application/json", "text/plain", text } },
    }
    assert(answer.status >= 200 and answer.status < 600, "the status")
    assert(type(answer.body) == "string" and type(answer.headers) == "table", "the answer")
    if answer.headers["Content-Type"] == "application/json" and answer.body ~= "" then
      assert(json.decode(answer.body) ~= nil, "its JSON")
    end
  end,
}

-- ---- whole calls, to services that answer nonsense --------------------------

local calls = {
  function(rs) return rs.accounts:list({ accountType = "CLOUD" }):totable(20) end,
  function(rs) return rs.accounts:get("CLOUD/10101") end,
  function(rs) return rs.accounts:status_history("CLOUD/10101") end,
  function(rs) return rs.contacts:list("CLOUD/10101"):totable(20) end,
  function(rs) return rs.metadata:list("CLOUD/10101") end,
  function(rs) return rs.tickets:list():totable(20) end,
  function(rs) return rs.tickets:categories() end,
  function(rs) return rs.email_customers:list():totable(20) end,
  function(rs) return rs.identity:whoami() end,
  function(rs) return rs.identity:tenants() end,
  function(rs) return rs.identity:user{ name = "demo" } end,
}

--- An answer of the sandbox's, spoilt in body, headers or status.
local function spoil(random, answer)
  local kind = { seeds = { answer.body }, tokens = tokens }
  local copy = { status = answer.status, body = random:text(kind), headers = answer.headers }
  if random:number(8) == 1 then
    copy.status = random:pick{ 204, 400, 401, 404, 429, 500, 503 }
  end
  return copy
end

kinds.answer = {
  seeds = { "an answer" },
  run = function(_, random)
    local quiet = random:number(4) -- which answers come as they are
    local asked = 0
    local rs = assert(rackspace.new{ sandbox = sandbox.new{ accounts = 5, limits = false },
      clock = stub.clock(), format = random:pick{ "json", "json", "xml" } })
    local real = rs.transport
    rs.transport = function(request)
      asked = asked + 1
      local answer = real(request)
      if asked > 60 then -- who goes on for ever is told to stop
        return { status = 404, headers = {}, body = "" }
      end
      return asked >= quiet and answer and spoil(random, answer) or answer
    end
    check_result(random:pick(calls)(rs))
    rs:close()
  end,
}

-- ---- the run ----------------------------------------------------------------

--- Runs one input with a bound on the interpreter's steps.
local function run(kind, text, random)
  debug.sethook(function() error("this takes for ever", 0) end, "", most_steps)
  local ok, message = xpcall(function() kind.run(text, random) end, debug.traceback)
  debug.sethook()
  return ok, message
end

describe(("the parsers, spoilt by seed %d"):format(seed), function()
  for _, name in ipairs{ "fault", "xml", "ini", "credentials", "config", "completion",
    "links", "printable", "csv", "request", "answer" } do
    it(("keep their promises to %d inputs: %s"):format(count, name), function()
      local kind = kinds[name]
      kind.tokens = (name == "printable" or name == "csv") and shapes or tokens
      local random = mutate.new(seed)
      for i = 1, count do
        local state = random.state
        local text = random:text(kind)
        local ok, message = run(kind, text, random)
        if not ok then
          error(("RACKSPACE_FUZZ_SEED=%d, input %d (state %d): %q\n%s"):format(seed, i, state,
            text:sub(1, 2000), message), 0)
        end
      end
    end)
  end
end)
