--- people.lua - the contacts of an account
-- SPDX-License-Identifier: MIT

local ascii = require("rackspace.base.ascii")
local changes = require("rackspace.sandbox.changes")
local numbers = require("rackspace.sandbox.numbers")

local floor = math.floor

local CONTACTS = 8 -- person serials kept for each account

local roles = { "PRIMARY", "BILLING", "TECHNICAL", "ADMINISTRATIVE",
  "TECHNICAL" }

-- Each as written, and as used in an e-mail address.
local first_names = { { "John", "john" }, { "Zoë", "zoe" },
  { "Sarah", "sarah" }, { "José", "jose" }, { "Katie", "katie" },
  { "Łukasz", "lukasz" }, { "Mike", "mike" }, { "Søren", "soren" },
  { "Amina", "amina" }, { "Þóra", "thora" }, { "Wei", "wei" } }
local last_names = { { "Doe", "doe" }, { "García", "garcia" },
  { "Thompson", "thompson" }, { "Nguyễn", "nguyen" }, { "Malu", "malu" },
  { "Müller", "muller" }, { "O'Brien", "obrien" }, { "Ōkubo", "okubo" },
  { "James", "james" }, { "Kowalska", "kowalska" }, { "Haddad", "haddad" } }
local titles = { "Mr", "Mrs.", "Ms", "Dr" }
local suffixes = { "Sr", "N/A", "Jr.", "N/A" }
-- City, state, country, zipcode, street, area code.
local towns = {
  { "San Antonio", "Texas", "US", "78218", "Walzem Road", "210" },
  { "Austin", "Texas", "US", "78701", "Congress Avenue", "512" },
  { "Blacksburg", "Virginia", "US", "24060", "Kraft Drive", "540" },
  { "San Francisco", "California", "US", "94107", "Folsom Street", "415" },
  { "Montréal", "Quebec", "CA", "H2Y 1C6", "rue Saint-Jacques", "514" },
}

local people = {}

local function roles_of(data, i, position)
  local first, no_billing = roles[position], data:draw(i, 41, 9) == 8
  if first == "PRIMARY" and data:draw(i, 40, 31) == 30
    or first == "BILLING" and no_billing then
    return { role = { "TECHNICAL" } }
  end
  if position == 1 and not no_billing and data:draw(i, 42, 5) == 4 then
    return { role = { first, "BILLING" } }
  end
  return { role = { first } }
end

local function addresses_of(town, dice)
  dice = floor(dice / 10)
  if dice % 5 == 4 then return nil end
  local list = {}
  for index = 1, dice % 3 == 2 and 2 or 1 do
    list[index] = { city = town[1], state = town[2], country = town[3],
      zipcode = town[4],
      street = 5000 + dice % 97 + index .. " " .. town[5] }
  end
  list[1].primary = true
  return { address = list }
end

local function preferences_of(dice)
  return { doNotFax = floor(dice / 16) % 4 == 3,
    doNotCall = floor(dice / 2) % 2 == 1,
    doNotEmail = floor(dice / 4) % 8 == 7, doNotMail = dice % 3 == 2,
    doNotSurvey = floor(dice / 32) % 2 == 1 }
end

local function contact_of(data, i, position)
  local dice = data:draw(i, 50 + position, 10000)
  local first = first_names[(dice + position - 1) % #first_names + 1]
  local last = last_names[(floor(dice / 7) + position - 1) % #last_names + 1]
  local town = towns[dice % #towns + 1]
  local name = first[2] .. "." .. last[2]
  local mail = name .. "." .. ascii.lower(data:id(i))
  local contact = {
    contactNumber = numbers.rpn(i * CONTACTS + position - 1),
    firstName = first[1], lastName = last[1],
    title = titles[floor(dice / 3) % #titles + 1],
    suffix = suffixes[floor(dice / 11) % #suffixes + 1],
    rcn = select(2, data:owner(i)), roles = roles_of(data, i, position),
    addresses = addresses_of(town, dice),
    emailAddresses = { emailAddress = {
      { address = mail .. "@example.com", primary = true } } },
    phoneNumbers = { phoneNumber = { { country = town[3],
      mask = "(###)-###-####", smsVerify = dice % 13 == 12, primary = true,
      number = string.format("%s55501%02d", town[6], dice % 100) } } },
    notificationPreferences = preferences_of(dice),
  }
  if dice % 2 == 0 then contact.username = name end
  if floor(dice / 100) % 4 == 3 then
    contact.emailAddresses.emailAddress[2] = {
      address = mail .. "@example.org", primary = false }
  end
  if dice % 7 < 4 then
    contact.lastUpdatedBy = changes.username(data, i, "CUSTOMER", position - 1)
    contact.lastUpdatedDate = select(2, changes.dates(data, i, 60 + position))
  end
  return contact
end

local function contact_count(data, i)
  return 5 - data:draw(i, 43, 4)
end

--- Returns the contacts of an account, two to five.
function people.contacts(data, i)
  local list = {}
  for position = 1, contact_count(data, i) do
    list[position] = contact_of(data, i, position)
  end
  return list
end

--- Returns the account and the position of a contact's number, or nil.
function people.contact(data, rpn)
  local serial = numbers.person(rpn)
  if not serial then return nil end
  local i, position = floor(serial / CONTACTS), serial % CONTACTS + 1
  if i >= data.count or position > contact_count(data, i) then return nil end
  return i, position
end

return people
