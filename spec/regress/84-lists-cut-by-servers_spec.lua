--- 84-lists-cut-by-servers_spec.lua - lists are read to their end
-- SPDX-License-Identifier: MIT
local paged = require("spec.support.paged")
local rackspace = require("rackspace")
local stub = require("spec.support.stub")

local walk = paged.walk

--- The records of a text of ids.
local function records(ids, name)
  local list = {}
  for id in ids:gmatch("%S+") do
    list[#list + 1] = { [name] = id }
  end
  return list
end

--- A session whose next response has a body made of the next page by
-- body_of(page). After the last page come pages without items.
local function serving(pages, body_of)
  return stub.session(function(_, count)
    return stub.reply(200, body_of(pages[count] or { "" }))
  end, { endpoints = { ticketing = "http://localhost", feeds = "http://localhost",
    customer = "http://localhost", identity = "http://localhost/v2.0" } })
end

local function feed(pages)
  return serving(pages, function(page)
    return { feed = { entry = records(page[1], "id"), link = page.link } }
  end)
end

local function tickets(pages)
  return serving(pages, function(page)
    return { tickets = records(page[1], "ticketId"), total = page.total,
      _links = page.links }
  end)
end

local function ticket_ids(pager)
  local ids = {}
  for ticket in pager do
    ids[#ids + 1] = ticket.ticketId
  end
  return table.concat(ids, " ")
end

--- The parameters of a request's query, by name.
local function query_of(request)
  local query = {}
  for name, value in request.url:gmatch("[?&]([^=&]+)=([^&]*)") do
    query[name] = value
  end
  return query
end

describe("a walk by markers", function()
  it("goes on after a page that the server cut", function()
    local rs, requests = feed{ { "1 2" }, { "3 4" }, { "5" } }
    local pager = rs.tickets:events("1", { limit = 1000 })
    assert.equal("1 2 3 4 5", walk(pager))
    assert.equal(4, #requests)
    assert.equal("5", query_of(requests[4]).marker)
    assert.is_true(pager:complete())
  end)

  it("gives no page for the one that only tells of the end", function()
    local sizes = {}
    for page in feed{ { "1 2" }, { "3" } }.tickets:events("1"):pages() do
      sizes[#sizes + 1] = #page
    end
    assert.same({ 2, 1 }, sizes)
    for page in feed{}.tickets:events("1"):pages() do
      sizes[#sizes + 1] = #page
    end
    assert.same({ 2, 1, 0 }, sizes)
  end)

  it("asks no further where links say that a page is the last", function()
    local on = { { rel = "self", href = "/x" }, { rel = "next", href = "/x?marker=2" } }
    local last = { { rel = "self", href = "/x" }, { rel = "previous", href = "/x?marker=3" } }
    local rs, requests = feed{ { "1 2", link = on }, { "3", link = last } }
    assert.equal("1 2 3", walk(rs.tickets:events("1")))
    assert.equal(2, #requests)
  end)

  it("goes on where a page has no link but to itself", function()
    local self = { { rel = "self", href = "/x" } }
    assert.equal("1 2 3", walk(feed{ { "1 2", link = self }, { "3", link = self } }
      .tickets:events("1")))
  end)

  it("goes on from the last item that has an id", function()
    local rs, requests = serving({ { "1 2" } }, function(page)
      local list = records(page[1], "id")
      list[#list + 1] = #list > 0 and { title = "no id" } or nil
      return { feed = { entry = list } }
    end)
    assert.equal(3, #rs.tickets:events("1"):totable())
    assert.equal("2", query_of(requests[2]).marker)
  end)

  it("ends when the server passes over the marker", function()
    local rs, requests = feed{ { "1 2" }, { "1 2" }, { "1 2" } }
    assert.equal("1 2", walk(rs.tickets:events("1")))
    assert.equal(2, #requests)
  end)

  --- A feed of ten, newest first, whose pages begin with the marker's own item.
  local function inclusive(options)
    local rs, requests = stub.session(function(request)
      local query, list = query_of(request), {}
      local from = tonumber(query.marker) or 1
      for i = from, math.min(10, from + (tonumber(query.limit) or 25) - 1) do
        list[#list + 1] = { id = tostring(i) }
      end
      return stub.reply(200, { feed = { entry = list } })
    end, { endpoints = { feeds = "http://localhost", identity = "http://localhost/v2.0" } })
    return walk(rs.tickets:events("1", options)), #requests
  end

  it("takes a marker that includes its item, with any limit", function()
    for limit = 1, 11 do
      assert.equal("1 2 3 4 5 6 7 8 9 10", (inclusive{ limit = limit }), "limit " .. limit)
    end
  end)

  it("gives nothing of the marker that it was begun with", function()
    assert.equal("8 9 10", (inclusive{ limit = 1, marker = "7", direction = "backward" }))
    assert.equal("8 9 10", (inclusive{ limit = 5, marker = "7", direction = "backward" }))
    assert.equal("", (inclusive{ marker = "10", direction = "backward" }))
  end)
end)

describe("a walk by offsets", function()
  it("goes on after a page that the server cut, up to the total", function()
    local rs, requests = tickets{ { "1 2", total = 5 }, { "3 4", total = 5 }, { "5", total = 5 } }
    local warnings = stub.warnings(rs)
    local pager = rs.tickets:list{ limit = 100 }
    assert.equal("1 2 3 4 5", ticket_ids(pager))
    assert.equal(3, #requests)
    assert.equal("4", query_of(requests[3]).offset)
    assert.is_true(pager:complete())
    assert.same({}, warnings)
  end)

  it("goes on to a page without items where there is no total", function()
    local rs, requests = tickets{ { "1 2" }, { "3" } }
    assert.equal("1 2 3", ticket_ids(rs.tickets:list{ limit = 100 }))
    assert.equal(3, #requests)
  end)

  it("asks no further where links say that a page is the last", function()
    for _, last in ipairs{ "", { href = "" } } do
      local rs, requests = tickets{ { "1 2", links = { next = "/tickets?offset=2" } },
        { "3", links = { next = last, prev = "/tickets" } } }
      assert.equal("1 2 3", ticket_ids(rs.tickets:list{ limit = 100 }))
      assert.equal(2, #requests)
    end
  end)

  it("goes on where a link leads on, though the total is reached", function()
    local links = { next = "/tickets?offset=2" }
    local rs = tickets{ { "1 2", total = 2, links = links }, { "3", total = 2 } }
    assert.equal("1 2 3", ticket_ids(rs.tickets:list()))
  end)

  it("ends when the server passes over the offset", function()
    local rs, requests = tickets{ { "1 2" }, { "1 2" }, { "1 2" }, { "1 2" }, { "1 2" } }
    assert.equal("1 2", ticket_ids(rs.tickets:list()))
    assert.equal(3, #requests)
  end)

  it("tells doubles, over a page without items too", function()
    local rs = tickets{ { "1 2", total = 4 }, { "2 3", total = 4 } }
    stub.warnings(rs)
    assert.equal("1 2 3", ticket_ids(rs.tickets:list()))
    local linked = paged.session{ { "1 2", "?marker=a" }, { "", "?marker=b" }, { "2 3" } }
    assert.equal("1 2 3", walk(linked.accounts:list()))
  end)
end)

describe("a total that is greater than what was given", function()
  it("raises a warning at the end, and the list is not complete", function()
    local rs = tickets{ { "1 2", total = 5 }, { "3", total = 5 } }
    local events = {}
    rs:on("warning", function(event)
      events[#events + 1] = event
    end)
    local pager = rs.tickets:list()
    assert.is_false(pager:complete())
    assert.equal("1 2 3", ticket_ids(pager))
    assert.is_false(pager:complete())
    assert.same({ { operation = "tickets.list", total = 5, items = 3, message =
      "tickets.list: the list ended after 3 items; the service counts 5" } }, events)
  end)

  it("is judged from where the list began", function()
    local rs = tickets{ { "8 9", total = 9 } }
    local warnings = stub.warnings(rs)
    local pager = rs.tickets:list{ offset = 7 }
    pager:totable()
    assert.is_true(pager:complete())
    local rest = tickets{ { "1 2 3", total = 3 } }
    local first = rest.tickets:list()
    first:totable(2)
    assert.is_false(first:complete())
    local other = tickets{ { "1 2 3", total = 3 } }
    local resumed = other.tickets:list{ cursor = first:cursor() }
    assert.equal("3", ticket_ids(resumed))
    assert.is_true(resumed:complete())
    assert.same({}, warnings)
  end)

  it("is told of a list without pages, too", function()
    local rs = stub.session(function()
      return stub.reply(200, { customer_accounts = records("1 2", "rcn"), totalEntries = 1500 })
    end, { dialect = "openapi" })
    local warnings = stub.warnings(rs)
    local pager = rs.accounts:list()
    assert.equal(2, #pager:totable())
    assert.is_false(pager:complete())
    assert.equal(1, #warnings)
  end)
end)

describe("a next link that leads nowhere new", function()
  it("is the end: one without a marker, for ever", function()
    for _, href in ipairs{ "/v1/some/path", "?limit=50", "http://elsewhere/x" } do
      local pages = {}
      for i = 1, 5 do
        pages[i] = { "1 2 3", href }
      end
      local rs, requests = paged.session(pages)
      local pager = rs.accounts:list()
      assert.equal("1 2 3", walk(pager))
      assert.equal(2, #requests)
      assert.is_true(pager:complete())
    end
  end)

  it("is the end: one to its own page", function()
    local rs = paged.session{ { "1 2", "?marker=a" }, { "3 4", "?marker=a" },
      { "3 4", "?marker=a" } }
    assert.equal("1 2 3 4", walk(rs.accounts:list()))
    rs = paged.session{ { "", "?marker=a" }, { "", "?marker=a" } }
    assert.equal("", walk(rs.accounts:list()))
  end)
end)

describe("the sandbox's lists", function()
  local settings = { {}, { short_pages = true }, { inclusive = true },
    { short_pages = true, inclusive = true } }

  local function ids_by(options, service, method, ...)
    local rs = assert(rackspace.new{ sandbox = assert(rackspace.sandbox(options)),
      limits = false })
    local ids = {}
    for record in rs[service][method](rs[service], ...) do
      ids[#ids + 1] = record.id or record.ticketId or record.contactNumber or
        record.accountNumber
    end
    return table.concat(ids, " ")
  end

  it("are the same by short pages and by markers that include their item", function()
    local lists = { { "accounts", "list" }, { "contacts", "list", "CLOUD/10101" },
      { "tickets", "list" }, { "tickets", "resources" }, { "tickets", "events", "10101" },
      { "email_customers", "list" } }
    for _, list in ipairs(lists) do
      local service, method, first = list[1], list[2], list[3]
      local function ids(options, limit)
        options.accounts, options.limits = 12, false
        local wanted = { [service == "email_customers" and "size" or "limit"] = limit }
        if first then
          return ids_by(options, service, method, first, wanted)
        end
        return ids_by(options, service, method, wanted)
      end
      local whole = ids({}, nil)
      for _, options in ipairs(settings) do
        for _, limit in ipairs{ 1, 2, 3, 50 } do
          assert.equal(whole, ids(options, limit), ("%s.%s, limit %d"):format(service, method,
            limit))
        end
      end
    end
  end)

  it("warn where the totals lag", function()
    local rs = assert(rackspace.new{ sandbox = assert(rackspace.sandbox{
      lagging_totals = true }) })
    local warnings = stub.warnings(rs)
    local pager = rs.tickets:list()
    assert.equal(6, #pager:totable())
    assert.is_false(pager:complete())
    assert.same({ "tickets.list: the list ended after 6 items; the service counts 7" }, warnings)
  end)
end)
