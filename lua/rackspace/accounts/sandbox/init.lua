--- init.lua - the sandbox's accounts
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local customer = require("rackspace.customer.sandbox")
local json = require("rackspace.base.json")
local pages = require("rackspace.sandbox.pages")
local xml = require("rackspace.customer.xml")

local behaviour = { fault = customer.fault, refuse = customer.refuse,
  openapi = require("rackspace.accounts.sandbox.openapi"),
  write_xml = xml.write, has_suffixes = true }

-- How the XML differs from the JSON (see customer/xml.lua).
behaviour.xml = {
  list = { root = "customerAccounts", link = "link" },
  get = { root = "customerAccount" },
  status_history = { root = "customerAccountStatusChanges" },
  customer_history = { root = "accountRCNChanges",
    spelt = { accountChangeType = "AccountChangeType" } },
  history = { root = "customerAccountHistoryChanges" },
}

local default_limit, largest_limit = 50, 100

local link = customer.link
local with_account = customer.with_account

--- Returns the position of a marker's account in the selection; the position
-- past the end for an id after the last account's; otherwise nil.
local function position_of(sandbox, selection, marker)
  local kind, id = marker:match("^([^:]*):(.*)$")
  local index = kind and sandbox.data:find(kind, id)
  if kind and not index and sandbox.data:is_past(kind, id) then
    return selection.count
  end
  return index and selection:position(index)
end

--- Returns the positions of the last page.
local function last_range(selection, limit, is_forward)
  local last = selection.count - 1
  if is_forward then
    return math.max(0, last - limit + 1), last
  end
  return math.floor(math.max(0, last) / limit) * limit, last
end

--- Returns the first and the last position of a page in the selection, from 0
-- on. The marker of the query is the account before the page, in its direction.
-- Returns nil when there is no such account.
local function range(sandbox, selection, query, limit)
  local is_forward = query.direction == "forward"
  local last = selection.count - 1
  if query.marker == "last" or (is_forward and not query.marker) then
    return last_range(selection, limit, is_forward)
  elseif not query.marker then
    return 0, math.min(last, limit - 1)
  end
  local position = position_of(sandbox, selection, query.marker)
  if not position then
    return nil
  end
  local step = position <= last and pages.step(sandbox) or 1
  if is_forward then
    return math.max(0, position - step - limit + 1), position - step
  end
  return position + step, math.min(last, position + step + limit - 1)
end

local filters = { "metadataKey", "metadataValue", "domain", "accountType" }

--- Returns the href of another page of the same list, with its filters.
local function page_href(call, limit, direction, marker)
  local parts = { "limit", limit }
  if marker then
    parts[3], parts[4] = "marker", marker
  end
  parts[#parts + 1], parts[#parts + 2] = "direction", direction
  for _, name in ipairs(filters) do
    if call.query[name] then
      parts[#parts + 1], parts[#parts + 2] = name, call.query[name]
    end
  end
  return call.base .. "/v1/customer_accounts?" .. core.url.query(parts)
end

local function marker_at(sandbox, selection, position)
  local account = sandbox.data:account(selection:at(position))
  return account.type .. ":" .. account.id
end

local function page_links(sandbox, call, selection, limit, from, to)
  local links = {
    link("CURRENT", call.base .. "/v1/customer_accounts"),
    link("SELF", page_href(call, limit,
      call.query.direction == "forward" and "forward" or "backward",
      call.query.marker)),
  }
  if from > 0 and to >= from then
    links[#links + 1] = link("PREVIOUS", page_href(call, limit, "forward",
      marker_at(sandbox, selection, from)))
  end
  links[#links + 1] = link("LAST", page_href(call, limit, "backward", "last"))
  if to < selection.count - 1 and to >= from then
    links[#links + 1] = link("NEXT", page_href(call, limit, "backward",
      marker_at(sandbox, selection, to)))
  end
  return links
end

function behaviour.list(sandbox, call)
  local query = call.query
  local selection = sandbox.data:select{ user = call.user.sees,
    accountType = query.accountType, domain = query.domain,
    metadataKey = query.metadataKey, metadataValue = query.metadataValue }
  local limit = customer.limit(query, default_limit, largest_limit)
  local from, to = range(sandbox, selection, query,
    pages.size(sandbox, limit))
  if not from then
    return behaviour.fault(400, "the marker names no account of this list")
  end
  local accounts = json.array{}
  for position = from, to do
    local account = sandbox.data:account(selection:at(position))
    account.link = { link("via", call.base .. customer.path(account)) }
    accounts[#accounts + 1] = account
  end
  return 200, { customerAccount = accounts,
    link = page_links(sandbox, call, selection, limit, from, to) }
end

behaviour.get = with_account(function(sandbox, _, index)
  return 200, sandbox.data:account(index)
end)

behaviour.status_history = with_account(function(sandbox, _, index)
  return 200, { statusChange = json.array(sandbox.data:status_history(index)) }
end)

behaviour.customer_history = with_account(function(sandbox, _, index)
  return 200, { accountRCNChange =
    json.array(sandbox.data:customer_history(index)) }
end)

behaviour.history = with_account(function(sandbox, call, index)
  local wanted = call.query.changeType
  local changes = json.array{}
  for _, change in ipairs(sandbox.data:history(index)) do
    if not wanted or change.accountChangeType == wanted then
      changes[#changes + 1] = change
    end
  end
  return 200, { customerAccountHistory = changes }
end)

return behaviour
