--- book.lua - the sandbox's tickets, comments and events
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local date = require("rackspace.base.date")
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")
local numbers = require("rackspace.sandbox.numbers")

local book = {}

-- 3 April 2018, when the documented ticket was opened.
local first_time = 1522773867.644

local racker = { id = "", name = "Rackspace R.", roles = json.array{ "Racker" },
  type = "racker" }

--- Returns the author that tickets show for a user.
function book.author(user)
  return { id = numbers.rpn(tonumber(user.id)), type = "customer",
    name = ascii.upper(user.username:sub(1, 1)) .. user.username:sub(2) ..
      " User",
    roles = json.array{ "Primary", "Technical" } }
end

--- Returns a new id in the format of tickets and comments, yymmdd-nnnnn.
local function dated_id(sandbox, kind, seconds)
  return ("%s-%05d"):format(date.day(seconds):sub(3):gsub("-", ""),
    sandbox.store:next_number(kind))
end

--- Adds an event to the feed: "create", "update" or "comment" of a ticket.
function book.note(sandbox, ticket, kind, time)
  local number = sandbox.store:next_number("event")
  sandbox.store:set({ "events", #sandbox.store.events + 1 }, {
    kind = kind, ticketId = ticket.ticketId,
    accountId = ticket.accountId, status = ticket.status,
    subject = ticket.subject, updated = date.iso(time),
    id = ("urn:uuid:%08x-5acb-4000-8000-%012x"):format(
      sandbox.seed % 4294967296, number) })
end

--- Changes fields of the ticket at a position of the tickets.
function book.change(sandbox, position, fields)
  for name, value in pairs(fields) do
    sandbox.store:set({ "tickets", position, name }, value)
  end
end

--- Adds a comment to the ticket at a position.
function book.add_comment(sandbox, position, author, text, attachments, time)
  local comments = sandbox.store.tickets[position].comments
  local comment = { id = dated_id(sandbox, "comment", time), text = text,
    created = date.iso(time), author = author,
    attachments = attachments and #attachments > 0 and
      json.array(attachments) or nil }
  sandbox.store:set({ "tickets", position, "comments", #comments + 1 }, comment)
  book.change(sandbox, position, { modified = date.iso(time),
    modifiedBy = author })
end

--- Adds a ticket with some fields, by an author. Returns the ticket and its
-- position.
function book.open(sandbox, fields, author, time)
  local ticket = { ticketId = dated_id(sandbox, "ticket", time),
    created = date.iso(time), modified = date.iso(time),
    createdBy = author, modifiedBy = author, comments = json.array{},
    status = "Pending Rackspace", severity = "Normal",
    resources = json.array{}, recipients = json.array{}, favorite = false }
  local position = #sandbox.store.tickets + 1
  sandbox.store:set({ "tickets", position }, members.add(ticket, fields))
  return ticket, position
end

-- The first tickets: category, classification, subject, text, status.
local samples = {
  { "Incident", "Incident", "Help! We need more servers!",
    "We are receiving a ton of traffic, we need more servers!",
    "In Progress" },
  { "Billing and Payments", "Service Request", "Two invoices for May",
    "The second one seems to be a copy.", "Pending Customer" },
  { "Change", "Change", "Open port 8443", "For the new load balancer.",
    "Solved" },
  { "Account", "Service Request", "A new billing contact",
    "Please add Zoë Nguyễn.", "Closed" },
  { "Request for Information", "Service Request", "Backups",
    "How long are they kept?", "Pending Rackspace" },
}

local function open_sample(sandbox, turn, index, user)
  local sample, time = samples[turn], first_time + turn * 86400
  local account = sandbox.data:account(index).tenantId
  local author = book.author(user)
  local ticket, position = book.open(sandbox, { accountId = account,
    subject = sample[3], category = sample[1], classification = sample[2],
    subcategory = account:find("^hybrid:") and "General" or "Other" },
    author, time)
  book.add_comment(sandbox, position, author, sample[4], nil, time)
  book.note(sandbox, ticket, "create", time)
  if turn ~= #samples then
    book.add_comment(sandbox, position, racker, "We are on it!", nil, time + 60)
    ticket.status = sample[5]
    book.note(sandbox, ticket, "comment", time + 60)
  end
end

local function open_samples(sandbox)
  local users = require("rackspace.sandbox.users").list
  local selection = sandbox.data:select{ user = "demo" }
  for position = 1, math.min(#samples, selection.count) do
    open_sample(sandbox, position, selection:at(position - 1), users[1])
  end
  local other = sandbox.data:select{ user = "second" }
  if other.count > 0 then
    open_sample(sandbox, 1, other:at(0), users[2])
  end
end

--- Adds the samples to a store. They are made in another one first: where a
-- script's limit ends this function, the next call adds all of them.
local function add_samples(sandbox)
  local store, draft = sandbox.store, sandbox.store:draft()
  draft.counters.ticket = 0
  open_samples{ data = sandbox.data, seed = sandbox.seed, store = draft }
  store:fill("tickets", draft.tickets)
  store:fill("events", draft.events)
  store:fill("counters", draft.counters)
end

--- Returns the tickets, oldest first. The first call adds the samples.
function book.tickets(sandbox)
  if not sandbox.store.counters.ticket then
    add_samples(sandbox)
  end
  return sandbox.store.tickets
end

--- Whether a user may see an account's tickets.
function book.sees(sandbox, user, account_id)
  local index = type(account_id) == "string" and
    sandbox.data:find_tenant(account_id)
  return index ~= nil and index ~= false and
    sandbox.data:visible(user.sees, index)
end

--- Returns the ticket with an id that the user may see, and its position; or
-- nil.
function book.find(sandbox, user, id)
  for position, ticket in ipairs(book.tickets(sandbox)) do
    if ticket.ticketId == id and book.sees(sandbox, user, ticket.accountId) then
      return ticket, position
    end
  end
end

return book
