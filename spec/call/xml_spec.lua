--- xml_spec.lua - the documented XML gives what its JSON gives
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local raises = require("spec.support.raises")
local stub = require("spec.support.stub")
local xml = require("rackspace.call.xml")

local account = "CLOUD/10101"

--- A session that gets the same answer to everything.
local function session(text, settings, status)
  return stub.session(function()
    return stub.reply(status or 200, text, { ["content-type"] = "application/xml" })
  end, settings or { format = "xml" })
end

--- What a call gives of a sample.
local function of(name, call)
  local settings = { format = name:match("%.(%l+)$") }
  local rs, requests = session(file.read("spec/samples/" .. name), settings)
  local value = assert(call(rs))
  return value, requests[1].headers.Accept, rs
end

local twins = {
  { "account_cloud", function(rs) return rs.accounts:get(account) end },
  { "account_hosting", function(rs) return rs.accounts:get(account) end },
  { "account_aws", function(rs) return rs.accounts:get(account) end },
  { "status_history", function(rs) return rs.accounts:status_history(account) end },
  { "customer_history", function(rs) return rs.accounts:customer_history(account) end },
  { "account_history", function(rs) return rs.accounts:history(account) end },
  { "metadata", function(rs) return rs.metadata:list(account) end },
  { "metadata", function(rs) return rs.metadata:entries(account) end },
  { "meta", function(rs) return rs.metadata:get(account, "some:key") end },
  { "metadata_detail", function(rs) return rs.metadata:details(account, "a:b") end },
}

local function via(path)
  return { { rel = "via",
    href = "https://customer.api.rackspacecloud.com/v1/customer_accounts/" .. path } }
end

-- What the XML sample of the list holds; the JSON one holds other accounts.
local accounts = {
  { collectionsStatus = "CURRENT", id = "19293384938", lastUpdatedBy = "user1",
    tenantId = "19293384938", domain = "19293384938",
    lastUpdatedDate = "2015-04-21T18:00:00.000Z", name = "Hubspot Accounting",
    number = 19293384938, rcn = "RCN-123-456-789", status = "Active",
    serviceLevel = "managed_legacy", type = "CLOUD", link = via("CLOUD/19293384938") },
  { id = "5342823", lastUpdatedBy = "user1", tenantId = "hybrid:5342823",
    domain = "dedicated:5342823", lastUpdatedDate = "2015-04-21T18:00:00.000Z",
    name = "FreeLancer Corp", nickname = "FreeLancer", number = 5342823,
    rcn = "RCN-123-456-789", status = "Active", serviceLevel = "intensive",
    type = "MANAGED_HOSTING", link = via("MANAGED_HOSTING/5342823") },
  { id = "75842823", lastUpdatedBy = "user1", tenantId = "hybrid:75842823",
    domain = "dedicated:75842823", lastUpdatedDate = "2015-04-21T18:00:00.000Z",
    name = "Spot Study", nickname = "Spot", number = 75842823, rcn = "RCN-123-456-789",
    status = "Active", serviceLevel = "intensive", type = "MANAGED_HOSTING",
    link = via("MANAGED_HOSTING/75842823") },
  { id = "RAN2823", lastUpdatedBy = "user1", tenantId = "RAN2823", domain = "RAN2823",
    lastUpdatedDate = "2015-04-21T18:00:00.000Z", name = "Corp Accounts", nickname = "Corp",
    rcn = "RCN-123-456-789", status = "Active", serviceLevel = "managed_legacy",
    type = "CLOUD", link = via("CLOUD/RAN2823") },
}

local contacts_path = "CLOUD/3784384/contacts"

local contacts = {
  { contactNumber = "RPN-123-456-789", firstName = "John", lastName = "Doe", title = "Mr",
    suffix = "N/A", username = "jdoe", rcn = "RCN-123-456-789", lastUpdatedBy = "user1",
    lastUpdatedDate = "2015-04-21T18:00:00.000Z",
    link = via(contacts_path .. "/RPN-123-456-789"),
    roles = { role = { "BILLING", "PRIMARY" } },
    addresses = { address = {
      { street = "5000 Walzem Road", city = "San Antonio", state = "Texas", country = "US",
        zipcode = "78218", primary = true },
      { street = "1 Main", city = "Austin", state = "Texas", country = "US",
        zipcode = "78701" } } },
    emailAddresses = { emailAddress = {
      { address = "john.doe@example.com", primary = true } } },
    phoneNumbers = { phoneNumber = { { country = "US", mask = "(###)-###-####",
      number = "2105550100", smsVerify = false, primary = true } } },
    notificationPreferences = { doNotFax = true, doNotCall = false, doNotEmail = false,
      doNotMail = true, doNotSurvey = false } },
  { contactNumber = "RPN-000-000-001", firstName = "Zoë", lastName = "O'Brien",
    rcn = "RCN-123-456-789", roles = { role = { "TECHNICAL" } } },
}

describe("XML", function()
  it("gives what the JSON sample beside it gives", function()
    for _, twin in ipairs(twins) do
      local from_xml, asked = of(twin[1] .. ".xml", twin[2])
      local from_json, otherwise = of(twin[1] .. ".json", twin[2])
      assert.same(from_json, from_xml)
      assert.same({ "application/xml", "application/json" }, { asked, otherwise })
    end
  end)

  it("gives the accounts of its own sample, and their links", function()
    local page, asked = of("accounts.xml", function(rs)
      return rs.accounts:list():pages()()
    end)
    assert.equal("application/xml", asked)
    local base = "https://customer.api.rackspacecloud.com/v1/customer_accounts"
    assert.same({ current = base, self = base .. "?limit=50&direction=backward",
      previous = base .. "?limit=50&direction=forward&marker=CLOUD%3A19293384938",
      last = base .. "?limit=50&direction=backward&marker=last",
      next = base .. "?limit=50&marker=CLOUD%3A19293384938&direction=backward" }, page.links)
    page.links = nil
    assert.same(accounts, page)
    assert.equal(math.type and "integer" or nil, math.type and math.type(page[1].number))
  end)

  it("gives contacts with lists, booleans and links", function()
    local page = of("contacts.xml", function(rs) return rs.contacts:list(account):pages()() end)
    assert.same({ next = "https://customer.api.rackspacecloud.comm/v1/customer_accounts/" ..
      contacts_path .. "?marker=1&limit=3" }, page.links)
    page.links = nil
    assert.same(contacts, page)
  end)

  it("gives the texts of elements, in a list that has its counts beside it", function()
    local op = { items = "customers", returns = "Customer", records = { Customer = {
      { name = "name", type = "string" }, { name = "accountNumber", type = "string" } } } }
    local head = '<customerList xmlns="urn:xml:customerList"><offset>0</offset>' ..
      "<size>50</size><total>2</total>"
    assert.same({ offset = 0, size = 50, total = 2, customers = {
      { name = "A & B", accountNumber = "001" }, { name = "", accountNumber = "2" } } },
      xml.decode(head .. "<customers><customer><name>A &amp; B</name>" ..
        "<accountNumber>001</accountNumber></customer><customer><name/>" ..
        "<accountNumber>2</accountNumber></customer></customers></customerList>", op))
    for _, empty in ipairs{ "<customers/>", "<customers>\n</customers>", "" } do
      assert.same({ offset = 0, size = 50, total = 2, customers = {} },
        xml.decode(head .. empty .. "</customerList>", op))
    end
    op.items = nil
    assert.same({ name = "x", later = "y", more = { a = "1" } },
      xml.decode('<customer xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' ..
        '<name>x</name><later>y</later><more a="1"/><accountNumber xsi:nil="true"/>' ..
        "</customer>", op))
  end)

  it("writes rel in lower case", function()
    local rs = session('<x><link rel="SELF" href="h"/><customerAccount id="1">' ..
      '<link rel="VIA" href="h"/></customerAccount></x>')
    local page = rs.accounts:list():pages()()
    assert.equal("h", page.links.self)
    assert.equal("via", page[1].link[1].rel)
  end)

  it("is asked for by the session or by the call, which counts more", function()
    local function asked_for(requests)
      local formats = {}
      for i, request in ipairs(requests) do
        formats[i] = request.headers.Accept:match("%l+$")
      end
      return formats
    end
    local rs, requests = session("<a/>", {})
    rs.accounts:get(account)
    rs.accounts:get(account, { format = "xml" })
    rs.accounts:list{ format = "xml" }:totable()
    assert.same({ "json", "xml", "xml" }, asked_for(requests))
    rs, requests = session("<a/>", { format = "xml" })
    rs.accounts:get(account)
    rs.accounts:get(account, { format = "json" })
    rs.identity:tenants()
    assert.same({ "xml", "json", "json" }, asked_for(requests))
  end)

  it("is refused where there is none", function()
    local rs = session("")
    assert.equal([[identity.tenants: 'format' can't be "xml": there is only JSON here]],
      raises(function() rs.identity:tenants{ format = "xml" } end))
    assert.equal([[accounts.get: 'format' must be "json" or "xml", not 'yaml']],
      raises(function() rs.accounts:get(account, { format = "yaml" }) end))
    local open, requests = session('{"rcn":"RCN-1"}', { dialect = "openapi", format = "xml" })
    assert.matches("there is only JSON here",
      raises(function() open.accounts:get("RCN-1", { format = "xml" }) end))
    assert.equal("RCN-1", open.accounts:get("RCN-1").rcn)
    assert.equal("application/json", requests[1].headers.Accept)
  end)

  it("takes JSON that comes all the same", function()
    local rs = session('{"id":"1"}')
    assert.same({ id = "1" }, rs.accounts:get(account))
  end)

  it("tells of an answer that is none", function()
    local deep = ("<a>"):rep(101) .. ("</a>"):rep(101)
    local bomb = '<!DOCTYPE a [<!ENTITY b "c">]><a id="&b;"/>'
    for _, case in ipairs{ { "<a>", "" }, { "<a></b>", "mismatched tag" },
      { "<a/><b/>", "junk after" }, { deep, "nested too deeply" },
      { bomb, "declares a document type" }, { "<a b='1' b='2'/>", "duplicate" } } do
      local value, message, err = session(case[1]).accounts:get(account)
      assert.is_nil(value)
      assert.equal("protocol", err.kind)
      assert.matches("the answer is not XML %(.*" .. case[2], message)
    end
    local _, _, err = session("<html></html>").accounts:get(account)
    assert.matches("an HTML page came", err.message)
  end)

  it("has faults, which become errors like any other", function()
    local rs = session('<?xml version="1.0"?><notFound xmlns="urn:x" code="404">' ..
      "<message>No such &lt;account&gt;</message><details>d</details></notFound>", nil, 404)
    local _, message, err = rs.accounts:get(account)
    assert.equal("accounts.get: 404 No such <account>", message)
    assert.same({ "not_found", "notFound", "d" }, { err.kind, err.code, err.details })
  end)

  it("needs lua-expat, and says so before anything is sent", function()
    -- Nothing else takes a module away that is installed.
    local loaded, preload = package.loaded.lxp, package.preload.lxp
    package.loaded.lxp = nil
    package.preload.lxp = function() error("not here") end
    local rs, requests = session("<a/>")
    local value, message, err = rs.accounts:get(account)
    local json = rs.accounts:get(account, { format = "json" })
    package.loaded.lxp, package.preload.lxp = loaded, preload
    assert.is_nil(value)
    assert.is_nil(json) -- the answer is XML
    assert.equal("config", err.kind)
    assert.matches('format = "xml" needs lua%-expat', message)
    assert.equal(1, #requests)
  end)
end)
