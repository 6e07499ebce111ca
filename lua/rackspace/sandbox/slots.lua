--- slots.lua - assigns accounts to customers in a pattern of twenty slots
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
  -- Shares the domain of the customer's first account, a cloud account.
  aws = { type = "FANATICAL_SUPPORT_FOR_AWS", prefix = "", base = 75842823,
    tenant = "faws:", levels = { "navigator" }, suffix = " AWS" },
  private = { type = "RPC_V", prefix = "", base = 400000000, tenant = "",
    domain = "", levels = { "intensive" }, suffix = " Private Cloud" },
}
local kinds_of = { CLOUD = { "long", "cloud", "named" },
  MANAGED_HOSTING = { "hosting" }, FANATICAL_SUPPORT_FOR_AWS = { "aws" },
  RPC_V = { "private" } }
-- The pattern: twelve customers with twenty accounts in all, repeated.
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

--- Returns the slot of account i.
local function at(i)
  return slots[i % #slots + 1]
end

--- Returns the first account of the customer that owns account i.
local function head(i)
  return i - i % #slots + at(i).first
end

--- Returns the serial of the customer that owns account i.
local function customer(i)
  return floor(i / #slots) * #customers + at(i).customer
end

--- Returns a customer's first account and the number of its accounts.
local function accounts(owner)
  local members = customers[owner % #customers + 1]
  return floor(owner / #customers) * #slots + members.first, #members
end

return { accounts = accounts, at = at, customer = customer, head = head,
  kinds = kinds, kinds_of = kinds_of, period = #slots }
