--- numbers.lua - converts serials of customers and persons to numbers and back
-- SPDX-License-Identifier: MIT

local floor = math.floor

-- A number is (first + serial * factor) % LIMIT. `inverse` is the inverse of
-- `factor` modulo LIMIT.
local LIMIT = 1000000000
local DIGITS = "%-(%d%d%d)%-(%d%d%d)%-(%d%d%d)$"
local customer_code = { format = "RCN-%03d-%03d-%03d",
  pattern = "^RCN" .. DIGITS,
  first = 123456789, factor = 618033989, inverse = 1536909 }
local person_code = { format = "RPN-%03d-%03d-%03d", pattern = "^RPN" .. DIGITS,
  first = 823034233, factor = 381966011, inverse = 998463091 }

local numbers = {}

-- Returns a * b % LIMIT, in two steps whose products are exact in a double.
local function multiply(a, b)
  local high = a * floor(b / 100000) % LIMIT
  return (high * 100000 + a * (b % 100000)) % LIMIT
end

local function encode(code, serial)
  local n = (code.first + multiply(code.factor, serial)) % LIMIT
  return string.format(code.format, floor(n / 1000000), floor(n / 1000) % 1000,
    n % 1000)
end

local function decode(code, text)
  if type(text) ~= "string" then return nil end
  local a, b, c = text:match(code.pattern)
  if not a then return nil end
  local n = (tonumber(a) * 1000 + tonumber(b)) * 1000 + tonumber(c)
  return multiply(code.inverse, (n - code.first) % LIMIT)
end

--- Returns a customer's number from its serial.
function numbers.rcn(customer)
  return encode(customer_code, customer)
end

--- Returns a customer's serial from its number, or nil when it is none.
function numbers.customer(rcn)
  return decode(customer_code, rcn)
end

--- Returns a person's number from its serial.
function numbers.rpn(person)
  return encode(person_code, person)
end

--- Returns a person's serial from its number, or nil when it is none.
function numbers.person(rpn)
  return decode(person_code, rpn)
end

return numbers
