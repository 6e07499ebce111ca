--- book.lua - the customers of the sandbox's Email & Apps reseller
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local members = require("rackspace.base.members")
local tokens = require("rackspace.sandbox.tokens")

local book = {}

-- The customers of the API's documents come first, then generated ones.
local samples = {
  { name = "API Customer 17", accountNumber = "460182",
    referenceNumber = "49" },
  { name = "API Customer 39", accountNumber = "460181",
    referenceNumber = "23" },
  { name = "API Customer 50", accountNumber = "460183",
    referenceNumber = "10" },
}
local sample_of = {}
for position, sample in ipairs(samples) do
  sample_of[sample.accountNumber] = position
end

local owner = { name = "Sandbox Reseller", accountNumber = "460180",
  referenceNumber = "1" }
local first_made, first_added = 470000, 800000

--- Returns the customer at a position of those that exist at the start, or nil.
local function original(sandbox, position)
  if position < 1 or position > sandbox.customers then
    return nil
  elseif samples[position] then
    return samples[position]
  end
  return { name = ("API Customer %d"):format(position + 100),
    accountNumber = ("%d"):format(first_made + position),
    referenceNumber = ("%d"):format(1000 + position) }
end

--- Returns a customer with its changes, or nil when it does not exist or is
-- deleted.
local function changed(sandbox, number, customer)
  local changes = sandbox.store.customers[number]
  if not changes then
    return customer
  elseif changes.is_deleted then
    return nil
  end
  return { accountNumber = number, is_disabled = changes.is_disabled,
    name = changes.name or customer and customer.name,
    referenceNumber = changes.referenceNumber or
      customer and customer.referenceNumber }
end

--- Returns the customer with a number, or nil.
function book.get(sandbox, number)
  local position = sample_of[number]
  if not position and number:find("^%d%d?%d?%d?%d?%d?%d?%d?%d?$") then
    position = tonumber(number) - first_made
    position = position > #samples and position or nil
  end
  return changed(sandbox, number,
    position and original(sandbox, position) or nil)
end

--- Returns the customer that a key belongs to.
function book.own(sandbox, number)
  return number == owner.accountNumber and owner or book.get(sandbox, number) or
    samples[sample_of[number]]
end

--- Returns every customer, sorted by name.
local function all(sandbox)
  local list = {}
  for position = 1, sandbox.customers do
    local customer = original(sandbox, position)
    list[#list + 1] = changed(sandbox, customer.accountNumber, customer)
  end
  for added = 1, sandbox.store.numbers.customers_added do
    list[#list + 1] = book.get(sandbox, ("%d"):format(first_added + added))
  end
  table.sort(list, function(one, other)
    if one.name ~= other.name then
      return one.name < other.name
    end
    return tonumber(one.accountNumber) < tonumber(other.accountNumber)
  end)
  return list
end

local searched = { "name", "accountNumber", "referenceNumber" }

local function matches(customer, start, part)
  if start == "0-9" then
    return customer.name:find("^%d") ~= nil
  end
  for _, name in ipairs(searched) do
    local at = ascii.lower(customer[name] or ""):find(
      ascii.lower(start or part), 1, true)
    if at and (part or at == 1) then
      return true
    end
  end
  return false
end

--- Returns the customers whose name starts with `start` or contains `part`; all
-- without both.
function book.select(sandbox, start, part)
  local found = {}
  for _, customer in ipairs(all(sandbox)) do
    if not (start or part) or matches(customer, start, part) then
      found[#found + 1] = customer
    end
  end
  return found
end

--- Returns the first customer with a reference number, or nil.
function book.find(sandbox, reference)
  for _, customer in ipairs(all(sandbox)) do
    if customer.referenceNumber == reference then
      return customer
    end
  end
end

--- Adds a customer with a new number.
function book.add(sandbox, customer)
  local added = sandbox.store:add("customers_added", 1)
  sandbox.store:set({ "customers", ("%d"):format(first_added + added) },
    { name = customer.name, referenceNumber = customer.referenceNumber })
end

function book.change(sandbox, number, changes)
  local kept = members.copy(sandbox.store.customers[number])
  sandbox.store:set({ "customers", number }, members.add(kept, changes))
end

--- Returns a new log-in token of 41 hexadecimal digits.
function book.login_token(sandbox)
  return tokens.random(sandbox, 41, "0123456789abcdef")
end

return book
