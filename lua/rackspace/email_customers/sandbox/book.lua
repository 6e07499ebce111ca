--- book.lua - the customers of the sandbox's Email & Apps reseller
-- SPDX-License-Identifier: MIT
local tokens = require("rackspace.sandbox.tokens")

local book = {}

-- The documents' own customers come first; those that are made up follow.
local samples = {
  { name = "API Customer 17", accountNumber = "460182",
    referenceNumber = "49" },
  { name = "API Customer 39", accountNumber = "460181",
    referenceNumber = "23" },
  { name = "API Customer 50", accountNumber = "460183",
    referenceNumber = "10" },
}
local sample_of = {}
for place, sample in ipairs(samples) do
  sample_of[sample.accountNumber] = place
end

local owner = { name = "Sandbox Reseller", accountNumber = "460180",
  referenceNumber = "1" }
local first_made, first_added = 470000, 800000

--- The customer at a place of those that nobody added, or nil.
local function original(self, place)
  if place < 1 or place > self.customers then
    return nil
  elseif samples[place] then
    return samples[place]
  end
  return { name = ("API Customer %d"):format(place + 100),
    accountNumber = ("%d"):format(first_made + place),
    referenceNumber = ("%d"):format(1000 + place) }
end

--- A customer with its changes; nil when there is none, or no more.
local function changed(self, number, customer)
  local changes = self.store.customers[number]
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

--- The customer with a number, or nil.
function book.get(self, number)
  local place = sample_of[number]
  if not place and number:find("^%d%d?%d?%d?%d?%d?%d?%d?%d?$") then
    place = tonumber(number) - first_made
    place = place > #samples and place or nil
  end
  return changed(self, number, place and original(self, place) or nil)
end

--- The account of a key itself.
function book.own(self, number)
  return number == owner.accountNumber and owner or book.get(self, number) or
    samples[sample_of[number]]
end

--- Every customer, in the order of their names.
local function all(self)
  local list = {}
  for place = 1, self.customers do
    local customer = original(self, place)
    list[#list + 1] = changed(self, customer.accountNumber, customer)
  end
  for added = 1, self.store.customers_added do
    list[#list + 1] = book.get(self, ("%d"):format(first_added + added))
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
    local at = (customer[name] or ""):lower():find((start or part):lower(), 1,
      true)
    if at and (part or at == 1) then
      return true
    end
  end
  return false
end

--- The customers that a search is for, all without one.
function book.select(self, start, part)
  local found = {}
  for _, customer in ipairs(all(self)) do
    if not (start or part) or matches(customer, start, part) then
      found[#found + 1] = customer
    end
  end
  return found
end

--- The first customer that has a reference number, or nil.
function book.find(self, reference)
  for _, customer in ipairs(all(self)) do
    if customer.referenceNumber == reference then
      return customer
    end
  end
end

--- Adds a customer, under a number of its own.
function book.add(self, customer)
  self.store.customers_added = self.store.customers_added + 1
  local number = ("%d"):format(first_added + self.store.customers_added)
  self.store.customers[number] = { name = customer.name,
    referenceNumber = customer.referenceNumber }
  self.store:save()
end

function book.change(self, number, changes)
  local kept = self.store.customers[number] or {}
  for name, value in pairs(changes) do
    kept[name] = value
  end
  self.store.customers[number] = kept
  self.store:save()
end

--- Forty-one digits of base 16, others at every call.
function book.login_token(self)
  return tokens.random(self, 41, "0123456789abcdef")
end

return book
