--- changes.lua - the history of an account: its changes and their authors
-- SPDX-License-Identifier: MIT

local numbers = require("rackspace.sandbox.numbers")

local floor = math.floor

local FORMER = 500000000 -- customers from here on no longer own an account

-- The changes of an account, oldest first, each with its value and its author's
-- kind where that is not the usual one. Account 0 has the first story.
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
    .. "COLLECTIONS:DELINQUENT_LEVEL_2,STATUS:Delinquent",
  "NEW:Active,NICKNAME,COLLECTIONS:DELINQUENT_LEVEL_1,STATUS:Delinquent,"
    .. "COLLECTIONS:PROMISED_TO_PAY",
  "NEW:Pending Approval",
  "NEW:Active,COLLECTIONS:CURRENT,RCN_UPDATE,RCN_UPDATE,"
    .. "COLLECTIONS:DELINQUENT_LEVEL_1,COLLECTIONS:DELINQUENT_LEVEL_2,"
    .. "COLLECTIONS:CURRENT,STATUS:Closed:CUSTOMER,COLLECTIONS:WRITTEN_OFF,"
    .. "NICKNAME",
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

local changes = {}

-- Parses a story into its changes, each with the state after it.
local function parse(text)
  local story, status, collections = { moves = 0 }, nil, nil
  for word in text:gmatch("[^,]+") do
    local name, value, actor = word:match("^([%u_]+):?([^:]*):?(%u*)$")
    if name == "COLLECTIONS" then collections = value
    elseif name == "NICKNAME" then story.nickname = true
    elseif value ~= "" then status = value end
    if name == "RCN_UPDATE" or name == "MERGE" then
      story.moves = story.moves + 1
    end
    story[#story + 1] = { kind = kinds[name] or name, moves = story.moves,
      actor = actor ~= "" and actor or actors[name] or "RACKER",
      status = status,
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

-- Returns the date of a change; the latest possible one is in 2023.
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

--- Returns the author of a change: a username of the kind "SYSTEM", "RACKER" or
-- "CUSTOMER". Successive values of `turn` cycle through them.
function changes.username(data, i, kind, turn)
  local names = usernames[kind]
  return names[(data:draw(i, 23, #names) + turn) % #names + 1]
end

-- Returns the RCN of the owner after a change: the present owner's after the
-- last move, a former owner's before it.
local function rcn_of(data, i, story, change)
  local left = story.moves - change.moves
  if left == 0 then return (select(2, data:owner(i))) end
  return numbers.rcn(FORMER + i * 4 + left)
end

--- Returns the state after an account's last change: status, collections
-- status, whether it has a nickname, and the author and date of that change.
function changes.present(data, i)
  local story = story_of(data, i)
  local last = story[#story]
  return last.status, last.collections, story.nickname,
    changes.username(data, i, last.actor, 0), date_of(data, i, #story)
end

--- Returns the date of the account's first change, and that of any one of its
-- changes.
function changes.dates(data, i, salt)
  local late = data:draw(i, salt, #story_of(data, i)) + 1
  return date_of(data, i, 1), date_of(data, i, late)
end

--- Returns every change, oldest first.
function changes.history(data, i)
  local story, items = story_of(data, i), {}
  for index, change in ipairs(story) do
    local turn = #story - index
    local item = { accountChangeType = change.kind,
      accountStatus = change.status, collectionsStatus = change.collections,
      rcn = rcn_of(data, i, story, change),
      updatedDate = date_of(data, i, index),
      updatedBy = { type = change.actor,
        username = changes.username(data, i, change.actor, turn) } }
    if change.nickname then item.nickname = data:nickname(i) end
    if change.kind == "RCN_UPDATE" then
      item.destinationUpdatedBy = { type = "RACKER",
        username = changes.username(data, i, "RACKER", turn + 1) }
    end
    items[index] = item
  end
  return items
end

--- Returns the changes of status, newest first.
function changes.status_history(data, i)
  local story, items, history = story_of(data, i), {}, changes.history(data, i)
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

--- Returns the changes of the customer, newest first.
function changes.customer_history(data, i)
  local items, history = {}, changes.history(data, i)
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

return changes
