--- init.lua - the sandbox's Ticketing v2
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local book = require("rackspace.tickets.sandbox.book")
local core = require("rackspace.core")
local devices = require("rackspace.tickets.sandbox.devices")
local events = require("rackspace.tickets.sandbox.events")
local date = require("rackspace.base.date")
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")
local multipart = require("rackspace.sandbox.multipart")
local offset_pages = require("rackspace.sandbox.offset_pages")
local pages = require("rackspace.sandbox.pages")
local problems = require("rackspace.tickets.sandbox.problems")
local rules = require("rackspace.tickets.sandbox.rules")
local storage = require("rackspace.tickets.sandbox.storage")
local uploads = require("rackspace.tickets.sandbox.uploads")

local behaviour = { fault = rules.fault, refuse = rules.refuse,
  throttle = rules.throttle, hosts = { storage } }

local default_limit, largest_limit, most_accounts = 100, 100, 1000
local excerpt_bytes = 80
local no_date = "0001-01-01T00:00:00Z"

local function bad(message)
  return rules.fault(400, message)
end

--- Returns a handler that runs `handler` unless check(user) refuses the call.
local function after(check, handler)
  return function(sandbox, call)
    local status, body, headers = check(call.user)
    if status then
      return status, body, headers
    end
    return handler(sandbox, call)
  end
end

--- Returns the start of a text, cut between characters.
local function excerpt(text)
  local start = core.cut(text, excerpt_bytes)
  return #start < #text and start .. "..." or text
end

--- Returns a ticket in the format of lists, which differs from that of a single
-- ticket: tickets without a reply have no date.
local function row_of(ticket)
  local last = ticket.comments[#ticket.comments]
  return { ticketId = ticket.ticketId, accountId = ticket.accountId,
    subject = ticket.subject, status = ticket.status,
    severity = ticket.severity, classification = "",
    createdAt = #ticket.comments > 1 and ticket.created or no_date,
    modified = ticket.modified, createdBy = ticket.createdBy,
    modifiedBy = ticket.modifiedBy, resources = ticket.resources,
    recipients = json.null, favorite = ticket.favorite,
    lastComment = last and { text = excerpt(last.text) } or nil }
end

behaviour.list = after(rules.read_refusal, function(sandbox, call)
  local limit, offset = offset_pages.range(call, default_limit, largest_limit)
  if not limit then
    return bad(offset)
  end
  local wanted = ascii.lower(call.query.subject or "")
  local found, tickets = {}, book.tickets(sandbox)
  for position = #tickets, 1, -1 do
    local ticket = tickets[position]
    if ascii.lower(ticket.subject):find(wanted, 1, true) and
        book.sees(sandbox, call.user, ticket.accountId) then
      found[#found + 1] = ticket
    end
  end
  local size = pages.size(sandbox, limit)
  local page = offset_pages.slice(found, size, offset)
  for position, ticket in ipairs(page) do
    page[position] = row_of(ticket)
  end
  local total = pages.total(sandbox, #found)
  return 200, { tickets = page, total = total,
    _links = offset_pages.links(call, total,
      { limit = limit, size = size, offset = offset }, { "subject" }) }
end)

behaviour.resources = after(rules.upload_refusal, function(sandbox, call)
  local limit, offset = offset_pages.range(call, default_limit, 500)
  if not limit then
    return bad(offset)
  end
  local found = devices.find(sandbox, call)
  return 200, { total = pages.total(sandbox, #found),
    resources = offset_pages.slice(found, pages.size(sandbox, limit), offset) }
end)

behaviour.categories = after(rules.read_refusal, function()
  return 200, { categories = rules.categories }
end)

-- The list has no pages, so its length is bounded.
behaviour.accounts = after(rules.read_refusal, function(sandbox, call)
  local selection = sandbox.data:select{ user = call.user.sees }
  local accounts = json.array{}
  for position = 0, math.min(selection.count, most_accounts) - 1 do
    local account = sandbox.data:account(selection:at(position))
    local product = rules.product(account.tenantId)
    local is_admin = not rules.write_refusal(call.user, account.tenantId)
    accounts[position + 1] = { id = account.tenantId, name = account.name,
      rcn = account.rcn, serviceLevel = account.serviceLevel,
      severities = rules.severities(product), npsOptOut = false,
      type = { id = product, name = rules.product_name(product) },
      permission = is_admin and "admin" or "observer",
      tags = json.array(position == 0 and { "proserv" } or {}) }
  end
  return 200, { accounts = accounts }
end)

local function recipients_of(given)
  local list = json.array{}
  for i, value in ipairs(given or {}) do
    list[i] = { value = value,
      type = value:find("@", 1, true) and "email" or "contact" }
  end
  return list
end

--- Returns a handler that calls fn(sandbox, call, ticket, position). It returns
-- 404 when the user can't see the ticket, 403 when the user may only read it.
local function with_ticket(fn)
  return function(sandbox, call)
    local ticket, position = book.find(sandbox, call.user,
      call.variables.ticketId)
    if not ticket then
      return rules.no_ticket()
    end
    local status, body, headers = rules.write_refusal(call.user,
      ticket.accountId)
    if status then
      return status, body, headers
    end
    return fn(sandbox, call, ticket, position)
  end
end

--- Returns a copy of a ticket for a user, with the URLs of its attachments.
local function shown(sandbox, call, ticket)
  local copy = members.copy(ticket)
  copy.comments = json.array{}
  for i, comment in ipairs(ticket.comments) do
    copy.comments[i] = members.copy(comment)
    copy.comments[i].attachments = comment.attachments and
      uploads.shown(sandbox, call, comment.attachments)
  end
  copy.permission = rules.write_refusal(call.user, ticket.accountId) and
    "observer" or "admin"
  return copy
end

behaviour.get = after(rules.read_refusal, function(sandbox, call)
  local ticket = book.find(sandbox, call.user, call.variables.ticketId)
  if not ticket then
    return rules.no_ticket()
  end
  return 200, shown(sandbox, call, ticket)
end)

local function nothing()
  return 204, "", { ["Content-Type"] = "application/json",
    ["Content-Length"] = "0" }
end

--- Adds the comment of a body to the ticket at a position.
local function put_comment(sandbox, call, position, given)
  book.add_comment(sandbox, position, book.author(call.user), given.text,
    uploads.claim(sandbox, given.attachments), sandbox:time())
end

function behaviour.create(sandbox, call)
  local body = call.body_value
  if type(body) ~= "table" then
    return bad("The body is no JSON object")
  end
  local problem = problems.ticket(sandbox, body)
  if problem then
    return bad(problem)
  elseif not book.sees(sandbox, call.user, body.accountId) then
    return rules.fault(403, "The user has no access to this account")
  end
  local status, text, headers = rules.write_refusal(call.user, body.accountId)
  if status then
    return status, text, headers
  end
  book.tickets(sandbox)
  local ticket, position = book.open(sandbox, { accountId = body.accountId,
    subject = body.subject, category = body.category,
    classification = rules.category(body.category).classification,
    subcategory = rules.subcategory(rules.product(body.accountId),
      body.subcategory), severity = body.severity,
    resources = json.array(body.resources or {}),
    recipients = recipients_of(body.recipients) },
    book.author(call.user), sandbox:time())
  if body.comment then
    put_comment(sandbox, call, position, body.comment)
  end
  book.note(sandbox, ticket, "create", sandbox:time())
  return 200, shown(sandbox, call, ticket)
end

behaviour.update = with_ticket(function(sandbox, call, ticket, position)
  local body = call.body_value
  local problem = problems.update(body, ticket)
  if problem then
    return bad(problem)
  end
  book.change(sandbox, position, { status = body.status,
    resources = body.resources and json.array(body.resources) or nil,
    modified = date.iso(sandbox:time()), modifiedBy = book.author(call.user) })
  book.note(sandbox, ticket, "update", sandbox:time())
  return nothing()
end)

behaviour.close = behaviour.update

behaviour.comment = with_ticket(function(sandbox, call, ticket, position)
  local body = call.body_value
  local problem = type(body) ~= "table" and "The comment is required" or
    problems.comment(sandbox, body.comment)
  if problem then
    return bad(problem)
  elseif ticket.status == "Closed" then
    return bad("The ticket is closed")
  end
  put_comment(sandbox, call, position, body.comment)
  if ticket.status == "Pending Customer" then
    book.change(sandbox, position, { status = "Pending Rackspace" })
  end
  book.note(sandbox, ticket, "comment", sandbox:time())
  return nothing()
end)

-- Returns an upload target for the file that the body names. Ignores content in
-- the body, which belongs to the second step.
behaviour.attach = after(rules.upload_refusal, function(sandbox, call)
  local parts, problem = multipart.read(call)
  local name
  for _, part in ipairs(parts or {}) do
    name = part.name == "filename" and (part.filename or part.value) or name
  end
  problem = problem or
    not problems.is_text(name) and "The filename is required" or
    uploads.problem(sandbox, { { filename = name } })
  if problem then
    return bad(problem)
  end
  return 200, uploads.slot(sandbox, call, name)
end)

behaviour.events = after(rules.follow_refusal, events.answer)

return behaviour
