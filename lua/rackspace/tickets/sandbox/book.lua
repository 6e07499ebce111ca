--- book.lua - the sandbox's tickets and what happened to them
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")
local numbers = require("rackspace.sandbox.numbers")

local book = {}

-- 3 April 2018, when the documented ticket was opened.
local first_time = 1522773867.644

local racker = { id = "", name = "Rackspace R.", roles = json.array{ "Racker" },
  type = "racker" }

--- A time as the service writes it.
function book.iso(seconds)
  return os.date("!%Y-%m-%dT%H:%M:%S", math.floor(seconds)) ..
    (".%03dZ"):format(math.floor(seconds % 1 * 1000))
end

--- Who a user is on tickets.
function book.author(user)
  return { id = numbers.rpn(tonumber(user.id)), type = "customer",
    name = user.username:sub(1, 1):upper() .. user.username:sub(2) .. " User",
    roles = json.array{ "Primary", "Technical" } }
end

--- An id as tickets and comments have them: yymmdd-nnnnn.
local function dated_id(self, kind, seconds)
  return os.date("!%y%m%d-", math.floor(seconds)) ..
    ("%05d"):format(self.store:next_number(kind))
end

--- Notes an event of the feed: "create", "update" or "comment" of a ticket.
function book.note(self, ticket, kind, time)
  local number = self.store:next_number("event")
  local events = self.store.events
  events[#events + 1] = { kind = kind, ticketId = ticket.ticketId,
    accountId = ticket.accountId, status = ticket.status,
    subject = ticket.subject, updated = book.iso(time),
    id = ("urn:uuid:%08x-5acb-4000-8000-%012x"):format(
      self.seed % 4294967296, number) }
end

--- A comment put under a ticket.
function book.add_comment(self, ticket, author, text, attachments, time)
  local comment = { id = dated_id(self, "comment", time), text = text,
    created = book.iso(time), author = author,
    attachments = attachments and #attachments > 0 and
      json.array(attachments) or nil }
  table.insert(ticket.comments, comment)
  ticket.modified, ticket.modifiedBy = book.iso(time), author
  return comment
end

--- A new ticket of the given fields, by an author.
function book.open(self, fields, author, time)
  local ticket = { ticketId = dated_id(self, "ticket", time),
    created = book.iso(time), modified = book.iso(time),
    createdBy = author, modifiedBy = author, comments = json.array{},
    status = "Pending Rackspace", severity = "Normal",
    resources = json.array{}, recipients = json.array{}, favorite = false }
  members.add(ticket, fields)
  table.insert(self.store.tickets, ticket)
  return ticket
end

-- What the first tickets are about: category, classification, subject, text,
-- status.
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

local function open_sample(self, place, index, user)
  local sample, time = samples[place], first_time + place * 86400
  local account = self.data:account(index).tenantId
  local author = book.author(user)
  local ticket = book.open(self, { accountId = account, subject = sample[3],
    category = sample[1], classification = sample[2],
    subcategory = account:find("^hybrid:") and "General" or "Other" },
    author, time)
  book.add_comment(self, ticket, author, sample[4], nil, time)
  book.note(self, ticket, "create", time)
  if place ~= #samples then
    book.add_comment(self, ticket, racker, "We are on it!", nil, time + 60)
    ticket.status = sample[5]
    book.note(self, ticket, "comment", time + 60)
  end
end

--- The tickets, oldest first. There are some from the start.
function book.tickets(self)
  local store = self.store
  if not store.counters.ticket then
    store.counters.ticket = 0
    local users = require("rackspace.sandbox.users").list
    local selection = self.data:select{ user = "demo" }
    for place = 1, math.min(#samples, selection.count) do
      open_sample(self, place, selection:at(place - 1), users[1])
    end
    local other = self.data:select{ user = "second" }
    if other.count > 0 then
      open_sample(self, 1, other:at(0), users[2])
    end
  end
  return store.tickets
end

--- Whether a user may know of an account's tickets.
function book.sees(self, user, account_id)
  local index = type(account_id) == "string" and
    self.data:find_tenant(account_id)
  return index ~= nil and index ~= false and
    self.data:visible(user.sees, index)
end

--- The ticket of an id, when the user may know of it.
function book.find(self, user, id)
  for _, ticket in ipairs(book.tickets(self)) do
    if ticket.ticketId == id and book.sees(self, user, ticket.accountId) then
      return ticket
    end
  end
end

return book
