--- accounts.lua - reads all accounts for a report, and counts them
-- SPDX-License-Identifier: MIT
local page = require("rackspace.picture.page")
local references = require("rackspace.customer.references")
local tally = require("rackspace.report.tally")

local accounts = {}

-- The roles in which every account should have a contact.
accounts.roles = { "BILLING", "PRIMARY" }

-- One request returns all contacts of nearly every account.
local MOST_CONTACTS = 1000

-- Kinds of error that concern one account; any other ends the report.
local is_local = { forbidden = true, not_found = true, protocol = true,
  server = true }

--- Returns the results of a call; raises an error that ends the report.
local function read(value, _, err)
  if err and not is_local[err.kind] then
    error(err, 0)
  end
  return value, err
end

local function roles_of(contact)
  local roles = contact.roles or {}
  return roles.role or roles
end

--- Adds the roles of contacts to a set.
local function note_roles(found, contacts)
  for _, contact in ipairs(contacts) do
    for _, role in ipairs(roles_of(contact)) do
      found[role] = true
    end
  end
end

--- Returns a list of the roles without a contact; or nil and an error. In the
-- OpenAPI dialect the contacts are in the account's record.
local function missing_roles(session, account)
  local found, list, err = {}, account.contacts, nil
  if not list then
    local options = session.settings.dialect ~= "openapi" and
      { limit = MOST_CONTACTS } or nil
    list, err = read(session.contacts:list(account, options)
      :totable(MOST_CONTACTS))
  end
  if not list then
    return nil, err
  end
  note_roles(found, list)
  local missing = {}
  for _, role in ipairs(accounts.roles) do
    missing[#missing + 1] = not found[role] and role or nil
  end
  return missing
end

--- Returns a list of the keys of an account's metadata; or nil and an error.
local function metadata_keys(session, account)
  local entries, err = account.metadata, nil
  if not entries then
    entries, err = read(session.metadata:entries(account))
  end
  local keys = {}
  for i, entry in ipairs(entries or {}) do
    keys[i] = entry.key
  end
  return entries and keys, err
end

--- Returns why an account's record can't be passed to calls, or nil.
local function obstacle(session, account)
  local kind = session.settings.dialect == "openapi" and "rcn" or "account"
  local _, problem = references[kind].check(account, { type = kind })
  return problem and "an account " .. problem
end

--- Makes the calls about one account. Returns { missing = roles without a
-- contact, keys = of its metadata, problem = why something is not known }.
local function look(session, account)
  local hindrance = obstacle(session, account)
  if hindrance then
    return { problem = hindrance }
  end
  local missing, problem = missing_roles(session, account)
  local keys, other = metadata_keys(session, account)
  problem = problem or other
  return { missing = missing, keys = keys,
    problem = problem and problem.message }
end

local function kind_of(account)
  return account.type or account.customerSegment
end

local columns = { { title = "Type" }, { title = "Id" }, { title = "Name" },
  { title = "Status" }, { title = "Service level" }, { title = "Customer" },
  { title = "Nobody in the role" } }

accounts.columns = columns

local function row_of(account, facts)
  local missing = facts.missing and table.concat(facts.missing, ", ") or
    "not known"
  return page.row{ kind_of(account) or "", account.id or account.rcn or "",
    account.name or "", account.status or "", account.serviceLevel or "",
    account.rcn or "", missing }
end

local function count(found, account, facts)
  found.total = found.total + 1
  found.by_type:add(kind_of(account))
  found.by_status:add(account.status)
  found.by_level:add(account.serviceLevel)
  for _, role in ipairs(facts.missing or {}) do
    found.missing[role] = (found.missing[role] or 0) + 1
  end
  for _, key in ipairs(facts.keys or {}) do
    found.keys:add(key)
  end
  if facts.problem then
    found.unreadable = found.unreadable + 1
    found.problem = found.problem or facts.problem
  end
end

local function limited(source, most)
  local given = 0
  return function()
    given = given + 1
    if not most or given <= most then
      return source()
    end
  end
end

--- Reads the accounts, writes a row for each to `rows`, and one for each that
-- lacks a contact to `lacking`.
-- @param options table: concurrency, most = of how many accounts, progress =
-- function(text)
-- @return what was counted: { total =, by_type =, by_status =, by_level =,
-- keys = tallies, missing = { [role] = count }, lacking =, unreadable = counts,
-- problem = the first reason why an account could not be read }
function accounts.walk(session, rows, lacking, options)
  local found = { total = 0, by_type = tally.new(), by_status = tally.new(),
    by_level = tally.new(), keys = tally.new(), missing = {}, lacking = 0,
    unreadable = 0 }
  local source = limited(session.accounts:list(), options.most)
  local function look_at(account)
    return look(session, account)
  end
  for account, facts in session:map(source, look_at,
      { concurrency = options.concurrency, ordered = true }) do
    count(found, account, facts)
    local row = row_of(account, facts)
    rows:write(row)
    if facts.missing and facts.missing[1] then
      found.lacking = found.lacking + 1
      lacking:write(row)
    end
    options.progress(("%d accounts"):format(found.total))
  end
  return found
end

return accounts
