--- 95-records-given-back_spec.lua - what one call gave, another takes
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local rackspace = require("rackspace")
local stub = require("spec.support.stub")

local unpack = table.unpack or unpack -- luacheck: ignore 143

local OPENAPI = { dialect = "openapi" }

-- Records as services give them, with more than the calls need.
local cloud = { id = "10101", number = 10101, type = "CLOUD", tenantId = "10101", domain = "7",
  rcn = "RCN-1-2-3", name = "n", status = "Active" }
local hosted = { id = "12", type = "MANAGED_HOSTING", tenantId = "hybrid:12", rcn = "rcn:77" }
local open_account = { rcn = "CUST 7", name = "n", contacts = {}, metadata = {} }
local hybrid = { id = "hybrid:12", name = "n", type = { id = "hybrid", name = "Dedicated" },
  rcn = "RCN-1-2-3", severities = { "Low" } }
local ticket = { ticketId = "180404-1", accountId = "faws:5", status = "Solved", subject = "s" }
local event = { id = "urn:uuid:1", category = { { term = "tid:hybrid:12" },
  { term = "rid:180404-9" }, { term = "type:x" } } }
local contact = { contactNumber = "RPN-1-2-3", firstName = "A", username = "u", rcn = "RCN-1-2-3",
  emailAddresses = { emailAddress = { { address = "a@example.com", primary = true } } } }
local open_contact = { id = "c-7", email = "b@example.com", roles = {} }
local recipient = { id = "RPN-4-5-6", firstName = "B", email = "c@example.com", roles = {} }
local author = { id = "RPN-7-8-9", name = "C", roles = { "racker" }, type = "customer" }
local entry = { key = "support:level", value = "high", category = "support" }
local user = { id = "161", username = "demo", email = "d@example.com",
  ["RAX-AUTH:domainId"] = "9" }
local customer = { name = "n", accountNumber = "123", referenceNumber = "49" }
local comment = { id = "1", text = "t", created = "2018-04-03T16:44:27.644Z", author = author,
  format = "bbcode", attachments = { { uuid = "u-f.log", filename = "f.log", size = 7,
    url = "https://storage.example.com/f" } } }
local category = { id = 9, name = "Migrations", classification = "Change",
  subcategories = { { name = "Cohesity", allowedProducts = { "cloud" } } } }
local resource = { id = "dedicated:1", accountId = "hybrid:12", name = "n",
  _links = { self = "https://resources.example.com/resources/dedicated:1" } }

--- The parameters of a new ticket, with others.
local function new_ticket(values)
  local copy = { accountId = "1", subject = "s", category = "Incident", subcategory = "Other" }
  for name, value in pairs(values) do
    copy[name] = value
  end
  return copy
end

-- What is called, with a record that another call gave; and what is asked.
local requests_of = {
  { "accounts.get", { cloud }, "/customer_accounts/CLOUD/10101" },
  { "accounts.get", { hybrid }, "/customer_accounts/MANAGED_HOSTING/12" },
  { "accounts.get", { ticket }, "/customer_accounts/FANATICAL_SUPPORT_FOR_AWS/5" },
  { "accounts.get", { resource }, "/customer_accounts/MANAGED_HOSTING/12" },
  { "accounts.history", { { id = "9", type = { id = "cloud" } } },
    "/customer_accounts/CLOUD/9/history" },
  { "accounts.status_history", { cloud }, "/customer_accounts/CLOUD/10101/status_history" },
  { "accounts.get", { open_account, OPENAPI }, "/customer_accounts/CUST%207" },
  { "accounts.get", { open_account.rcn, OPENAPI }, "/customer_accounts/CUST%207" },
  { "accounts.get", { hosted.rcn, OPENAPI }, "/customer_accounts/rcn%3A77" },
  { "accounts.get", { hosted, OPENAPI }, "/customer_accounts/rcn%3A77" },
  { "accounts.get", { contact, OPENAPI }, "/customer_accounts/RCN-1-2-3" },
  { "accounts.customer_history", { open_account, OPENAPI }, "/customers/CUST%207/history" },
  { "accounts.customer_history", { { rcn = "RCN-9", date = "x" }, OPENAPI },
    "/customers/RCN-9/history" },
  { "accounts.list", { { marker = cloud } }, "/customer_accounts?marker=CLOUD%3A10101" },
  { "accounts.list", { { metadataKey = entry, metadataValue = entry } },
    "/customer_accounts?metadataKey=support%3Alevel&metadataValue=high" },
  { "accounts.list", { { domain = cloud } }, "/customer_accounts?domain=7" },
  { "accounts.list", { { domain = user } }, "/customer_accounts?domain=9" },
  { "contacts.get", { cloud, contact }, "/customer_accounts/CLOUD/10101/contacts/RPN-1-2-3" },
  { "contacts.get", { cloud, author }, "/customer_accounts/CLOUD/10101/contacts/RPN-7-8-9" },
  { "contacts.get", { cloud, { type = "contact", value = "RPN-3" } },
    "/customer_accounts/CLOUD/10101/contacts/RPN-3" },
  { "contacts.get", { hybrid, recipient },
    "/customer_accounts/MANAGED_HOSTING/12/contacts/RPN-4-5-6" },
  { "contacts.get", { open_account, open_contact, OPENAPI },
    "/customer_accounts/CUST%207/contacts/c-7" },
  { "contacts.list", { cloud, { username = user, emailAddress = user } },
    "/customer_accounts/CLOUD/10101/contacts?username=demo&emailAddress=d%40example.com" },
  { "contacts.list", { cloud, { emailAddress = contact.emailAddresses.emailAddress[1] } },
    "/customer_accounts/CLOUD/10101/contacts?emailAddress=a%40example.com" },
  { "metadata.get", { cloud, entry }, "/customer_accounts/CLOUD/10101/metadata/support%3Alevel" },
  { "metadata.details", { hybrid, entry },
    "/customer_accounts/MANAGED_HOSTING/12/metadata/support%3Alevel/detail" },
  { "metadata.get", { open_account, entry, OPENAPI },
    "/customer_accounts/CUST%207/metadata/support%3Alevel" },
  { "tickets.get", { ticket }, "/tickets/180404-1" },
  { "tickets.get", { event }, "/tickets/180404-9" },
  { "tickets.close", { event }, "/tickets/180404-9" },
  { "tickets.events", { hosted }, "/events/hybrid:12?direction=backward" },
  { "tickets.events", { hybrid }, "/events/hybrid:12?direction=backward" },
  { "tickets.events", { ticket }, "/events/faws:5?direction=backward" },
  { "tickets.events", { event, { marker = event } },
    "/events/hybrid:12?marker=urn%3Auuid%3A1&direction=forward" },
  { "tickets.events", { { id = "5", type = "FANATICAL_SUPPORT_FOR_AWS" } },
    "/events/faws:5?direction=backward" },
  { "tickets.events", { { id = "hybrid:3", name = "n", enabled = true } },
    "/events/hybrid:3?direction=backward" },
  { "identity.user_by_id", { user }, "/users/161" },
  { "identity.credentials", { user }, "/users/161/OS-KSADM/credentials" },
  { "identity.user", { { name = user } }, "/users?name=demo" },
  { "identity.user", { { name = contact } }, "/users?name=u" },
  { "identity.users", { { email = user } }, "/users?email=d%40example.com" },
  { "email_customers.get", { customer }, "/customers/123" },
  { "email_customers.find", { { referenceNumber = customer } }, "/customers?referenceNumber=49" },
}

-- The same, of what is sent as JSON.
local bodies_of = {
  { "tickets.create", { new_ticket{ accountId = hybrid } }, { accountId = "hybrid:12" } },
  { "tickets.create", { new_ticket{ accountId = hosted } }, { accountId = "hybrid:12" } },
  { "tickets.create", { new_ticket{ accountId = cloud } }, { accountId = "10101" } },
  { "tickets.create", { new_ticket{ accountId = ticket } }, { accountId = "faws:5" } },
  { "tickets.create", { new_ticket{ category = category,
      subcategory = category.subcategories[1] } },
    { category = "Migrations", subcategory = "Cohesity" } },
  { "tickets.create", { new_ticket{ category = "Migration" } }, { category = "Migration" } },
  { "tickets.create", { new_ticket{ category = "Billing & Payment" } },
    { category = "Billing and Payments" } },
  { "tickets.create", { new_ticket{ comment = comment } }, { comment = { text = "t",
    attachments = { { uuid = "u-f.log", filename = "f.log" } } } } },
  { "tickets.comment", { ticket, comment }, { comment = { text = "t",
    attachments = { { uuid = "u-f.log", filename = "f.log" } } } } },
  { "tickets.create", { new_ticket{ recipients = { contact, open_contact, recipient, author,
      user, { type = "email", value = "e@example.com" },
      { emailAddresses = contact.emailAddresses } } } },
    { recipients = { "RPN-1-2-3", "b@example.com", "RPN-4-5-6", "RPN-7-8-9", "d@example.com",
      "e@example.com", "a@example.com" } } },
  { "tickets.update", { ticket, { resources = { resource, resource._links.self } } },
    { resources = { resource._links.self, resource._links.self } } },
  { "identity.impersonate", { { username = user } },
    { ["RAX-AUTH:impersonation"] = { user = { username = "demo" } } } },
}

local function copy_of(value)
  return json.decode((assert(json.encode(value))))
end

describe("a record that a call gave", function()
  local function call(name, arguments)
    local service, method = name:match("^(.*)%.(.*)$")
    local endpoints = { customer = "http://localhost/v1", identity = "http://localhost",
      ticketing = "http://localhost", feeds = "http://localhost", email = "http://localhost" }
    local rs, requests = stub.session(function()
      return stub.reply(200, { id = "1" })
    end, { endpoints = endpoints, email = { user_key = "u", secret_key = "s" } })
    local result = rs[service][method](rs[service], unpack(arguments))
    if type(result) == "table" and result.totable then
      result:totable()
    end
    rs:close()
    return requests[1]
  end

  it("is taken by all calls that take what it names", function()
    for i, case in ipairs(requests_of) do
      local before = copy_of(case[2])
      local url = call(case[1], case[2]).url:gsub("^http://localhost", "")
      url = url:gsub("^/v1", ""):gsub("^/v1", ""):gsub("^/consolidated_ticketing", "")
      assert.equal(case[3], url, i .. " " .. case[1])
      assert.same(before, copy_of(case[2]))
    end
  end)

  it("is taken where it is sent, with what the call takes of it", function()
    for i, case in ipairs(bodies_of) do
      local before = copy_of(case[2])
      local sent = json.decode(call(case[1], case[2]).body)
      for name, value in pairs(case[3]) do
        assert.same(value, sent[name], i .. " " .. case[1] .. " " .. name)
      end
      assert.same(before, copy_of(case[2]))
    end
  end)

  it("may be changed and be sent back", function()
    local sent = call("email_customers.update", { customer, { name = "N", accountNumber = "123",
      referenceNumber = "50" } })
    assert.equal("name=N&referenceNumber=50", sent.body)
    assert.equal("http://localhost/v1/customers/123", sent.url)
  end)

  it("is a setting of another session", function()
    local rs = assert(rackspace.new{ token = { token = "t", expires = "x" },
      tenant = { id = "10101", name = "10101", enabled = true }, transport = error })
    assert.equal("10101", rs.settings.credentials.tenant)
    assert.equal("t", rs.settings.credentials.token:reveal())
  end)

  it("is refused, with what it lacks, where it names nothing", function()
    for text, case in pairs{
      ["contacts.get: 'contactNumber' is a record without 'contactNumber' or 'id' or 'value'"] =
        { "contacts.get", { cloud, { firstName = "A" } } },
      ["tickets.get: 'ticketId' is a record without 'ticketId'"] = { "tickets.get", { cloud } },
      ["tickets.events: 'accountId' is a record without an account's 'id'"] =
        { "tickets.events", { {} } },
      ["metadata.get: 'metadataKey' is a record without 'key'"] =
        { "metadata.get", { cloud, { value = "x" } } },
      ["tickets.comment: unknown parameter 'txt' (did you mean 'text'?)"] =
        { "tickets.comment", { ticket, { txt = "t" } } },
      ["email_customers.update: unknown parameter 'nmae' (did you mean 'name'?)"] =
        { "email_customers.update", { customer, { nmae = "N" } } },
    } do
      local _, problem = pcall(call, case[1], case[2])
      assert.matches(text, problem, 1, true)
    end
    assert.is_false(pcall(call, "accounts.get", { { id = "managed_gcp:1", type = { id = "x" } } }))
    assert.is_false(pcall(call, "accounts.get", { "CLOUD/10101", OPENAPI }))
    assert.is_false(pcall(call, "accounts.get", { "CLOUD:10101", OPENAPI }))
  end)
end)

describe("records of the sandbox", function()
  it("go from each list to the calls that take them, in both dialects", function()
    for _, dialect in ipairs{ "reference", "openapi" } do
      local rs = assert(rackspace.new{ sandbox = true, dialect = dialect, limits = false })
      for account in rs.accounts:list() do
        assert(rs.accounts:get(account))
        local contacts = assert(rs.contacts:list(account):totable(2))
        for _, person in ipairs(contacts) do
          assert(rs.contacts:get(account, person))
        end
        for _, item in ipairs(assert(rs.metadata:entries(account))) do
          assert(rs.metadata:get(account, item))
          assert(rs.metadata:details(account, item))
        end
      end
      for _, account in ipairs(assert(rs.tickets:accounts())) do
        assert(rs.tickets:events(account):totable(1))
        if dialect == "reference" then -- Ticketing doesn't tell every type
          local found, _, err = rs.accounts:get(account)
          assert.equal(account.id, found and found.tenantId or account.id)
          assert.is_true(found ~= nil or account.type.id == "cloud" and err.status == 404)
        end
      end
      for item in rs.tickets:list() do
        assert(rs.tickets:get(item))
      end
      rs:close()
    end
  end)

  it("make a ticket of nothing but what lists gave", function()
    local rs = assert(rackspace.new{ sandbox = true, limits = false })
    local categories = assert(rs.tickets:categories())
    for _, account in ipairs(assert(rs.tickets:accounts())) do
      local first = categories[1]
      for _, subcategory in ipairs(first.subcategories) do
        local fits = subcategory.allowedProducts[1] == "hybrid"
        if fits == (account.id:find("^hybrid:") ~= nil) then
          assert(rs.tickets:create{ accountId = account, subject = "s", category = first,
            subcategory = subcategory, severity = account.severities[1] })
        end
      end
    end
    rs:close()
  end)
end)
