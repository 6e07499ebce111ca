--- xml_spec.lua - the sandbox's XML, judged by xmllint and by its JSON
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local support = require("spec.sandbox.support")

local curl = support.curl

local first = "/v1/customer_accounts/CLOUD/10101"

-- Every operation, the root of its XML, and what has to stand in it.
local operations = {
  { "/v1/customer_accounts", "ns1:customerAccounts", '<link rel="next" href="' },
  { first, "ns1:customerAccount", ' number="10101"' },
  { first .. "/status_history", "ns1:customerAccountStatusChanges", '<ns1:statusChange status="' },
  { first .. "/customer_history", "ns1:accountRCNChanges", ' AccountChangeType="' },
  { first .. "/history", "ns1:customerAccountHistoryChanges",
    '<ns1:updatedBy type="SYSTEM" username="service_account_admin"/>' },
  { first .. "/contacts?limit=1", "ns1:contacts", '<ns2:link rel="next" href="' },
  { first .. "/contacts/RPN-823-034-233", "ns1:contact",
    "<ns1:roles><ns1:role>PRIMARY</ns1:role></ns1:roles>" },
  { first .. "/metadata", "metadata", '<meta key="support:level">navigator</meta>' },
  { first .. "/metadata/some:key", "meta", ' key="some:key">Some Value</meta>' },
  { first .. "/metadata/some:key/detail", "metadataDetail", ' value="Some Value"' },
}

--- Whether xmllint, which is not ours, takes a text.
local function is_well_formed(text)
  local path = support.write(os.tmpname(), text)
  local complaint = support.output("xmllint --noout " .. path .. " 2>&1")
  os.remove(path)
  return complaint == "", complaint
end

describe("the sandbox's XML", function()
  local box, token

  setup(function()
    box = assert(support.serve())
    token = support.token(box)
  end)

  teardown(function()
    assert.equal(0, (box:finish()))
  end)

  local function get(target, accept)
    return curl("-H", "X-Auth-Token: " .. token, "-H", "Accept: " .. (accept or
      "application/xml"), box.url .. target)
  end

  it("has the documented roots, and is well-formed", function()
    for _, operation in ipairs(operations) do
      local answer = get(operation[1])
      assert.equal(200, answer.status)
      assert.equal("application/xml", answer.headers["content-type"])
      assert.is_true(is_well_formed(answer.body))
      assert.equal(operation[2], answer.body:match("^<%?xml[^\n]*\n<([%w:]+) "))
      assert.is_truthy(answer.body:find(operation[3], 1, true), answer.body)
    end
    assert.is_false((is_well_formed("<a></b>")))
  end)

  it("has faults too", function()
    for target, element in pairs{ ["/v1/customer_accounts/CLOUD/1"] = "notFound",
      [first .. "/metadata/internal:x"] = "forbidden",
      ["/v1/customer_accounts?metadataValue=x"] = "badRequest" } do
      local answer = get(target)
      assert.equal("application/xml", answer.headers["content-type"])
      assert.is_true(is_well_formed(answer.body))
      assert.equal(element .. answer.status,
        answer.body:gsub('^.*<(%l%a+) xmlns="[^"]*" code="(%d+)">.*$', "%1%2"), nil)
    end
  end)

  it("is given to those who prefer it", function()
    for accept, media in pairs{ ["application/xml, application/json;q=0.5"] = "application/xml",
      ["application/json, application/xml"] = "application/json",
      ["*/*"] = "application/json", ["APPLICATION/XML"] = "application/xml" } do
      assert.equal(media, get(first, accept).headers["content-type"])
    end
    assert.equal(406, get(first, "text/xml").status)
    assert.equal(406, get("/v2.0/tenants").status)
  end)

  it("says what the JSON says, of every account", function()
    local settings = { sandbox = box.url }
    local in_json = assert(rackspace.new(settings))
    local in_xml = assert(rackspace.new{ sandbox = box.url, format = "xml" })
    finally(function()
      in_json:close()
      in_xml:close()
    end)
    local accounts = assert(in_json.accounts:list():totable())
    assert.same(accounts, in_xml.accounts:list():totable())
    for i = 1, #accounts, 7 do
      local account = accounts[i]
      for _, name in ipairs{ "get", "status_history", "customer_history", "history" } do
        assert.same(in_json.accounts[name](in_json.accounts, account),
          in_xml.accounts[name](in_xml.accounts, account))
      end
      assert.same(in_json.contacts:list(account):totable(),
        in_xml.contacts:list(account, { limit = 2 }):totable())
      local number = in_json.contacts:list(account)().contactNumber
      assert.same(in_json.contacts:get(account, number), in_xml.contacts:get(account, number))
      local map = in_json.metadata:list(account)
      assert.same(map, in_xml.metadata:list(account))
      for key in pairs(map) do
        assert.equal(map[key], in_xml.metadata:get(account, key))
        assert.same(in_json.metadata:details(account, key),
          in_xml.metadata:details(account, key))
      end
    end
  end)
end)
