--- judges_spec.lua - what programs that are not ours say of the sandbox
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local curl = require("spec.support.curl")
local file = require("spec.support.file")
local json = require("rackspace.base.json")
local rackspace = require("rackspace")
local sandbox = require("spec.support.sandbox")
local stub = require("spec.support.stub")
local support = require("spec.sandbox.support")
local walk = require("spec.support.walk")

--- Whether a command succeeds without a word.
local function succeeds(command, ...)
  return support.output(command:format(...) .. " >/dev/null 2>&1 && printf yes") == "yes"
end

local function output(command, ...)
  return support.output(command:format(...))
end

--- Whether all the tools are here; else the spec is pending, and says why.
local function have(...)
  for _, tool in ipairs{ ... } do
    if not succeeds("command -v %s", tool) then
      pending(tool .. " is not here")
      return false
    end
  end
  return true
end

--- The Email & Apps signature's hash, by openssl.
local function hash_of(user_key, agent, timestamp, secret_key)
  return (output("printf '%%s' '%s' | openssl dgst -sha1 -binary | openssl base64",
    user_key .. agent .. timestamp .. secret_key):gsub("%s", ""))
end

after_each(sandbox.close_all)
after_each(file.clean)

describe("openssl", function()
  local agent = "Rackspace Management Interface"

  it("has the documents' own signatures", function()
    if have("openssl") then
      assert.equal("46VIwd66mOFGG8IkbgnLlXnfnkU=", hash_of("eGbq9/2hcZsRlr1JV1Pi", agent,
        "20010308143725", "QHOvchm/40czXhJ1OxfxK7jDHr3t"))
    end
  end)

  it("signs a call as the client does", function()
    if not have("openssl") then
      return
    end
    local keys = { user_key = "Some/User+Key", secret_key = "A-Secret-Key" }
    local rs, requests = stub.session(function()
      return stub.reply(200, { name = "a", accountNumber = "1" })
    end, { token = false, email = keys, endpoints = { email = "http://localhost" } })
    assert(rs.email_customers:get("me"))
    local headers = requests[1].headers
    local header = headers["X-Api-Signature"]
    header = type(header) == "userdata" and header:reveal() or header
    local key, timestamp, hash = header:match("^([^:]*):(%d+):(.*)$")
    assert.equal(keys.user_key, key)
    assert.is_true(math.abs(core.time(os.date("!%Y-%m-%dT%H:%M:%SZ")) -
      core.time((timestamp:gsub("(....)(..)(..)(..)(..)(..)", "%1-%2-%3T%4:%5:%6Z")))) < 60)
    assert.equal(hash_of(key, headers["User-Agent"], timestamp, keys.secret_key), hash)
  end)
end)

describe("curl and openssl", function()
  --- A call of the sandbox's Email & Apps, signed by openssl.
  local function get(box, secret_key)
    local agent, timestamp = "curl of the spec", os.date("!%Y%m%d%H%M%S")
    local key = box.credentials.email.user_key
    return curl.send{ method = "GET", url = box.endpoints.email .. "/v1/customers",
      headers = { Accept = "application/json", ["User-Agent"] = agent,
        ["X-Api-Signature"] = ("%s:%s:%s"):format(key, timestamp,
          hash_of(key, agent, timestamp, secret_key)) } }
  end

  it("are let in by the sandbox with the right key, and with no other", function()
    if not have("curl", "openssl") then
      return
    end
    local box = sandbox.start()
    local response = get(box, box.credentials.email.secret_key)
    assert.equal(200, response.status)
    assert.is_true(#assert(json.decode(response.body)).customers > 0)
    response = get(box, "another key")
    assert.equal(403, response.status)
    assert.truthy(response.body:find("Authentication failed.", 1, true))
  end)
end)

--- Calls every example over curl. Returns the bodies of the answers whose type
-- has a word in it, and the files that hold them, as words of the shell's.
local function bodies_of(settings, is_wanted, word)
  local bodies, paths, folder = {}, {}, file.folder()
  settings.transport = function(request)
    local response = curl.send(request)
    if response.body ~= "" and (response.headers["content-type"] or ""):find(word, 1, true) then
      bodies[#bodies + 1] = response.body
      paths[#bodies] = file.write(("%s/%d"):format(folder, #bodies), response.body)
    end
    return response
  end
  walk.all(sandbox.start(settings.dialect and "--dialect " .. settings.dialect), settings,
    is_wanted)
  return bodies, table.concat(paths, " ")
end

describe("jq", function()
  it("reads every answer's JSON as the client does", function()
    if not have("curl", "jq") then
      return
    end
    local bodies, paths = bodies_of({}, function(op) return not op.streams end, "json")
    local count = 0
    for line in output("jq -c . %s", paths):gmatch("[^\n]+") do
      count = count + 1
      assert.same(json.decode(bodies[count]), json.decode(line))
    end
    assert.equal(#bodies, count)
    assert.is_true(count > 30)
  end)

  it("reads what an error says", function()
    if not have("curl", "jq") then
      return
    end
    local box, folder = sandbox.start(), file.folder()
    local rs = assert(rackspace.new(box:settings()))
    local response = curl.send{ method = "GET", headers = { ["X-Auth-Token"] = rs.auth:token() },
      url = box.endpoints.customer .. "/v1/customer_accounts/CLOUD/99" }
    rs:close()
    assert.equal(404, response.status)
    local path = file.write(folder .. "/fault", response.body)
    assert.equal("404 Customer account not found\n",
      output([[jq -r '.[] | "\(.code) \(.message)"' '%s']], path))
  end)
end)

describe("xmllint", function()
  it("accepts every answer's XML", function()
    if not have("curl", "xmllint") then
      return
    elseif not pcall(require, "lxp") then
      pending("lua-expat is not here for this Lua")
      return
    end
    local expected = 0
    walk.each_operation(function(op) expected = expected + (op.xml and op.returns and 1 or 0) end)
    local bodies, paths = bodies_of({ format = "xml" }, function(op) return op.xml end, "xml")
    assert.equal("", output("xmllint --noout %s 2>&1", paths))
    assert.is_true(#bodies >= expected, ("%d of %d"):format(#bodies, expected))
  end)

  it("accepts an error's XML", function()
    if not have("curl", "xmllint") then
      return
    end
    local box, folder = sandbox.start(), file.folder()
    local rs = assert(rackspace.new(box:settings()))
    local token = rs.auth:token()
    rs:close()
    for url, accept in pairs{
      [box.endpoints.customer .. "/v1/customer_accounts/CLOUD/99"] = "application/xml",
      [box.endpoints.email .. "/v1/customers/1"] = "text/xml" } do
      local response = curl.send{ method = "GET", url = url,
        headers = { Accept = accept, ["X-Auth-Token"] = token } }
      assert.is_true(response.status >= 400)
      assert.truthy(response.body:find("^%s*<"), response.body)
      assert.is_true(succeeds("xmllint --noout '%s'", file.write(folder .. "/fault",
        response.body)), response.body)
    end
  end)
end)

-- ---- the OpenAPI document ---------------------------------------------------

local DOCUMENT, JUDGE = "spec/support/openapi.yaml", "spec/support/openapi_judge.py"
local RCN, KEY = "RCN-123-456-789", "support%3Alevel"

-- The document's operations, and what the reference has in their place.
local operations = {
  { "getListOfCustomerAccounts", "/v1/customer_accounts", "/v1/customer_accounts" },
  { "getCustomerAccount", "/v1/customer_accounts/{rcn}", "/v1/customer_accounts/{account}" },
  { "getListOfCustomerAccountStatusHistory", "/v1/customer_accounts/{rcn}/status_history",
    "/v1/customer_accounts/{account}/status_history" },
  { "getListOfCustomerAccountHistory", "/v1/customer_accounts/{rcn}/history",
    "/v1/customer_accounts/{account}/history" },
  { "getListOfCustomerHistory", "/v1/customers/{rcn}/history",
    "/v1/customer_accounts/{account}/customer_history" },
  { "getListOfContacts", "/v1/customer_accounts/{rcn}/contacts",
    "/v1/customer_accounts/{account}/contacts" },
  { "getContact", "/v1/customer_accounts/{rcn}/contacts/{contact}",
    "/v1/customer_accounts/{account}/contacts/{contact}" },
  { "getListOfAllMetadataForResource", "/v1/customer_accounts/{rcn}/metadata",
    "/v1/customer_accounts/{account}/metadata" },
  { "getSpecificMetadata", "/v1/customer_accounts/{rcn}/metadata/{key}",
    "/v1/customer_accounts/{account}/metadata/{key}" },
  { "getDetailsForSpecificMetadata", "/v1/customer_accounts/{rcn}/metadata/{key}/details",
    "/v1/customer_accounts/{account}/metadata/{key}/detail" },
}

local python_found

--- Returns a Python that has the validator; nil, and the spec is pending, where
-- there is none.
local function find_python()
  for _, python in ipairs{ python_found or "python3", "/usr/bin/python3" } do
    if python_found or succeeds("%s -c 'import jsonschema, yaml'", python) then
      python_found = python
      return python
    end
  end
  pending("python3-jsonschema and python3-yaml are not here")
end

--- What the judge says of answers, each { operation, status, body }.
local function judge_all(python, answers)
  local lines = {}
  for i, answer in ipairs(answers) do
    lines[i] = ('{"operation":"%s","status":%d,"body":%s}'):format(answer[1], answer[2],
      answer[3])
  end
  local path = file.write(file.folder() .. "/answers", table.concat(lines, "\n") .. "\n")
  local verdicts = {}
  for verdict in output("%s %s %s <'%s'", python, JUDGE, DOCUMENT, path):gmatch("[^\n]+") do
    verdicts[#verdicts + 1] = verdict
  end
  assert.equal(#answers, #verdicts)
  return verdicts
end

--- The answers of a sandbox to the operations, by the paths at a place.
local function fetch(box, place)
  local rs = assert(rackspace.new(box:settings()))
  local account = place == 2 and RCN or "CLOUD/10101"
  local contact = assert(rs.contacts:list(account):totable(1))[1]
  local values = { rcn = RCN, account = account, key = KEY,
    contact = contact.id or contact.contactNumber }
  local answers = {}
  for i, operation in ipairs(operations) do
    local base = box.endpoints[place == 2 and "customer_openapi" or "customer"]
    local response = curl.send{ method = "GET", headers = { ["X-Auth-Token"] = rs.auth:token() },
      url = base .. operation[place]:gsub("{(%w+)}", values) }
    answers[i] = { operation[1], response.status, response.body }
  end
  rs:close()
  return answers
end

local function settings_of_dialect(box)
  local plain = box.settings
  function box.settings(self, settings)
    local copy = plain(self, settings)
    copy.dialect = box.dialect
    return copy
  end
  return box
end

describe("jsonschema", function()
  it("accepts the sandbox's answers to the document's ten operations", function()
    local python = have("curl") and find_python()
    if not python then
      return
    end
    local answers = fetch(settings_of_dialect(sandbox.start("--dialect openapi")), 2)
    assert.equal(10, #answers)
    for i, verdict in ipairs(judge_all(python, answers)) do
      assert.equal(200, answers[i][2], answers[i][1])
      assert.equal("ok", verdict, answers[i][1])
    end
  end)

  it("accepts its faults", function()
    local python = have("curl") and find_python()
    if not python then
      return
    end
    local box = settings_of_dialect(sandbox.start("--dialect openapi"))
    local rs = assert(rackspace.new(box:settings()))
    local url = box.endpoints.customer_openapi .. "/v1/customer_accounts"
    local missing = curl.send{ method = "GET", url = url .. "/RCN-999-999-999",
      headers = { ["X-Auth-Token"] = rs.auth:token() } }
    local refused = curl.send{ method = "GET", url = url, headers = {} }
    rs:close()
    assert.same({ 404, 401 }, { missing.status, refused.status })
    assert.same({ "ok", "ok" }, judge_all(python, {
      { "getCustomerAccount", 404, missing.body },
      { "getListOfCustomerAccounts", 401, refused.body } }))
  end)

  it("refuses the bodies of the other dialect", function()
    local python = have("curl") and find_python()
    if not python then
      return
    end
    local answers = fetch(sandbox.start(), 3)
    for i, verdict in ipairs(judge_all(python, answers)) do
      assert.equal(200, answers[i][2], answers[i][1])
      assert.are_not.equal("ok", verdict, answers[i][1])
      assert.truthy(verdict:find("required property", 1, true) or
        verdict:find("Additional properties", 1, true) or
        verdict:find("is not of type", 1, true), verdict)
    end
  end)

  it("refuses what lacks a property, has one more or one of another type", function()
    local python = find_python()
    if not python then
      return
    end
    local good = '{"key":"a","value":"b","category":"c"}'
    assert.same({ "ok", "/: 'category' is a required property",
      "/: Additional properties are not allowed ('more' was unexpected)",
      "/value: 7 is not of type 'string'", "the document has no such answer" },
      judge_all(python, { { "getSpecificMetadata", 200, good },
        { "getSpecificMetadata", 200, '{"key":"a","value":"b"}' },
        { "getSpecificMetadata", 200, '{"key":"a","value":"b","category":"c","more":1}' },
        { "getSpecificMetadata", 200, '{"key":"a","value":7,"category":"c"}' },
        { "getSpecificMetadata", 404, good } }))
  end)
end)
