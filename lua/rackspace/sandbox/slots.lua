--- slots.lua - what accounts a customer has: twenty slots, over and over
-- SPDX-License-Identifier: MIT

local floor = math.floor

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

for index, members in ipairs(customers) do
  members.first = #slots
  for _, name in ipairs(members) do
    slots[#slots + 1] = { kind = kinds[name], customer = index - 1,
      first = members.first, size = #members }
  end
end

--- The slot that account i fills.
local function at(i)
  return slots[i % #slots + 1]
end

--- The first account of the customer that owns this one.
local function head(i)
  return i - i % #slots + at(i).first
end

--- The customer that owns account i.
local function customer(i)
  return floor(i / #slots) * #customers + at(i).customer
end

--- The first account of a customer, and how many there are.
local function accounts(owner)
  local members = customers[owner % #customers + 1]
  return floor(owner / #customers) * #slots + members.first, #members
end

return { accounts = accounts, at = at, customer = customer, head = head,
  kinds = kinds, kinds_of = kinds_of, period = #slots }
