--- words.lua - an account's changes in words that everybody reads
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local words = {}

local labels = { status = "Status", rcn = "Customer",
  collectionsStatus = "Collections", nickname = "Nickname" }

-- Reasons that say more than the field that changed.
local reasons = { NEW = "new", MERGE = "merged", RCN_UPDATE = "moved",
  LEGACY_ACCOUNT_STATUS = "", COLLECTIONS_STATUS = "", NICKNAME = "" }

--- DELINQUENT_LEVEL_1 as "Delinquent level 1"; other texts as they are.
function words.value(value)
  if type(value) ~= "string" then
    return value ~= nil and tostring(value) or nil
  elseif value:find("^%u[%u%d]*_[%u%d_]+$") or
      value:find("^%u%u%u%u+$") then
    return value:sub(1, 1) .. value:sub(2):lower():gsub("_", " ")
  end
  return value
end

--- What a field is called.
function words.label(what)
  return labels[what] or words.value(what) or "?"
end

--- What a record changed: what it was before, or nil, and what it is. A
-- nickname is whatever its owner wrote.
function words.change(record)
  local from, to = record.from, record.to
  if record.what ~= "nickname" and record.what ~= "rcn" then
    from, to = words.value(from), words.value(to)
  end
  if from == to then
    from = nil
  end
  return from, to or ""
end

--- Why, in words; nil when there is nothing to add.
function words.reason(record)
  local reason = record.reason
  local known = reasons[reason]
  if record.what == reason or known == "" then
    return nil
  end
  return known or words.value(reason)
end

--- The change as one text: "Active → Closed, overdue".
function words.sentence(record)
  local from, to = words.change(record)
  local reason = words.reason(record)
  return (from and from .. " → " or "") .. to ..
    (reason and (to ~= "" and ", " or "") .. reason or "")
end

--- By whom: "user1 (customer)".
function words.actor(record)
  local kind = type(record.usertype) == "string" and record.usertype:lower()
  local who = record.who or ""
  return kind and who .. (who ~= "" and " " or "") .. "(" .. kind .. ")" or who
end

--- The seconds of a record's date, or nil.
function words.time(date)
  return type(date) == "string" and core.time(date) or nil
end

--- A date as a day in UTC; what is no date stays what it is.
function words.day(date)
  local time = type(date) == "number" and date or words.time(date)
  return time and os.date("!%Y-%m-%d", math.floor(time)) or
    tostring(date or "")
end

--- The same with the minute.
function words.minute(date)
  local time = type(date) == "number" and date or words.time(date)
  return time and os.date("!%Y-%m-%d %H:%M", math.floor(time)) or
    tostring(date or "")
end

return words
