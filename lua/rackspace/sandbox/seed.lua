--- seed.lua - the sandbox's accounts, as functions of a seed and an index
-- SPDX-License-Identifier: MIT

local people = require("rackspace.sandbox.people")

local floor = math.floor

local PRIME = 2147483647
local STRIDE = 16 -- an account's id lies within this many of its place
local MAXIMUM = 100000000
-- Types, metadata and visibility come round in periods that divide this one.
local PERIOD = 420
local SECOND, SHARE = 3, 7 -- the customers that the second user sees

local kinds = {
  cloud = { type = "CLOUD", prefix = "", base = 10101, tenant = "",
    domain = "", levels = { "managed_legacy", "infrastructure_sysops" } },
  named = { type = "CLOUD", prefix = "RAN", base = 2823, tenant = "",
    domain = "", levels = { "managed_legacy" } },
  long = { type = "CLOUD", prefix = "", base = 19293384938, tenant = "",
    domain = "", levels = { "managed_legacy", "infrastructure_sysops" } },
  hosting = { type = "MANAGED_HOSTING", prefix = "", base = 5342823,
    tenant = "hybrid:", domain = "dedicated:", levels = { "intensive" },
    suffix = " Hosting" },
  -- No domain of its own: that of the customer's first account, a cloud one.
  aws = { type = "FANATICAL_SUPPORT_FOR_AWS", prefix = "", base = 75842823,
    tenant = "faws:", levels = { "navigator" }, suffix = " AWS" },
  private = { type = "RPC_V", prefix = "", base = 400000000, tenant = "",
    domain = "", levels = { "intensive" }, suffix = " Private Cloud" },
}
local kinds_of = { CLOUD = { "long", "cloud", "named" },
  MANAGED_HOSTING = { "hosting" }, FANATICAL_SUPPORT_FOR_AWS = { "aws" },
  RPC_V = { "private" } }
-- Twelve customers and their twenty accounts, over and over.
local customers = { { "cloud", "hosting", "aws" }, { "cloud" }, { "named" },
  { "cloud", "hosting" }, { "cloud" }, { "long" }, { "hosting" },
  { "cloud", "hosting", "aws", "private" }, { "cloud" }, { "cloud", "aws" },
  { "cloud" }, { "long", "hosting" } }
local slots = {}

-- A key is on one account in `every`; its values take turns.
local keys = {
  { name = "billing:somekey", every = 3, values = {
    "a value billing cares about", "monthly", "net 30", "purchase order" } },
  { name = "creation:faws:servicelevelid", every = 1, type =
    "FANATICAL_SUPPORT_FOR_AWS", values = { "some_value", "navigator" } },
  { name = "internal:score", every = 7, restricted = true,
    values = { "12", "40", "77", "95" } },
  { name = "some:key", every = 5,
    values = { "Some Value", "Größe: 5 € & <more>" } },
  { name = "support:level", every = 2,
    values = { "navigator", "intensive", "managed_legacy" } },
}

local companies = { "MyRackspace", "Counting", "Super Duper", "Spot",
  "FreeLancer", "Blue Harbor", "Café Müller", "Zażółć", "North Ridge",
  "Smörgås", "Quick Fox", "東京" }
local trades = { " Accounting", " Paper", " Study", " Corp",
  " Logistics", " Bakery", " Robotics", " Books", " & Sons" }

local data_methods = {}
local data_mt = { __index = data_methods }
local selection_methods = {}
local selection_mt = { __index = selection_methods }

for index, members in ipairs(customers) do
  members.first = #slots
  for _, name in ipairs(members) do
    slots[#slots + 1] = { kind = kinds[name], customer = index - 1,
      first = members.first, size = #members }
  end
end

local function slot_of(i)
  return slots[i % #slots + 1]
end

-- The first account of the customer that owns this one.
local function head_of(i)
  return i - i % #slots + slot_of(i).first
end

-- A key's value on account i, or nil.
local function value_of(key, i)
  if i % key.every ~= 0 then return nil end
  if key.type and key.type ~= slot_of(i).kind.type then return nil end
  return key.values[i / key.every % #key.values + 1]
end

local function is_visible(user, i)
  if user == "demo" then return true end
  local customer = floor(i / #slots) * #customers + slot_of(i).customer
  return user == "second" and customer % SHARE == SECOND
end

-- All that a filter asks but the domain: decided by i modulo PERIOD.
local function is_match(filter, key, i)
  if filter.accountType and filter.accountType ~= slot_of(i).kind.type then
    return false
  end
  if filter.user and not is_visible(filter.user, i) then return false end
  if not key then return true end
  local value = value_of(key, i)
  return value ~= nil and (filter.metadataValue or value) == value
end

-- The accounts of a domain, in order: the one that has it as its own, and
-- those of the same customer that borrow it.
local function domain_indexes(data, domain)
  local list = { data:find("MANAGED_HOSTING", domain:match("^dedicated:(.*)$"))
    or data:find("RPC_V", domain) }
  local head = data:find("CLOUD", domain)
  if head then
    for i = head, math.min(head + slot_of(head).size, data.count) - 1 do
      if data:domain(i) == domain then list[#list + 1] = i end
    end
  end
  table.sort(list)
  return list
end

local function key_named(name)
  for _, key in ipairs(keys) do
    -- Nobody finds accounts by what nobody may read.
    if key.name == name and not key.restricted then return key end
  end
  return nil
end

-- Positions map to indexes by a list of residues and the period that repeats.
local function selection_new(residues, period, total)
  local rank, rest = {}, 0
  for position, residue in ipairs(residues) do
    rank[residue] = position - 1
    if residue < total % period then rest = position end
  end
  return setmetatable({ residues = residues, rank = rank, period = period,
    total = total, count = floor(total / period) * #residues + rest },
    selection_mt)
end

function selection_methods:at(k)
  if k < 0 or k >= self.count then return nil end
  local size = #self.residues
  return floor(k / size) * self.period + self.residues[k % size + 1]
end

function selection_methods:position(i)
  local rank = self.rank[i % self.period]
  if not rank or i < 0 or i >= self.total then return nil end
  return floor(i / self.period) * #self.residues + rank
end

--- A number from 0 to n - 1 for this account and purpose; always 0 for
-- account 0, which is the documented sample. Exact in doubles.
function data_methods:draw(i, salt, n)
  if i == 0 then return 0 end
  local x = (i * 16807 + salt * 69621 + self.start) % PRIME
  x = x * (x % 8191 + 1) % PRIME
  return x * 48271 % PRIME % n
end

--- The account's id and, where the id is one, its number.
function data_methods:id(i)
  local kind = slot_of(i).kind
  local number = floor(kind.base + i * STRIDE + self:draw(i, 1, STRIDE))
  local id = kind.prefix .. string.format("%.0f", number)
  return id, kind.prefix == "" and number or nil
end

--- The index of an account, or nil.
function data_methods:find(account_type, id)
  if type(id) ~= "string" or #id > 15 then return nil end
  local prefix, digits = id:match("^(%u*)(%d+)$")
  local number = tonumber(digits)
  for _, name in ipairs(number and kinds_of[account_type] or {}) do
    local kind = kinds[name]
    local i = floor((number - kind.base) / STRIDE)
    if prefix == kind.prefix and i >= 0 and i < self.count
      and slot_of(i).kind == kind and self:id(i) == id then
      return i
    end
  end
  return nil
end

--- The customer that owns an account: its index and its number.
function data_methods.owner(_, i)
  local customer = floor(i / #slots) * #customers + slot_of(i).customer
  return customer, people.rcn(customer)
end

--- The first account and the number of accounts of a customer.
function data_methods:customer(rcn)
  local customer = people.customer(rcn)
  if not customer then return nil end
  local members = customers[customer % #customers + 1]
  local first = floor(customer / #customers) * #slots + members.first
  if first >= self.count then return nil end
  return first, math.min(#members, self.count - first)
end

--- Whether a user, "demo" or "second", may see an account.
function data_methods:visible(user, i)
  return i >= 0 and i < self.count and is_visible(user, i)
end

-- How often what the filter asks comes round; short is quick to go through.
local function period_of(filter)
  local is_short = not filter.metadataKey
    and (filter.user == nil or filter.user == "demo")
  return is_short and #slots or PERIOD
end

--- The accounts that match a filter, found by inverting it.
function data_methods:select(filter)
  if filter.metadataValue and not filter.metadataKey then
    error("select: metadataValue needs metadataKey", 2)
  end
  local key, residues = key_named(filter.metadataKey), {}
  local indexes = filter.domain and domain_indexes(self, filter.domain)
  local period = indexes and math.max(1, self.count) or period_of(filter)
  if key or not filter.metadataKey then
    for n = 1, indexes and #indexes or period do
      local i = indexes and indexes[n] or n - 1
      if is_match(filter, key, i) then residues[#residues + 1] = i end
    end
  end
  return selection_new(residues, period, self.count)
end

function data_methods:domain(i)
  local own = slot_of(i).kind.domain
  return own and own .. self:id(i) or (self:id(head_of(i)))
end

function data_methods:nickname(i)
  return companies[self:draw(head_of(i), 2, #companies) + 1]
end

--- The record of an account, without its link.
function data_methods:account(i)
  local kind, id, number = slot_of(i).kind, self:id(i)
  local head, level = head_of(i), self:draw(i, 4, #kind.levels) + 1
  local trade = trades[self:draw(head, 3, #trades) + 1]
  if head == 0 then trade = "Acct" end
  local status, collections, named, user, date = people.present(self, i)
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

--- Metadata, ordered by key.
function data_methods:metadata(i)
  local list = {}
  for salt, key in ipairs(keys) do
    local value = value_of(key, i)
    if value then
      local created, updated = people.dates(self, i, 10 + salt)
      list[#list + 1] = { key = key.name, value = value, createdDate = created,
        createdBy = "service_account_user", lastUpdatedDate = updated,
        lastUpdatedBy = "service_account_admin", restricted = key.restricted }
    end
  end
  return list
end

data_methods.history = people.history
data_methods.status_history = people.status_history
data_methods.customer_history = people.customer_history
data_methods.contacts = people.contacts
data_methods.contact = people.contact

local function check(name, value, low, high)
  if type(value) ~= "number" or value % 1 ~= 0 or value < low
    or value > high then
    local form = "seed.new: %s must be an integer from %.0f to %.0f"
    error(form:format(name, low, high), 3)
  end
  return floor(value)
end

local function new(opts)
  local start = check("seed", opts.seed or 1, -PRIME, PRIME)
  local count = check("accounts", opts.accounts or 137, 0, MAXIMUM)
  return setmetatable({ count = count, start = start * 48271 % PRIME }, data_mt)
end

return { new = new }
