--- shapes.lua - what the entries of a state have
-- SPDX-License-Identifier: MIT

-- The types of an entry's fields, by the part of the state; one that ends in
-- "?" may be nil.
local fields = {
  tokens = { user = "string", expires = "string", how = "table?",
    tenant = "string?", scope = "string?", impersonator = "string?" },
  challenges = { user = "string", expires = "string" },
  tickets = { ticketId = "string", accountId = "string", subject = "string",
    status = "string", created = "string", modified = "string",
    comments = "table" },
  events = { id = "string", kind = "string", ticketId = "string",
    accountId = "string", status = "string", subject = "string",
    updated = "string" },
  uploads = { filename = "string" },
  customers = { name = "string?", referenceNumber = "string?",
    is_deleted = "boolean?", is_disabled = "boolean?" },
}
local comment_fields = { id = "string", text = "string", created = "string",
  attachments = "table?" }
local attachment_fields = { filename = "string", uuid = "string" }
local lists = { tickets = true, events = true }
local kinds = { create = true, update = true, comment = true }

local shapes = {}

--- Returns the name of a field that has another type than it should, or nil.
local function wrong_field(entry, types)
  for name, expected in pairs(types) do
    local value = entry[name]
    local may_be_nil = expected:sub(-1) == "?"
    if not (may_be_nil and value == nil) and
        type(value) ~= expected:gsub("%?", "") then
      return name
    end
  end
end

local function is_list(list)
  local count = 0
  for _ in pairs(list) do
    count = count + 1
  end
  return count == #list
end

--- Returns what is wrong with entries, which `title` names, or nil.
local function entries_problem(title, entries, types)
  for _, entry in pairs(entries) do
    if type(entry) ~= "table" then
      return ("one of its %s is a %s"):format(title, type(entry))
    end
    local name = wrong_field(entry, types)
    if name then
      return ("one of its %s has no good '%s'"):format(title, name)
    end
  end
end

--- Returns what is wrong with the attachments of a comment, or nil.
local function attachments_problem(list, uploads)
  local problem = entries_problem("attachments", list, attachment_fields)
  for _, one in pairs(problem and {} or list) do
    if not uploads[one.uuid] then
      return "one of its attachments was not uploaded"
    end
  end
  return problem
end

--- Returns what is wrong with the comments of a ticket, or nil.
local function comments_problem(comments, uploads)
  local problem = not is_list(comments) and "its comments are no list" or
    entries_problem("comments", comments, comment_fields)
  for _, comment in ipairs(problem and {} or comments) do
    problem = problem or attachments_problem(comment.attachments or {}, uploads)
  end
  return problem
end

--- Returns what is wrong with the parts of a state, or nil. Its numbers and the
-- files of its uploads are left to the store. What passes can be shown.
function shapes.problem(state)
  for part, types in pairs(fields) do
    local problem = lists[part] and not is_list(state[part]) and
      ("its %s are no list"):format(part) or
      entries_problem(part, state[part], types)
    if problem then
      return problem
    end
  end
  for _, ticket in ipairs(state.tickets) do
    local problem = comments_problem(ticket.comments, state.uploads)
    if problem then
      return problem
    end
  end
  for _, event in ipairs(state.events) do
    if not kinds[event.kind] then
      return "one of its events has no good 'kind'"
    end
  end
end

return shapes
