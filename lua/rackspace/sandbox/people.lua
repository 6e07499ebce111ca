--- people.lua - customers' numbers, the changes people made, and contacts
-- SPDX-License-Identifier: MIT

local floor = math.floor

-- A number is first + serial * factor modulo LIMIT; inverse undoes factor.
local LIMIT = 1000000000
local DIGITS = "%-(%d%d%d)%-(%d%d%d)%-(%d%d%d)$"
local customer_code = { form = "RCN-%03d-%03d-%03d", pattern = "^RCN" .. DIGITS,
  first = 123456789, factor = 618033989, inverse = 1536909 }
local person_code = { form = "RPN-%03d-%03d-%03d", pattern = "^RPN" .. DIGITS,
  first = 823034233, factor = 381966011, inverse = 998463091 }
local FORMER = 500000000 -- customers from here on own nothing any more
local CONTACTS = 8 -- person serials kept for each account

-- What happened to an account, oldest first. Account 0 has the first story.
local stories = {
  "NEW:Pending Approval,MERGE,STATUS:Delinquent,RCN_UPDATE,STATUS:Active,"
    .. "NICKNAME",
  "NEW:Active",
  "NEW:Active,COLLECTIONS:CURRENT",
  "NEW:Active,NICKNAME",
  "NEW:Pending Approval,STATUS:Active,COLLECTIONS:CURRENT,NICKNAME",
  "NEW:Active,COLLECTIONS:CURRENT,RCN_UPDATE,NICKNAME",
  "NEW:Active,COLLECTIONS:CURRENT,COLLECTIONS:DELINQUENT_LEVEL_1,"
    .. "COLLECTIONS:CURRENT,NICKNAME",
  "NEW:Active,MERGE,NICKNAME",
  "NEW:Active,COLLECTIONS:CURRENT,NICKNAME,COLLECTIONS:DELINQUENT_LEVEL_1,"
    .. "STATUS:Delinquent,COLLECTIONS:DELINQUENT_LEVEL_2",
  "NEW:Active,NICKNAME,COLLECTIONS:DELINQUENT_LEVEL_1,STATUS:Delinquent,"
    .. "COLLECTIONS:PROMISED_TO_PAY",
  "NEW:Pending Approval",
  "NEW:Active,COLLECTIONS:CURRENT,RCN_UPDATE,RCN_UPDATE,"
    .. "COLLECTIONS:DELINQUENT_LEVEL_1,COLLECTIONS:DELINQUENT_LEVEL_2,"
    .. "COLLECTIONS:CURRENT,STATUS:Closed,COLLECTIONS:WRITTEN_OFF,NICKNAME",
}
-- Stories by their share of the accounts: most are active.
local shares = { 1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 8, 8, 9, 10,
  11, 12 }

local kinds = { STATUS = "LEGACY_ACCOUNT_STATUS",
  COLLECTIONS = "COLLECTIONS_STATUS" }
local actors = { NEW = "SYSTEM", NICKNAME = "CUSTOMER",
  RCN_UPDATE = "CUSTOMER" }
local usernames = {
  SYSTEM = { "service_account_user", "service_account_admin" },
  RACKER = { "abc456", "abc2222", "abc2223", "abc2224", "xyz123" },
  CUSTOMER = { "user1", "user0123", "john0987", "mike.jones", "zoe.garcia" },
}
local policies = { Active = "FULL", Delinquent = "SUSPENDED",
  Closed = "TERMINATED" }
local roles = { "PRIMARY", "BILLING", "TECHNICAL", "ADMINISTRATIVE",
  "TECHNICAL" }

-- As written, and as it stands in an e-mail address.
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
local places = {
  { "San Antonio", "Texas", "US", "78218", "Walzem Road", "210" },
  { "Austin", "Texas", "US", "78701", "Congress Avenue", "512" },
  { "Blacksburg", "Virginia", "US", "24060", "Kraft Drive", "540" },
  { "San Francisco", "California", "US", "94107", "Folsom Street", "415" },
  { "Montréal", "Quebec", "CA", "H2Y 1C6", "rue Saint-Jacques", "514" },
}

local people = {}

-- a * b % LIMIT in two steps, neither of which a double would round.
local function multiply(a, b)
  local high = a * floor(b / 100000) % LIMIT
  return (high * 100000 + a * (b % 100000)) % LIMIT
end

local function encode(code, serial)
  local n = (code.first + multiply(code.factor, serial)) % LIMIT
  return string.format(code.form, floor(n / 1000000), floor(n / 1000) % 1000,
    n % 1000)
end

local function decode(code, text)
  if type(text) ~= "string" then return nil end
  local a, b, c = text:match(code.pattern)
  if not a then return nil end
  local n = (tonumber(a) * 1000 + tonumber(b)) * 1000 + tonumber(c)
  return multiply(code.inverse, (n - code.first) % LIMIT)
end

-- Turns a story's text into its changes, each with the state it leaves.
local function parse(text)
  local story, status, collections = { moves = 0 }, nil, nil
  for word in text:gmatch("[^,]+") do
    local name, value = word:match("^([%u_]+):?(.*)$")
    if name == "COLLECTIONS" then collections = value
    elseif name == "NICKNAME" then story.nickname = true
    elseif value ~= "" then status = value end
    if name == "RCN_UPDATE" or name == "MERGE" then
      story.moves = story.moves + 1
    end
    story[#story + 1] = { kind = kinds[name] or name, moves = story.moves,
      actor = actors[name] or "RACKER", status = status,
      collections = collections, nickname = name == "NICKNAME" }
  end
  return story
end

for index, text in ipairs(stories) do stories[index] = parse(text) end

local function story_of(data, i)
  return stories[shares[data:draw(i, 20, #shares) + 1]]
end

-- Days count from 2012-03-01, so that a leap day ends its four years.
local function calendar(day)
  local rest = day % 1461
  local year = math.min(3, floor(rest / 365))
  rest = rest - 365 * year
  local month = floor((5 * rest + 2) / 153)
  local date = rest - floor((153 * month + 2) / 5) + 1
  year = 2012 + 4 * floor(day / 1461) + year
  if month > 9 then return year + 1, month - 9, date end
  return year, month + 3, date
end

-- The change's date; the latest the stories can give is in 2023.
local function date_of(data, i, change)
  local first, gap = 136, 202
  if i > 0 then
    first, gap = data:draw(i, 21, 3000), 10 + data:draw(i, 22, 120)
  end
  local year, month, date = calendar(first + (change - 1) * gap)
  local time = (64800000 + data:draw(i, 30 + change, 86400000)) % 86400000
  local seconds = floor(time / 1000)
  return string.format("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, date,
    floor(seconds / 3600), floor(seconds / 60) % 60, seconds % 60, time % 1000)
end

local function username_of(data, i, kind, turn)
  local names = usernames[kind]
  return names[(data:draw(i, 23, #names) + turn) % #names + 1]
end

-- The owner after the change: the present one after the last move.
local function rcn_of(data, i, story, change)
  local left = story.moves - change.moves
  if left == 0 then return (select(2, data:owner(i))) end
  return encode(customer_code, FORMER + i * 4 + left)
end

--- A customer's number, and back.
function people.rcn(customer)
  return encode(customer_code, customer)
end

function people.customer(rcn)
  return decode(customer_code, rcn)
end

--- What the account's changes have led to: status, collections status,
-- whether it has a nickname, and who changed it last and when.
function people.present(data, i)
  local story = story_of(data, i)
  local last = story[#story]
  return last.status, last.collections, story.nickname,
    username_of(data, i, last.actor, 0), date_of(data, i, #story)
end

--- Two dates of the account's life, the second not before the first.
function people.dates(data, i, salt)
  local late = data:draw(i, salt, #story_of(data, i)) + 1
  return date_of(data, i, 1), date_of(data, i, late)
end

--- Every change, oldest first.
function people.history(data, i)
  local story, items = story_of(data, i), {}
  for index, change in ipairs(story) do
    local turn = #story - index
    local item = { accountChangeType = change.kind,
      accountStatus = change.status, collectionsStatus = change.collections,
      rcn = rcn_of(data, i, story, change),
      updatedDate = date_of(data, i, index),
      updatedBy = { type = change.actor,
        username = username_of(data, i, change.actor, turn) } }
    if change.nickname then item.nickname = data:nickname(i) end
    if change.kind == "RCN_UPDATE" then
      item.destinationUpdatedBy = { type = "RACKER",
        username = username_of(data, i, "RACKER", turn + 1) }
    end
    items[index] = item
  end
  return items
end

--- The changes of status, newest first.
function people.status_history(data, i)
  local story, items, history = story_of(data, i), {}, people.history(data, i)
  for index = #history, 1, -1 do
    local item = history[index]
    local kind, status = item.accountChangeType, item.accountStatus
    if kind == "NEW" or kind == "LEGACY_ACCOUNT_STATUS" then
      local change = { status = status, date = item.updatedDate,
        username = item.updatedBy.username, usertype = item.updatedBy.type,
        accessPolicy = policies[status],
        collectionsStatus = item.collectionsStatus }
      if status == "Active" then change.fraudStatus = "ACCEPT" end
      if status == "Pending Approval" and #story == 1 then
        change.accessPolicy, change.fraudStatus = "LIMITED", "PENDING_APPROVAL"
      end
      items[#items + 1] = change
    end
  end
  return items
end

--- The changes of customer, newest first.
function people.customer_history(data, i)
  local items, history = {}, people.history(data, i)
  for index = #history, 1, -1 do
    local item = history[index]
    local kind = item.accountChangeType
    if kind == "NEW" or kind == "RCN_UPDATE" or kind == "MERGE" then
      items[#items + 1] = { accountChangeType = kind, rcn = item.rcn,
        username = item.updatedBy.username, date = item.updatedDate }
    end
  end
  return items
end

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

local function addresses_of(place, dice)
  dice = floor(dice / 10)
  if dice % 5 == 4 then return nil end
  local list = {}
  for index = 1, dice % 3 == 2 and 2 or 1 do
    list[index] = { city = place[1], state = place[2], country = place[3],
      zipcode = place[4],
      street = 5000 + dice % 97 + index .. " " .. place[5] }
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
  local place = places[dice % #places + 1]
  local name = first[2] .. "." .. last[2]
  local mail = name .. "." .. data:id(i):lower()
  local contact = {
    contactNumber = encode(person_code, i * CONTACTS + position - 1),
    firstName = first[1], lastName = last[1],
    title = titles[floor(dice / 3) % #titles + 1],
    suffix = suffixes[floor(dice / 11) % #suffixes + 1],
    rcn = select(2, data:owner(i)), roles = roles_of(data, i, position),
    addresses = addresses_of(place, dice),
    emailAddresses = { emailAddress = {
      { address = mail .. "@example.com", primary = true } } },
    phoneNumbers = { phoneNumber = { { country = place[3],
      mask = "(###)-###-####", smsVerify = dice % 13 == 12, primary = true,
      number = string.format("%s55501%02d", place[6], dice % 100) } } },
    notificationPreferences = preferences_of(dice),
  }
  if dice % 2 == 0 then contact.username = name end
  if floor(dice / 100) % 4 == 3 then
    contact.emailAddresses.emailAddress[2] = {
      address = mail .. "@example.org", primary = false }
  end
  if dice % 7 < 4 then
    contact.lastUpdatedBy = username_of(data, i, "CUSTOMER", position - 1)
    contact.lastUpdatedDate = select(2, people.dates(data, i, 60 + position))
  end
  return contact
end

local function contact_count(data, i)
  return 5 - data:draw(i, 43, 4)
end

--- Two to five contacts of an account.
function people.contacts(data, i)
  local list = {}
  for position = 1, contact_count(data, i) do
    list[position] = contact_of(data, i, position)
  end
  return list
end

--- The account and the position that a contact's number stands for.
function people.contact(data, rpn)
  local serial = decode(person_code, rpn)
  if not serial then return nil end
  local i, position = floor(serial / CONTACTS), serial % CONTACTS + 1
  if i >= data.count or position > contact_count(data, i) then return nil end
  return i, position
end

return people
