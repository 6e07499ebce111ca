--- seed.lua - the sandbox's accounts, as functions of a seed and an index
-- SPDX-License-Identifier: MIT

local changes = require("rackspace.sandbox.changes")
local keys = require("rackspace.sandbox.keys")
local numbers = require("rackspace.sandbox.numbers")
local people = require("rackspace.sandbox.people")
local selection = require("rackspace.sandbox.selection")
local slots = require("rackspace.sandbox.slots")

local floor = math.floor

local PRIME = 2147483647
local STRIDE = 16 -- ids of successive accounts are about this far apart
local MAXIMUM = 100000000
-- The periods of types, metadata and visibility divide this one.
local PERIOD = 420
local SECOND, SHARE = 3, 7 -- the customers that the second user sees

local companies = { "MyRackspace", "Counting", "Super Duper", "Spot",
  "FreeLancer", "Blue Harbor", "Café Müller", "Zażółć", "North Ridge",
  "Smörgås", "Quick Fox", "東京" }
local trades = { " Accounting", " Paper", " Study", " Corp",
  " Logistics", " Bakery", " Robotics", " Books", " & Sons" }

local data_methods = {}
local data_mt = { __index = data_methods }

-- Returns the value of a key on account i, or nil.
local function value_of(key, i)
  return keys.value(key, i, slots.at(i).kind.type)
end

local function is_visible(user, i)
  if user == "demo" then return true end
  return user == "second" and slots.customer(i) % SHARE == SECOND
end

-- Whether account i matches a filter, apart from the domain. Depends only on i
-- modulo PERIOD.
local function is_match(filter, key, i)
  if filter.accountType and filter.accountType ~= slots.at(i).kind.type then
    return false
  end
  if filter.user and not is_visible(filter.user, i) then return false end
  if not key then return true end
  local value = value_of(key, i)
  return value ~= nil and (filter.metadataValue or value) == value
end

-- Returns the accounts of a domain, in order: the account that the domain is
-- named after, and those of the same customer that share it.
local function domain_indexes(data, domain)
  local list = { data:find("MANAGED_HOSTING", domain:match("^dedicated:(.*)$"))
    or data:find("RPC_V", domain) }
  local head = data:find("CLOUD", domain)
  if head then
    for i = head, math.min(head + slots.at(head).size, data.count) - 1 do
      if data:domain(i) == domain then list[#list + 1] = i end
    end
  end
  table.sort(list)
  return list
end

--- Returns a pseudo-random number from 0 to n - 1 that depends on the seed, the
-- account and the salt; always 0 for account 0, which is the documented sample.
-- The products are exact in a double.
function data_methods:draw(i, salt, n)
  if i == 0 then return 0 end
  local x = (i * 16807 + salt * 69621 + self.start) % PRIME
  x = x * (x % 8191 + 1) % PRIME
  return x * 48271 % PRIME % n
end

--- Returns the account's id and, when the id is numeric, the number.
function data_methods:id(i)
  local kind = slots.at(i).kind
  local number = floor(kind.base + i * STRIDE + self:draw(i, 1, STRIDE))
  local id = kind.prefix .. string.format("%.0f", number)
  return id, kind.prefix == "" and number or nil
end

-- Returns the index that an account with this id would have, and its kind; or
-- nil.
local function index_of(account_type, id)
  if type(id) ~= "string" or #id > 15 then return nil end
  local prefix, digits = id:match("^(%u*)(%d+)$")
  local number = tonumber(digits)
  for _, name in ipairs(number and slots.kinds_of[account_type] or {}) do
    local kind = slots.kinds[name]
    if prefix == kind.prefix and number >= kind.base then
      return floor((number - kind.base) / STRIDE), kind
    end
  end
  return nil
end

--- Returns the index of an account, or nil.
function data_methods:find(account_type, id)
  local i, kind = index_of(account_type, id)
  if i and i < self.count and slots.at(i).kind == kind
    and self:id(i) == id then
    return i
  end
  return nil
end

--- Whether an id comes after that of the last account.
function data_methods:is_past(account_type, id)
  local i = index_of(account_type, id)
  return i ~= nil and i >= self.count
end

--- Returns the index of the account of a tenant id, or nil.
function data_methods:find_tenant(tenant)
  local prefix, id = tenant:match("^(%l*:?)(%w+)$")
  for _, kind in pairs(slots.kinds) do
    local i = prefix == kind.tenant and self:find(kind.type, id)
    if i then return i end
  end
  return nil
end

--- Returns the serial and the RCN of the customer that owns an account.
function data_methods.owner(_, i)
  local customer = slots.customer(i)
  return customer, numbers.rcn(customer)
end

--- Returns the index of a customer's first account and the number of its
-- accounts, or nil.
function data_methods:customer(rcn)
  local customer = numbers.customer(rcn)
  if not customer then return nil end
  local first, size = slots.accounts(customer)
  if first >= self.count then return nil end
  return first, math.min(size, self.count - first)
end

--- Whether a user, "demo" or "second", may see an account.
function data_methods:visible(user, i)
  return i >= 0 and i < self.count and is_visible(user, i)
end

-- Returns a period after which the matches of a filter repeat. A short one is
-- faster to search.
local function period_of(filter)
  local is_short = not filter.metadataKey
    and (filter.user == nil or filter.user == "demo")
  return is_short and slots.period or PERIOD
end

--- Returns the selection of the accounts that match a filter. Checks one period
-- only, not every account.
function data_methods:select(filter)
  if filter.metadataValue and not filter.metadataKey then
    error("select: metadataValue needs metadataKey", 2)
  end
  local key, residues = keys.named(filter.metadataKey), {}
  local indexes = filter.domain and domain_indexes(self, filter.domain)
  local period = indexes and math.max(1, self.count) or period_of(filter)
  if key or not filter.metadataKey then
    for n = 1, indexes and #indexes or period do
      local i = indexes and indexes[n] or n - 1
      if is_match(filter, key, i) then residues[#residues + 1] = i end
    end
  end
  return selection.new(residues, period, self.count)
end

--- Returns the domain of an account: its own, or its customer's first one.
function data_methods:domain(i)
  local own = slots.at(i).kind.domain
  return own and own .. self:id(i) or (self:id(slots.head(i)))
end

function data_methods:nickname(i)
  return companies[self:draw(slots.head(i), 2, #companies) + 1]
end

--- Returns the record of an account, without its link.
function data_methods:account(i)
  local kind, id, number = slots.at(i).kind, self:id(i)
  local head, level = slots.head(i), self:draw(i, 4, #kind.levels) + 1
  local trade = trades[self:draw(head, 3, #trades) + 1]
  if head == 0 then trade = "Acct" end
  local status, collections, named, user, date = changes.present(self, i)
  local record = { id = id, number = number, type = kind.type,
    tenantId = kind.tenant .. id, domain = self:domain(i),
    rcn = select(2, self:owner(i)), status = status,
    name = self:nickname(i) .. trade .. (kind.suffix or ""),
    nickname = named and self:nickname(i) or nil,
    serviceLevel = kind.levels[level], collectionsStatus = collections,
    lastUpdatedBy = user, lastUpdatedDate = date }
  if i ~= head and self:draw(i, 5, 3) == 0 then
    record.parentAccountNumber = select(2, self:id(head))
  end
  return record
end

--- Returns the metadata entries of an account, ordered by key.
function data_methods:metadata(i)
  local list = {}
  for salt, key in ipairs(keys.list) do
    local value = value_of(key, i)
    if value then
      local created, updated = changes.dates(self, i, 10 + salt)
      list[#list + 1] = { key = key.name, value = value, createdDate = created,
        createdBy = "service_account_user", lastUpdatedDate = updated,
        lastUpdatedBy = "service_account_admin", restricted = key.restricted }
    end
  end
  return list
end

data_methods.history = changes.history
data_methods.status_history = changes.status_history
data_methods.customer_history = changes.customer_history
data_methods.contacts = people.contacts
data_methods.contact = people.contact

local function check(name, value, low, high)
  if type(value) ~= "number" or value % 1 ~= 0 or value < low
    or value > high then
    error(("seed.new: %s must be an integer from %.0f to %.0f"):format(name,
      low, high), 3)
  end
  return floor(value)
end

local function new(opts)
  local start = check("seed", opts.seed or 1, -PRIME, PRIME)
  local count = check("accounts", opts.accounts or 137, 0, MAXIMUM)
  return setmetatable({ count = count, start = start * 48271 % PRIME }, data_mt)
end

return { new = new }
