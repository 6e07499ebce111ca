--- tickets_spec.lua - Ticketing v2 as a script sees it
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local sandbox = { new = require("rackspace").sandbox }
local stub = require("spec.support.stub")

local media_type = "application/vnd.ticketing.v2+json"

local function ticketing(handler)
  return stub.session(handler, { endpoints = { ticketing = "http://localhost",
    resources = "http://localhost", feeds = "http://localhost" } })
end

--- A session whose every answer is the same; and what it asks.
local function answered(status, body)
  return ticketing(function() return stub.reply(status, body) end)
end

local new_ticket = { accountId = "12345", subject = "Disk",
  category = "Incident", subcategory = "Other" }

local function with(fields)
  local copy = {}
  for _, from in ipairs{ new_ticket, fields } do
    for name, value in pairs(from) do
      copy[name] = value
    end
  end
  return copy
end

describe("what is sent of tickets", function()
  it("is of the versioned media type, both ways", function()
    local rs, asked = answered(200, { ticketId = "1" })
    assert(rs.tickets:create(new_ticket))
    assert.equal(media_type, asked[1].headers.Accept)
    assert.equal(media_type, asked[1].headers["Content-Type"])
    assert.equal("POST", asked[1].method)
    assert.equal("http://localhost/tickets", asked[1].url)
    assert.same(new_ticket, json.decode(asked[1].body))
    assert(rs.tickets:get("1"))
    assert.equal(media_type, asked[2].headers.Accept)
    assert.is_nil(asked[2].headers["Content-Type"])
  end)

  it("keeps an empty list of resources a list", function()
    local rs, asked = answered(204)
    assert.same({ resources = {} },
      assert(rs.tickets:update("1", { resources = {} })))
    assert.equal('{"resources":[]}', asked[1].body)
    assert.equal("PATCH", asked[1].method)
    assert.equal("http://localhost/tickets/1", asked[1].url)
  end)

  it("is a comment inside its member, and a status to close", function()
    local rs, asked = answered(204)
    local given = { text = "too", attachments =
      { { filename = "a.log", uuid = "1-a.log" } } }
    local echo = assert(rs.tickets:comment({ ticketId = "7" },
      given))
    assert.same(given, echo)
    assert.not_equal(given, echo)
    assert.same({ comment = given }, json.decode(asked[1].body))
    assert.equal("http://localhost/tickets/7/comments", asked[1].url)
    assert.same({ status = "Closed" }, assert(rs.tickets:close("7")))
    assert.equal('{"status":"Closed"}', asked[2].body)
  end)

  it("names resources and recipients by their records, too", function()
    local rs, asked = answered(200, { ticketId = "1" })
    local url = "https://resources.api.rackspace.com/resources/dedicated:1"
    assert(rs.tickets:create(with{
      resources = { url, { id = "dedicated:1", _links = { self = url } },
        { _links = { self = { href = url } } } },
      recipients = { "RPN-3322-23", { type = "email", value = "a@b.c" } } }))
    local sent = json.decode(asked[1].body)
    assert.same({ url, url, url }, sent.resources)
    assert.same({ "RPN-3322-23", "a@b.c" }, sent.recipients)
  end)

  it("is PUT where PATCH is not taken", function()
    for _, status in ipairs{ 405, 501 } do
      local rs, asked = ticketing(function(request)
        return stub.reply(request.method == "PUT" and 204 or status)
      end)
      assert.same({ status = "Closed" }, assert(rs.tickets:close("1")))
      assert.same({ "PATCH", "PUT" }, { asked[1].method, asked[2].method })
      assert.equal(asked[1].body, asked[2].body)
    end
    local methods = {}
    local plain = assert(rackspace.new{ token = "a-token-of-the-spec",
      patch = false, transport = function(request)
        methods[#methods + 1] = request.method
        return { status = 204 }
      end })
    assert(plain.tickets:update("1", { status = "Closed" }))
    assert.same({ "PUT" }, methods)
    local rs, asked = answered(405)
    local closed, _, err = rs.tickets:close("1")
    assert.is_nil(closed)
    assert.same({ 405, 2, 2 }, { err.status, err.attempts, #asked })
    rs, asked = answered(404)
    assert.is_nil((rs.tickets:close("1")))
    assert.equal(1, #asked)
  end)
end)

describe("what is answered of tickets", function()
  it("succeeds with 200, 201 and 204, and an empty body", function()
    for _, status in ipairs{ 200, 201, 204 } do
      local rs = answered(status, "")
      assert.same({ text = "x" }, rs.tickets:comment("1", { text = "x" }))
    end
    local rs = answered(201, { ticketId = "9" })
    assert.equal("9", rs.tickets:create(new_ticket).ticketId)
    assert.equal("9", rs.tickets:update("9", { status = "Closed" }).ticketId)
  end)

  it("is an empty answer's error where something must come", function()
    local rs = answered(200, "")
    local ticket, _, err = rs.tickets:create(new_ticket)
    assert.is_nil(ticket)
    assert.equal("protocol", err.kind)
  end)

  it("has the show's fields in lists, too", function()
    local rs = answered(200, '{"total":3,"tickets":[' ..
      '{"ticketId":"1","createdAt":"0001-01-01T00:00:00Z","recipients":null},' ..
      '{"ticketId":"2","createdAt":"2025-07-22T01:02:03Z"},' ..
      '{"ticketId":"3","created":"2025-07-23T01:02:03Z",' ..
      '"modified":"0001-01-01T00:00:00Z"}]}')
    assert.same({ { ticketId = "1" },
      { ticketId = "2", created = "2025-07-22T01:02:03Z" },
      { ticketId = "3", created = "2025-07-23T01:02:03Z" } },
      rs.tickets:list():totable())
  end)

  it("is a fault with its code", function()
    local rs = answered(404, { status = 404, faultCode = "ticketNotFound",
      message = "Ticket with this ID could not be found",
      moreInfo = "docs/ticketing/general-api-info/faults/#ticketNotFound" })
    local ticket, message, err = rs.tickets:get("1")
    assert.is_nil(ticket)
    assert.equal("tickets.get: 404 Ticket with this ID could not be found",
      message)
    assert.same({ "not_found", "ticketNotFound" }, { err.kind, err.code })
    local bare = answered(404, "")
    assert.equal("not_found", select(3, bare.tickets:close("1")).kind)
  end)
end)

describe("mistakes with tickets", function()
  local rs, asked = answered(200, { accounts = { { id = "12345",
    severities = { "Low", "Normal" } } } })

  local function mistake(text, fn)
    assert.equal(text, raises(fn))
  end

  it("are told where they are made, before anything is sent", function()
    mistake("tickets.create: 'accountId' is missing",
      function() rs.tickets:create{} end)
    mistake("tickets.create: unknown parameter 'sujbect' (did you mean " ..
      "'subject'?)", function() rs.tickets:create(with{ sujbect = "x" }) end)
    mistake("tickets.create: 'category' must be one of Account, Billing and " ..
      "Payments, Request for Information, Change, Incident, not 'Incidents' " ..
      "(did you mean 'Incident'?)",
      function() rs.tickets:create(with{ category = "Incidents" }) end)
    mistake("tickets.create: 'comment' has no 'text', which it needs",
      function() rs.tickets:create(with{ comment = {} }) end)
    mistake("tickets.create: 'resources' has an item 1 that must be a " ..
      "resource's URL or its record",
      function() rs.tickets:create(with{ resources = { "dedicated:1" } }) end)
    mistake("tickets.create: 'recipients' has an item 1 that must be a " ..
      "person's number or an address, or a record that has it as 'value'",
      function() rs.tickets:create(with{ recipients = { {} } }) end)
    mistake("tickets.update: 'status' or 'resources' is missing",
      function() rs.tickets:update("1", {}) end)
    mistake("tickets.comment: 'text' is missing",
      function() rs.tickets:comment("1") end)
    mistake("tickets.resources: 'limit' must be at most 500",
      function() rs.tickets:resources{ limit = 501 } end)
    assert.equal(0, #asked)
  end)

  it("are told of severities when the account's are known", function()
    assert(rs.tickets:create(with{ severity = "Urgent" }))
    assert(rs.tickets:accounts())
    local before = #asked
    mistake("tickets.create: 'severity' must be one of Low, Normal for " ..
      "12345, not 'Urgent'",
      function() rs.tickets:create(with{ severity = "Urgent" }) end)
    assert.equal(before, #asked)
    assert(rs.tickets:create(with{ severity = "Low" }))
    assert(rs.tickets:create(with{ severity = "Urgent", accountId = "2" }))
  end)

  it("are told of subcategories by the account's product when categories are known", function()
    local bodies = { accounts = { { id = "gcp-1", type = { id = "managed_gcp" } } },
      categories = { { id = 5, name = "Incident", subcategories = {
        { name = "General", allowedProducts = { "hybrid" } },
        { name = "Other", allowedProducts = { "cloud", "faws" } },
        { name = "Cohesity", allowedProducts = { "cloud" } },
        { name = "Google", allowedProducts = { "managed_gcp" } } } },
        { id = 6, name = "Incidents" } } }
    local session, sent = stub.session(function(request)
      local name = request.url:match("/(%a+)$")
      return stub.reply(200, bodies[name] and { [name] = bodies[name] } or { ticketId = "1" })
    end)
    local function create(account, subcategory, category)
      return session.tickets:create(with{ accountId = account, subcategory = subcategory,
        category = category or "Incident" })
    end
    assert(create("hybrid:1", "Other"))
    assert(session.tickets:categories())
    local before = #sent
    mistake("tickets.create: 'subcategory' must be General for hybrid:1, an account of hybrid, "
      .. "not 'Other'", function() create("hybrid:1", "Other") end)
    mistake("tickets.create: 'subcategory' must be Other or Cohesity for 12345, an account of "
      .. "cloud, not 'General'", function() create("12345", "General") end)
    mistake("tickets.create: 'subcategory' must be Other for faws:7, an account of faws, not "
      .. "'Cohesity'", function() create("faws:7", "Cohesity") end)
    assert.equal(before, #sent)
    for account, subcategory in pairs{ ["hybrid:1"] = "General", ["dedicated:1"] = "General",
      ["1"] = "Cohesity", ["faws:7"] = "Other", ["odd:1"] = "Anything",
      ["gcp-1"] = "Other" } do
      assert(create(account, subcategory))
    end
    assert(create("1", "Anything", "Migration"))
    assert(create("1", "Anything", "Incidents"))
    assert(session.tickets:accounts())
    mistake("tickets.create: 'subcategory' must be Google for gcp-1, an account of managed_gcp, "
      .. "not 'Other'", function() create("gcp-1", "Other") end)
    assert(create("gcp-1", "Google"))
  end)
end)

describe("tickets in the sandbox", function()
  local box, rs

  before_each(function()
    box = assert(sandbox.new{ limits = false })
    rs = assert(rackspace.new{ sandbox = box })
  end)

  it("are opened, listed, shown, commented and closed", function()
    local before = rs.tickets:list():total()
    local device = rs.tickets:resources()()
    local ticket = assert(rs.tickets:create{ accountId = device.accountId,
      subject = "A disk fails", category = "Incident",
      subcategory = "Other", severity = "Emergency",
      comment = { text = "sda" }, resources = { device },
      recipients = { "a@b.c" } })
    assert.equal("General", ticket.subcategory)
    assert.equal("Pending Rackspace", ticket.status)
    assert.same({ { type = "email", value = "a@b.c" } }, ticket.recipients)
    assert.same({ device._links.self }, ticket.resources)
    assert.equal(before + 1, rs.tickets:list():total())
    local found = assert(rs.tickets:list{ subject = "A DISK" }:totable())
    assert.equal(1, #found)
    assert.equal(ticket.ticketId, found[1].ticketId)
    assert.is_nil(found[1].recipients)
    assert(rs.tickets:comment(found[1], { text = "sdb" }))
    local shown = assert(rs.tickets:get(ticket))
    assert.same({ "sda", "sdb" },
      { shown.comments[1].text, shown.comments[2].text })
    assert(rs.tickets:update(ticket.ticketId, { resources = {} }))
    assert.same({}, rs.tickets:get(ticket).resources)
    assert(rs.tickets:close(ticket))
    assert.equal("Closed", rs.tickets:get(ticket).status)
    for _, call in ipairs{ "close", "comment", "update" } do
      local done, _, err = rs.tickets[call](rs.tickets, ticket,
        ({ comment = { text = "x" }, update = { resources = {} } })[call])
      assert.is_nil(done)
      assert.same({ 400, "invalid", "badRequest" },
        { err.status, err.kind, err.code })
    end
  end)

  it("go over pages, each once, and on from a cursor", function()
    for i = 1, 9 do
      assert(rs.tickets:create(with{ accountId = "10101",
        subject = "paged " .. i }))
    end
    local seen = {}
    local pager = rs.tickets:list{ subject = "paged", limit = 2 }
    for _ = 1, 4 do
      seen[#seen + 1] = pager().subject
    end
    for ticket in rs.tickets:list{ cursor = pager:cursor() } do
      seen[#seen + 1] = ticket.subject
    end
    assert.equal("paged 9,paged 8,paged 7,paged 6,paged 5,paged 4,paged 3," ..
      "paged 2,paged 1", table.concat(seen, ","))
    assert.equal(9, pager:total())
    assert.same({ "paged 9" }, { rs.tickets:list{ subject = "PAGED",
      limit = 1, offset = 0 }().subject })
  end)

  it("are about devices, which have pages of their own", function()
    local all = assert(rs.tickets:resources{ limit = 7 }:totable())
    assert.equal(#all, rs.tickets:resources():total())
    assert.is_true(#assert(rs.tickets:resources{ status = "all" }:totable()) >
      #all)
    for device in rs.tickets:resources{ q = "firewall" } do
      assert.equal("Firewall", device.type)
    end
    local names = assert(rs.tickets:resources{ sortBy = "name",
      sort = "desc" }:totable())
    for i = 2, #names do
      assert.is_true(names[i - 1].name >= names[i].name)
    end
  end)

  it("have a category, with a subcategory for each product", function()
    local categories = assert(rs.tickets:categories())
    local names = {}
    for i, category in ipairs(categories) do
      names[i] = category.name
    end
    assert.same({ "Account", "Billing and Payments", "Change",
      "Request for Information", "Incident" }, names)
    assert.same({ 3, "Change" }, { categories[3].id,
      categories[3].classification })
    assert.same({ { name = "General", allowedProducts = { "hybrid" } },
      { name = "Other", allowedProducts = { "cloud", "faws", "managed_gcp" } },
    }, categories[1].subcategories)
    local ticket = assert(rs.tickets:create(with{ accountId = "10101",
      category = names[4], subcategory = "Other" }))
    assert.same({ names[4], "Other", "Service Request" },
      { ticket.category, ticket.subcategory, ticket.classification })
  end)

  it("take the roles of the account's kind", function()
    local function as(number)
      local user = box:describe().users[number]
      return assert(rackspace.new{ sandbox = box, username = user.username,
        api_key = user.api_key })
    end
    local function refused(role, done, message, err)
      assert.is_nil(done)
      assert.same({ 403, "forbidden" }, { err.status, err.kind })
      assert.is_truthy(message:find(role, 1, true))
    end
    local second, careful = as(2), as(3)
    local seen = assert(second.tickets:list()())
    assert.equal("observer", second.tickets:get(seen).permission)
    refused("ticketing:admin", second.tickets:comment(seen, { text = "x" }))
    refused("ticketing:admin", second.tickets:close(seen))
    refused("dedicated:default", second.tickets:resources():totable())
    assert(careful.tickets:create(with{ accountId = "10101" }))
    refused("account_admin or edit_ticket", careful.tickets:create(with{
      accountId = "hybrid:5342844" }))
    local permissions = {}
    for _, account in ipairs(careful.tickets:accounts()) do
      permissions[account.type.id] = account.permission
    end
    assert.same({ cloud = "admin", hybrid = "observer", faws = "admin" },
      permissions)
    local own = rs.tickets:list{ subject = "more servers" }:totable()
    assert.is_true(#own > 1)
    local hidden, _, err = second.tickets:get(own[#own])
    assert.is_nil(hidden)
    assert.equal("ticketNotFound", err.code)
  end)

  it("are limited as documented, on the sandbox's clock", function()
    local now = os.time()
    box = assert(sandbox.new{ clock = function() return now end })
    rs = assert(rackspace.new{ sandbox = box, limits = false, retries = 0 })
    local ticket = assert(rs.tickets:create(with{ accountId = "10101" }))
    local again, _, err = rs.tickets:create(with{ accountId = "10101" })
    assert.is_nil(again)
    assert.same({ 429, "throttled", 60 },
      { err.status, err.kind, err.retry_after })
    for _ = 1, 5 do
      assert(rs.tickets:comment(ticket, { text = "x" }))
    end
    err = select(3, rs.tickets:comment(ticket, { text = "x" }))
    assert.equal("throttled", err.kind)
    box:advance(err.retry_after)
    assert(rs.tickets:comment(ticket, { text = "x" }))
    assert(rs.tickets:create(with{ accountId = "10101" }))
  end)
end)

describe("the feed of tickets' events", function()
  local box, rs, account

  local function terms_of(event)
    local terms = {}
    for _, category in ipairs(event.category) do
      local name, value = category.term:match("^(%l+):(.*)$")
      terms[name] = value
    end
    return terms
  end

  before_each(function()
    box = assert(sandbox.new{ limits = false })
    rs = assert(rackspace.new{ sandbox = box })
    account = "hybrid:5342844"
  end)

  local function create(subject)
    return assert(rs.tickets:create(with{ accountId = account,
      subject = subject }))
  end

  it("is asked for at its own service, by its own media type", function()
    local feed, asked = answered(200, { feed = {} })
    assert.same({}, feed.tickets:events("hybrid:12345"):totable())
    assert.equal("http://localhost/consolidated_ticketing/events/" ..
      "hybrid:12345?direction=backward", asked[1].url)
    assert.equal("application/vnd.rackspace.atom+json",
      asked[1].headers.Accept)
    assert.same({}, feed.tickets:events({ id = "12345" },
      { marker = "urn:uuid:1" }):totable())
    assert.equal("http://localhost/consolidated_ticketing/events/12345?" ..
      "marker=urn%3Auuid%3A1&direction=forward", asked[2].url)
  end)

  it("has one for each create, update and comment, newest first", function()
    local before = #assert(rs.tickets:events(account):totable())
    local ticket = create("one")
    assert(rs.tickets:comment(ticket, { text = "x" }))
    assert(rs.tickets:close(ticket))
    local events = assert(rs.tickets:events(account):totable())
    assert.equal(before + 3, #events)
    local types = {}
    for i = 1, 3 do
      local terms = terms_of(events[i])
      assert.same({ account, ticket.ticketId }, { terms.tid, terms.rid })
      types[i] = terms.type
    end
    local update = "consolidatedticketing.update.ticket.update.hybrid"
    assert.same({ update, update,
      "consolidatedticketing.create.ticket.create.hybrid" }, types)
    assert.equal("Closed", events[1].content.event.product.status)
  end)

  it("goes on to older ones page by page, and on from a cursor", function()
    for i = 1, 7 do
      create("n" .. i)
    end
    local all = assert(rs.tickets:events(account):totable())
    for limit = 1, 4 do
      local pager, seen = rs.tickets:events(account, { limit = limit }), {}
      for _ = 1, 3 do
        seen[#seen + 1] = pager().id
      end
      for event in rs.tickets:events(account, { cursor = pager:cursor() }) do
        seen[#seen + 1] = event.id
      end
      for i, event in ipairs(all) do
        assert.equal(event.id, seen[i])
      end
      assert.equal(#all, #seen)
    end
    local older = assert(rs.tickets:events(account,
      { marker = all[4].id, direction = "backward" }):totable())
    assert.same({ #all - 4, all[5].id }, { #older, older[1].id })
  end)

  it("gives what is new since a marker, oldest first, and without its own", function()
    create("old")
    local last = rs.tickets:events(account)().id
    assert.same({}, rs.tickets:events(account, { marker = last }):totable())
    local ids = {}
    for i = 1, 5 do
      create("new " .. i)
      ids[i] = rs.tickets:events(account)().id
    end
    for _, limit in ipairs{ 1, 2, 3, 5, 25 } do
      local found = {}
      local pager = rs.tickets:events(account,
        { marker = last, limit = limit })
      for _ = 1, 2 do
        found[#found + 1] = pager().id
      end
      for event in rs.tickets:events(account, { cursor = pager:cursor() }) do
        found[#found + 1] = event.id
      end
      assert.same(ids, found)
    end
  end)
end)
