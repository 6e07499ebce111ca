--- timeline.lua - an account's three histories merged into one
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")
local nearest = require("rackspace.base.nearest")

local timeline = {}

-- The histories. Of two records of one change, that of the first one counts.
local histories = { "history", "status_history", "customer_history" }

-- The fields that a change of the account history is about, and the members
-- of its record that have them from then on.
local changed = {
  NEW = { { "status", "accountStatus" }, { "rcn", "rcn" } },
  MERGE = { { "rcn", "rcn" } },
  RCN_UPDATE = { { "rcn", "rcn" } },
  LEGACY_ACCOUNT_STATUS = { { "status", "accountStatus" } },
  COLLECTIONS_STATUS = { { "collectionsStatus", "collectionsStatus" } },
  NICKNAME = { { "nickname", "nickname" } },
}

--- Reads a change of the OpenAPI dialect, which names its field.
local function read_field(change)
  local before = change.previousValue
  return { { date = change.changedAt, what = change.field,
    from = before ~= "" and before or nil, to = change.newValue,
    who = change.changedBy } }
end

local readers = {}

function readers.history(change)
  if change.field then
    return read_field(change)
  end
  local actor, records = change.updatedBy or {}, {}
  local kind = change.accountChangeType
  for i, names in ipairs(changed[kind] or { { kind or "unknown" } }) do
    records[i] = { date = change.updatedDate, what = names[1],
      to = change[names[2]], who = actor.username, usertype = actor.type,
      reason = kind, destinationUpdatedBy = change.destinationUpdatedBy }
  end
  return records
end

function readers.customer_history(change)
  if change.field then
    return read_field(change)
  end
  return { { date = change.date, what = "rcn", to = change.rcn,
    who = change.username, reason = change.accountChangeType } }
end

function readers.status_history(change)
  return { { date = change.date or change.changedAt, what = "status",
    to = change.status, who = change.username or change.changedBy,
    usertype = change.usertype, reason = change.reason,
    accessPolicy = change.accessPolicy } }
end

local function time_of(change)
  local date = change.date or change.updatedDate or change.changedAt
  return type(date) == "string" and core.time(date) or nil
end

--- Whether a history has its newest change first. Some have, and no document
-- says which.
local function is_newest_first(list)
  local first, last = time_of(list[1] or {}), time_of(list[#list] or {})
  return first ~= nil and last ~= nil and first > last
end

--- Adds the records of a history to a list, oldest first. A record without a
-- readable date stays behind the record before it.
local function add_history(all, name, list)
  local from, to, step = 1, #list, 1
  if is_newest_first(list) then
    from, to, step = #list, 1, -1
  end
  local time = -math.huge
  for i = from, to, step do
    time = time_of(list[i]) or time
    for _, record in ipairs(readers[name](list[i])) do
      all[#all + 1] = { record = record, time = time, position = #all + 1,
        source = name }
    end
  end
end

local function is_before(one, other)
  if one.time ~= other.time then
    return one.time < other.time
  end
  return one.position < other.position
end

--- Returns a key that two records of one change have in common. Some histories
-- have no milliseconds.
local function key_of(item)
  local second = item.time > -math.huge and math.floor(item.time) or 0
  return ("%s\0%s\0%.0f"):format(item.record.what, tostring(item.record.to),
    second)
end

--- Adds the members that another history has of a change.
local function complete(record, other, source)
  for name, value in pairs(other) do
    if record[name] == nil then
      record[name] = value
    end
  end
  table.insert(record.sources, source)
end

--- Merges histories, given by name, into one list. A change that two of them
-- record is in it once. The previous value of a field is the one it was given
-- last, unless the history has it.
function timeline.merge(lists)
  local all, records, known, present = {}, json.array{}, {}, {}
  for _, name in ipairs(histories) do
    add_history(all, name, lists[name] or {})
  end
  table.sort(all, is_before)
  for _, item in ipairs(all) do
    local key, record = key_of(item), item.record
    if known[key] and not nearest.has(known[key].sources,
        item.source) then
      complete(known[key], record, item.source)
    else
      record.from = record.from or present[record.what]
      record.sources = json.array{ item.source }
      records[#records + 1], known[key] = record, record
      present[record.what] = record.to
    end
  end
  return records
end

--- Requests all histories at once. Returns the value, message and error of
-- each.
local function ask(session, op, request, account)
  local tasks, answers = {}, {}
  local service = session[op.service]
  for i, name in ipairs(histories) do
    tasks[i] = session.scheduler:spawn(function()
      return { service[name](service, account, request.values) }
    end)
  end
  for i, name in ipairs(histories) do
    answers[name] = session.scheduler:join(tasks[i])
  end
  return answers
end

--- Returns the first error that counts. When an account has some history,
-- another one that is not found counts as empty.
local function failure(answers)
  local missing, found
  for _, name in ipairs(histories) do
    local value, err = answers[name][1], answers[name][3]
    if err and err.kind ~= "not_found" then
      return err
    end
    found, missing = found or value, missing or err
  end
  return not found and missing or nil
end

--- Runs `timeline`: the histories of an account, merged.
function timeline.perform(session, op, request, account)
  local answers, lists, source = ask(session, op, request, account), {}, nil
  local err = failure(answers)
  if err then
    return fault.fail(err, op.full_name)
  end
  for _, name in ipairs(histories) do
    lists[name] = answers[name][1]
    source = source or lists[name]
  end
  local records = timeline.merge(lists)
  local meta = members.copy(session.metas[source])
  meta.operation, meta.subject = op.full_name, account
  session:remember_meta(records, meta)
  return records
end

return timeline
