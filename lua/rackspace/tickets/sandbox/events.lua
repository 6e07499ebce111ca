--- events.lua - the sandbox's feed of ticket events
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local book = require("rackspace.tickets.sandbox.book")
local json = require("rackspace.base.json")
local pages = require("rackspace.sandbox.pages")
local rules = require("rackspace.tickets.sandbox.rules")

local events = {}

local media_type = "application/vnd.rackspace.atom+json"
local default_limit, largest_limit = 25, 1000

local actions = { create = "create", update = "update", comment = "update" }

--- Returns an event in the format of the feed.
local function entry_of(event)
  local kind = ("consolidatedticketing.%s.ticket.%s.%s"):format(
    actions[event.kind], actions[event.kind],
    rules.product(event.accountId))
  return {
    id = event.id, updated = event.updated, published = event.updated,
    title = { ["@text"] = "ConsolidatedTicketing" },
    category = json.array{ { term = "tid:" .. event.accountId },
      { term = "rid:" .. event.ticketId }, { term = "type:" .. kind } },
    content = { event = {
      id = event.id:match("[^:]+$"), eventTime = event.updated,
      type = ascii.upper(actions[event.kind]), tenantId = event.accountId,
      resourceId = event.ticketId,
      product = { ["@type"] = "http://docs.rackspace.com/event/" ..
        "consolidatedticketing/ticket", ticketId = event.ticketId,
        accountId = event.accountId, status = event.status,
        subject = event.subject, lastUpdated = event.updated } } },
  }
end

--- Returns the events of an account, newest first, and the position of the
-- marker's event, or nil.
local function events_of(sandbox, account_id, marker)
  local list, position = {}, nil
  local all = sandbox.store.events
  for i = #all, 1, -1 do
    if all[i].accountId == account_id then
      list[#list + 1] = all[i]
      if all[i].id == marker then
        position = #list
      end
    end
  end
  return list, position
end

--- Returns the first and the last position of a page: the events newer than the
-- marker's for "forward", the older ones for "backward"; without a marker, the
-- newest. `step` is 1, or 0 for a page that begins with the marker's event.
local function range(count, position, limit, direction, step)
  if not position then
    return 1, math.min(count, limit)
  elseif direction == "backward" then
    return position + step, math.min(count, position + step + limit - 1)
  end
  return math.max(1, position - step - limit + 1), position - step
end

local function limit_of(query)
  if query.limit == nil then
    return default_limit
  end
  local limit = tonumber(query.limit:match("^%d+$"))
  return limit and limit >= 1 and limit <= largest_limit and limit
end

function events.answer(sandbox, call)
  book.tickets(sandbox)
  local account, query = call.variables.accountId, call.query
  local limit, direction = limit_of(query), query.direction or "forward"
  if not book.sees(sandbox, call.user, account) then
    return rules.fault(403, "The user has no access to this account")
  elseif not limit then
    return rules.fault(400, "The limit must be from 1 to 1000")
  elseif direction ~= "forward" and direction ~= "backward" then
    return rules.fault(400, "The direction must be forward or backward")
  end
  local list, position = events_of(sandbox, account, query.marker)
  if query.marker and not position then
    return rules.fault(404, "No entry with the marker's id was found")
  end
  local from, to = range(#list, position, pages.size(sandbox, limit),
    direction, pages.step(sandbox))
  local entries = json.array{}
  for i = from, to do
    entries[#entries + 1] = entry_of(list[i])
  end
  local body = assert(json.text{ feed = { entry = entries,
    title = { ["@text"] = "consolidated_ticketing/events" } } })
  return 200, body, { ["Content-Type"] = media_type }
end

return events
