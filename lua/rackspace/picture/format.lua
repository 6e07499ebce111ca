--- format.lua - formats an account's changes and their dates as text
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local core = require("rackspace.core")
local date = require("rackspace.base.date")

local format = {}

local labels = { status = "Status", rcn = "Customer",
  collectionsStatus = "Collections", nickname = "Nickname" }

-- How reasons read; "" for those that only repeat the field that changed.
local reasons = { NEW = "new", MERGE = "merged", RCN_UPDATE = "moved",
  LEGACY_ACCOUNT_STATUS = "", COLLECTIONS_STATUS = "", NICKNAME = "" }

--- Returns DELINQUENT_LEVEL_1 as "Delinquent level 1", other texts unchanged.
function format.value(value)
  if type(value) ~= "string" then
    return value ~= nil and tostring(value) or nil
  elseif value:find("^%u[%u%d]*_[%u%d_]+$") or
      value:find("^%u%u%u%u+$") then
    return value:sub(1, 1) .. ascii.lower(value:sub(2)):gsub("_", " ")
  end
  return value
end

--- Returns the label of a field.
function format.label(what)
  return labels[what] or format.value(what) or "?"
end

--- Returns the old value of a change, or nil, and the new one. A nickname is
-- returned as its owner wrote it.
function format.change(record)
  local from, to = record.from, record.to
  if record.what ~= "nickname" and record.what ~= "rcn" then
    from, to = format.value(from), format.value(to)
  end
  if from == to then
    from = nil
  end
  return from, to or ""
end

--- Returns the reason of a change, or nil when it adds nothing.
function format.reason(record)
  local reason = record.reason
  local known = reasons[reason]
  if record.what == reason or known == "" then
    return nil
  end
  return known or format.value(reason)
end

--- Returns a change as one text: "Active → Closed, overdue".
function format.sentence(record)
  local from, to = format.change(record)
  local reason = format.reason(record)
  return (from and from .. " → " or "") .. to ..
    (reason and (to ~= "" and ", " or "") .. reason or "")
end

--- Returns the user who made a change: "user1 (customer)".
function format.actor(record)
  local kind = type(record.usertype) == "string" and
    ascii.lower(record.usertype)
  local who = record.who or ""
  return kind and who .. (who ~= "" and " " or "") .. "(" .. kind .. ")" or who
end

--- Returns the seconds of an ISO 8601 date, or nil.
function format.time(text)
  return type(text) == "string" and core.time(text) or nil
end

--- Returns seconds, or the date of a text, by a function of date's; a text that
-- is no date unchanged.
local function write(value, by)
  local time = type(value) == "number" and value or format.time(value)
  return time and by(time) or tostring(value or "")
end

--- Returns the day of a date in UTC; a text that is no date unchanged.
-- @param value seconds or an ISO 8601 text
function format.day(value)
  return write(value, date.day)
end

--- Returns the day and the minute of a date in UTC.
function format.minute(value)
  return write(value, date.minute)
end

return format
