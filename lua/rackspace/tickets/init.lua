--- init.lua - Ticketing v2: tickets, their comments, what they are about
-- SPDX-License-Identifier: MIT
local attachments = require("rackspace.tickets.attachments")
local known = require("rackspace.tickets.known")
local named = require("rackspace.tickets.named")
local references = require("rackspace.tickets.references")
local roles = require("rackspace.tickets.roles")
local service = require("rackspace.session.service")
local uploads = require("rackspace.tickets.uploads")

-- As responses may spell a category.
local spelt_categories = { ["Billing & Payment"] = "Billing and Payments",
  ["Billing & Payments"] = "Billing and Payments",
  ["Billing and Payment"] = "Billing and Payments" }
local classifications = { "Service Request", "Change", "Incident" }
local severities = { "Low", "Normal", "High", "Urgent", "Emergency" }
local statuses = { "In Progress", "Pending Customer", "Pending Rackspace",
  "Solved", "Closed" }

local ticket = { "ticketId", "id", record = named.ticket_of,
  "The ticket: its id, its record, or an event's." }

local files = { "attachments", "attachment[]", personal = true,
  "The files with it: a path, { path =, filename = } for another name, or " ..
  "what `attach` gave." }
local progress = { "progress", "function",
  "Called with the bytes that were sent so far, and with those of all files." }

local resource_roles =
  "identity:user-admin, ticketing:admin or dedicated:default"
local portals = roles.portals

--- Returns a date, or nil for the year 1, which the service sends for no date.
local function date_of(text)
  if type(text) == "string" and not text:find("^0001%-") then
    return text
  end
end

--- Returns a ticket with `created` and `modified`, which have other names in
-- lists.
local function normalise(record)
  record.created = date_of(record.created) or date_of(record.createdAt)
  record.modified = date_of(record.modified) or date_of(record.modifiedAt)
  record.createdAt, record.modifiedAt = nil, nil
  return record
end

--- Sets the default direction, since the service's own differs with and without
-- a marker.
local function fill_direction(values)
  values.direction = values.direction or
    (values.marker and not values.cursor and "forward" or "backward")
end

local function check_update(values)
  if values.status == nil and values.resources == nil then
    return "'status' or 'resources' is missing"
  end
end

return service.define{
  name = "tickets", endpoint = "ticketing", auth = "token",
  references = references,
  endpoints = {
    ticketing = { url = "https://ticketing.api.rackspace.com",
      names = { demo = "https://demo.ticketing.api.rackspace.com" } },
    resources = { url = "https://resources.api.rackspace.com" },
    feeds = { url = "https://ord.feeds.api.rackspacecloud.com",
      names = { demo = "https://lon.feeds.api.rackspacecloud.com" },
      follows = "ticketing" },
  },
  accept = "application/vnd.ticketing.v2+json",
  doc = "Support tickets, their comments, and what they can be about.",
  source = "Ticketing API v2 reference", contract = "2",
  errors = { 400, 401, 403, 404, 405, 429, 500, 503 },

  types = {
    Ticket = {
      columns = { "ticketId", "accountId", "subject", "status", "severity" },
      { "ticketId", "string", "What the ticket is called by; opaque." },
      { "accountId", "string", "The account it belongs to." },
      { "subject", "string", "Its subject line." },
      { "status", "string", "How it stands.", known = statuses },
      { "severity", "string", "How severe the issue is. Lists may leave " ..
        "it empty.", known = severities },
      { "resources", "string[]", "URLs of the resources it is about." },
      { "category", "string", "Its category. Not in lists.",
        known = known.categories },
      { "subcategory", "string", "Its subcategory. Not in lists.",
        known = { "General", "Other" } },
      { "classification", "string", "What sort of request it is.",
        known = classifications },
      { "created", "string", "When it was opened, in ISO 8601." },
      { "modified", "string", "When it last changed, in ISO 8601." },
      { "createdBy", "Author", "Who opened it." },
      { "modifiedBy", "Author", "Who changed it last, most often by a " ..
        "comment." },
      { "comments", "Comment[]", "Its comments. Not in lists." },
      { "lastComment", "table", "In lists: the beginning of the last " ..
        "comment, as text." },
      { "recipients", "Recipient[]", "Who is told of it. Not in lists." },
      { "favorite", "boolean", "Whether the user has marked it." },
      { "permission", "string", "What the user may do with it." },
    },
    Author = {
      { "id", "string", "Their Rackspace Person Number; empty for a " ..
        "Racker." },
      { "name", "string", "The user's name, or a Racker's first name and " ..
        "last initial." },
      { "roles", "string[]", "Their roles, such as Primary, " ..
        "Administrative, Technical or Racker." },
      { "type", "string", "What they are.", known = { "customer", "racker" } },
    },
    Comment = {
      { "id", "string", "What it is called by." },
      { "text", "string", "What it says." },
      { "created", "string", "When, in ISO 8601." },
      { "author", "Author", "Who wrote it." },
      { "attachments", "Attachment[]", "The files with it." },
      { "format", "string", "How the text is to be read.",
        known = { "bbcode" } },
    },
    Attachment = {
      { "filename", "string", "The file's name." },
      { "uuid", "string", "What it is called by; opaque." },
      { "upload_url", "string", "Where it is to be put, when it was named " ..
        "without a uuid." },
      { "url", "string", "Where it is, when it was named with one." },
    },
    Recipient = {
      { "type", "string", "What the value is.",
        known = { "email", "contact" } },
      { "value", "string", "An address, or a Rackspace Person Number." },
    },
    NewComment = { accepts = "Comment",
      { "text", "string", required = true, "What it says." },
      files,
    },
    TicketAccount = {
      columns = { "id", "name", "serviceLevel", "severities" },
      { "id", "string", "What a ticket's accountId is, such as " ..
        "hybrid:12345." },
      { "name", "string", "Its name." },
      { "rcn", "string", "The customer: RCN-ddd-ddd-ddd." },
      { "serviceLevel", "string", "The support it was sold with." },
      { "severities", "string[]", "The severities its tickets can have." },
      { "type", "table", "id and name, such as faws and AWS." },
      { "permission", "string", "What the user may do.",
        known = { "admin", "observer" } },
      { "tags", "string[]", "Marks of Rackspace's, such as proserv." },
      { "npsOptOut", "boolean", "Whether it takes no surveys." },
    },
    Category = {
      { "id", "integer", "Its number." },
      { "name", "string", "What a ticket's category is.",
        known = known.categories },
      { "description", "string", "What it is for." },
      { "classification", "string", "What sort of request it makes.",
        known = classifications },
      { "subcategories", "Subcategory[]", "What it is divided into." },
    },
    Subcategory = {
      { "name", "string", "What a ticket's subcategory is.",
        known = { "General", "Other" } },
      { "allowedProducts", "string[]", "The types of account that have it.",
        known = { "hybrid", "cloud", "faws", "managed_gcp" } },
    },
    Event = {
      columns = { "updated", "id" },
      { "id", "string", "What it is called by, and its marker." },
      { "title", "table", "ConsolidatedTicketing, as @text." },
      { "category", "table[]", "Terms: tid: and the account, rid: and the " ..
        "ticket, type: and what happened." },
      { "content", "table", "event: its product tells of the ticket." },
      { "published", "string", "When it came to the feed, in ISO 8601." },
      { "updated", "string", "When it last changed, in ISO 8601." },
    },
    Resource = {
      { "id", "string", "Such as dedicated:0168720." },
      { "accountId", "string", "The account it belongs to." },
      { "name", "string", "Its name." },
      { "platform", "string", "What it runs." },
      { "type", "string", "What it is." },
      { "location", "string", "The data center." },
      { "network", "table", "Its addresses." },
      { "_links", "table", "self: its URL, by which a ticket names it." },
    },
  },

  { "list", "GET /tickets",
    query = {
      { "subject", "string", personal = true,
        "Only tickets with this text in their subject." },
      { "limit", "integer", min = 1, "How many to a page." },
      { "offset", "integer", min = 0, "How many to pass over." },
    },
    items = "tickets", pages = "offset", total = "total",
    key = { "ticketId" }, returns = "Ticket", normalise = normalise,
    limit = { 60, per = 60 },
    role = "ticketing:observer or ticketing:admin", portal = portals.cloud,
    doc = "The tickets of all the user's accounts, page by page. What a " ..
      "list leaves out of a ticket, `get` has.",
    example = 'for ticket in rs.tickets:list{ subject = "disk" } do ' ..
      "print(ticket.ticketId, ticket.status) end" },

  { "get", "GET /tickets/{ticketId}", args = { ticket }, returns = "Ticket",
    normalise = normalise, limit = { 60, per = 60 },
    role = "ticketing:observer or ticketing:admin", portal = portals.cloud,
    doc = "One ticket with its comments." },

  { "create", "POST /tickets",
    done = "opened {ticketId}",
    body = {
      { "accountId", "string", required = true,
        record = named.account_of,
        "The account: its id, such as hybrid:12345, or its record." },
      { "subject", "string", required = true, personal = true,
        "The subject line." },
      { "category", "string", required = true, record = "name",
        "The category's name, or its record.",
        known = known.categories, spelt = spelt_categories },
      { "subcategory", "string", required = true, record = "name",
        "The subcategory's name or record: General for hybrid accounts, " ..
        "Other for all others.", known = { "General", "Other" } },
      { "severity", "string", "One of the account's severities.",
        known = severities },
      { "comment", "NewComment", personal = true,
        "What the ticket is about." },
      { "resources", "resource[]", "The resources it is about: their URLs " ..
        "or records." },
      { "recipients", "recipient[]", personal = true, "Who is told of it: " ..
        "Rackspace Person Numbers, or records with a value." },
    },
    options = { progress }, run = uploads.perform,
    returns = "Ticket", normalise = normalise, check = known.check,
    limit = { 1, per = 60 },
    role = roles.writers, role_of = roles.of, portal = roles.portal,
    outcome = "rs.tickets:list{ subject = ... }",
    doc = "Opens a ticket, and gives it.",
    example = 'rs.tickets:create{ accountId = "hybrid:12345", ' ..
      'subject = "Disk", category = "Incident", subcategory = "General", ' ..
      'comment = { text = "sda is failing", ' ..
      'attachments = { "smart.log" } } }' },

  { "update", "PATCH /tickets/{ticketId}", alternative = "PUT",
    done = "updated {ticketId}",
    args = { ticket },
    body = {
      { "status", "string", "Closed, which closes the ticket.",
        known = { "Closed" } },
      { "resources", "resource[]", "All the resources that an open ticket " ..
        "is about from now on; an empty list removes them." },
    },
    returns = "Ticket", echo = true, check = check_update,
    limit = { 5, per = 60 }, outcome = "rs.tickets:get",
    role = roles.writers, role_of = roles.of, portal = roles.portal,
    doc = "Closes a ticket, or replaces its resources. Gives a new table " ..
      "of what was sent, since the service answers with nothing." },

  { "close", "PATCH /tickets/{ticketId}", alternative = "PUT",
    done = "closed {ticketId}",
    args = { ticket }, sends = { status = "Closed" },
    returns = "Ticket", echo = true, limit = { 5, per = 60 },
    role = roles.writers, role_of = roles.of, portal = roles.portal,
    outcome = "rs.tickets:get",
    doc = "Closes a ticket. Gives a new table of what was sent." },

  { "comment", "POST /tickets/{ticketId}/comments", args = { ticket },
    accepts = "Comment",
    done = "commented on {ticketId}",
    body = {
      { "text", "string", required = true, personal = true,
        "What it says." },
      files,
    },
    options = { progress },
    wrap = "comment", returns = "Comment", echo = true,
    run = uploads.perform, outcome = "rs.tickets:get",
    limit = { 5, per = 60 },
    role = roles.writers, role_of = roles.of, portal = roles.portal,
    doc = "Adds a comment. Gives a new table of what was sent: its id " ..
      "stands in the ticket, which `get` reads.",
    example = 'rs.tickets:comment(ticket, { text = "sdb too" })' },

  { "attach", "POST /attachment",
    done = "uploaded {path}",
    accept = "multipart/form-data",
    args = { { "path", "path", "The file." } },
    options = {
      { "filename", "string", personal = true,
        "Its name there, if not its own." }, progress },
    check = attachments.check, run = uploads.attach, repeatable = true,
    returns = "Attachment", role = resource_roles, portal = roles.portal,
    doc = "Puts a file up, in two steps: a place for it, and its bytes. " ..
      "Gives its filename and uuid, for any number of comments. `create` " ..
      "and `comment` do this by themselves.",
    example = 'local file = rs.tickets:attach("smart.log")' },

  { "download", "GET /v1/{account}/{container}/{object}",
    endpoint = "storage", auth = false, accept = "*/*",
    args = {
      { "attachment", "attached",
        "An attachment of a comment, as `get` shows it, or its URL." },
      { "path", "path", "Where it goes. The file is there when all of it " ..
        "has come." } },
    options = {
      { "clobber", "boolean", "true to replace a file that is there " ..
        "already; otherwise that is an error. A device or a pipe is written " ..
        "to in any case." },
      { "progress", "function", "Called with the bytes that came so far, " ..
        "and with those of the file, where that is known." } },
    run = uploads.download, returns = "string",
    errors = { 400, 401, 404, 500, 503 },
    doc = "Fetches an attachment into a file, from the storage that its URL " ..
      "names. Gives the path.",
    example = 'rs.tickets:download(comment.attachments[1], "smart.log")' },

  { "accounts", "GET /accounts", items = "accounts",
    returns = "TicketAccount", run = known.accounts,
    doc = "The accounts that tickets can be opened for, with the " ..
      "severities of each." },

  { "events", "GET /consolidated_ticketing/events/{accountId}",
    endpoint = "feeds", colons = true,
    accept = "application/vnd.rackspace.atom+json",
    args = { { "accountId", "id", record = named.account_of,
      "The account: its id, such as hybrid:12345, or its record." } },
    query = {
      { "marker", "string", record = "id",
        "An event that is known, or its id: those that came after it are " ..
        "given, or before it when the walk is backward." },
      { "limit", "integer", min = 1, max = 1000,
        "How many to a page; the service takes 25." },
      { "direction", "string", "backward, to older events, or forward, to " ..
        "newer ones, as it is when there is a marker.",
        known = { "backward", "forward" }, closed = true },
    },
    items = "feed.entry", pages = "marker", key = { "id" },
    returns = "Event", fill = fill_direction,
    errors = { 400, 401, 403, 404, 429, 500, 503 },
    role = "cloudfeeds:observer", portal = portals.cloud,
    doc = "What happened to an account's tickets, page by page: the newest " ..
      "first, or the oldest first with a marker. Keep the newest event's " ..
      "id: given as the marker, it leads to what is new since.",
    example = 'for event in rs.tickets:events("hybrid:5342844", ' ..
      "{ marker = last }) do last = event.id end" },

  { "categories", "GET /categories", items = "categories",
    returns = "Category", run = known.list_categories,
    limit = { 60, per = 60 },
    doc = "The categories, and which subcategory is for which product: once " ..
      "they are known, `create` checks its subcategory by them." },

  { "resources", "GET /resources", endpoint = "resources",
    query = {
      { "q", "string", personal = true, "Only what has this in its id, " ..
        "name, addresses, type or location." },
      { "offset", "integer", min = 0, "How many to pass over." },
      { "limit", "integer", min = 1, max = 500, "How many to a page." },
      { "status", "string", "Only what is online, offline, or all.",
        known = { "online", "offline", "all" }, closed = true },
      { "sortBy", "string", "What to order by.", closed = true,
        known = { "id", "name" } },
      { "sort", "string", "Which way.", known = { "asc", "desc" },
        closed = true },
    },
    items = "resources", pages = "offset", total = "total", key = { "id" },
    returns = "Resource", role = resource_roles, portal = roles.portal,
    doc = "The devices that tickets can be about, page by page." },
}
