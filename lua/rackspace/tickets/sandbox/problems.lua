--- problems.lua - checks the bodies of new tickets, updates and comments
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local rules = require("rackspace.tickets.sandbox.rules")
local uploads = require("rackspace.tickets.sandbox.uploads")

local function is_text(value)
  return type(value) == "string" and value:find("%S") ~= nil
end

local function is_list_of(value, is_good)
  if type(value) ~= "table" or value[1] == nil and
      not json.is_array(value) then
    return false
  end
  for _, one in ipairs(value) do
    if not is_good(one) then
      return false
    end
  end
  return true
end

local function is_resource(value)
  return type(value) == "string" and
    value:find("^https?://[^/]+/resources/[%w_]+:[^/]+$") ~= nil
end

--- Returns the problem of a comment, or nil.
local function comment_problem(sandbox, comment)
  if type(comment) ~= "table" or not is_text(comment.text) then
    return "The comment's text is required"
  elseif comment.attachments ~= nil and not is_list_of(comment.attachments,
      function(one)
        return type(one) == "table" and is_text(one.filename) and
          (one.uuid == nil or is_text(one.uuid))
      end) then
    return "The provided attachments are invalid"
  end
  return uploads.problem(sandbox, comment.attachments)
end

--- Returns the problem of the lists in a new ticket, or nil.
local function lists_problem(body)
  if body.resources ~= nil and not is_list_of(body.resources, is_resource) then
    return "The provided resources are invalid"
  elseif body.recipients ~= nil and
      not is_list_of(body.recipients, is_text) then
    return "The provided recipients are invalid"
  end
end

local required = { "accountId", "subject", "category", "subcategory" }

--- Returns the problem of a new ticket, or nil.
local function ticket_problem(sandbox, body)
  for _, name in ipairs(required) do
    if not is_text(body[name]) then
      return ("The %s is required"):format(name)
    end
  end
  local product = rules.product(body.accountId)
  if not rules.category(body.category) then
    return "The provided category is invalid"
  elseif not rules.subcategory(product, body.subcategory) then
    return "The provided subcategory is invalid"
  elseif body.severity ~= nil and
      not rules.is_severity(product, body.severity) then
    return "The provided severity is invalid"
  end
  return lists_problem(body) or
    body.comment ~= nil and comment_problem(sandbox, body.comment) or nil
end

--- Returns the problem of an update, or nil.
local function update_problem(body, ticket)
  if type(body) ~= "table" or body.status == nil and body.resources == nil then
    return "The status or the resources are required"
  elseif body.status ~= nil and body.status ~= "Closed" then
    return "The provided status is invalid"
  elseif body.resources ~= nil and not is_list_of(body.resources, is_resource)
  then
    return "The provided resources are invalid"
  elseif ticket.status == "Closed" then
    return "The ticket is closed"
  end
end

return { comment = comment_problem, is_text = is_text, ticket = ticket_problem,
  update = update_problem }
