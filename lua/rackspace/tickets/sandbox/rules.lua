--- rules.lua - the roles, severities and categories of tickets
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.base.json")
local limits = require("rackspace.sandbox.limits")
local nearest = require("rackspace.base.nearest")

local rules = {}

local codes = { [400] = "badRequest", [401] = "unauthorized",
  [403] = "forbidden", [404] = "notFound", [405] = "methodNotAllowed",
  [406] = "notAcceptable", [413] = "requestEntityTooLarge",
  [415] = "unsupportedMediaType", [429] = "tooManyRequests",
  [500] = "internalServerError", [503] = "serviceUnavailable" }

local template = [[
{
    "status": %d,
    "message": %s,
    "faultCode": "%s",
    "moreInfo": "docs/ticketing/general-api-info/faults/#%s"
}]]

--- Returns a fault, formatted as in the API's reference.
function rules.fault(status, message, code)
  code = code or codes[status] or "fault"
  return status, template:format(status, json.plain(message), code, code),
    { ["Content-Type"] = "application/json" }
end

function rules.no_ticket()
  return rules.fault(404, "Ticket with this ID could not be found",
    "ticketNotFound")
end

function rules.refuse()
  return rules.fault(401, "No valid token provided")
end

--- Returns a refusal when a call exceeds its rate limit, or nil.
function rules.throttle(sandbox, call, op)
  local seconds = limits.pass(sandbox, op, call.user)
  if not seconds then
    return nil
  end
  local status, body, headers = rules.fault(429,
    ("Only %d requests are taken in %d seconds"):format(op.limit[1],
      op.limit.per))
  headers["Retry-After"] = core.number.text(seconds)
  return status, body, headers
end

-- ---- roles ------------------------------------------------------------------

local readers = { "ticketing:observer", "ticketing:admin",
  "identity:user-admin" }
local writers = { "identity:user-admin", "ticketing:admin" }
local portal_writers = { "account_admin", "edit_ticket" }
local uploaders = { "identity:user-admin", "ticketing:admin",
  "dedicated:default" }
local feed_readers = { "cloudfeeds:observer", "identity:user-admin" }

local function has_one(granted, wanted)
  for _, role in ipairs(granted or {}) do
    if nearest.has(wanted, role) then
      return true
    end
  end
  return false
end

--- Returns a refusal when none of the wanted roles is granted, or nil.
local function demand(granted, wanted)
  if not has_one(granted, wanted) then
    return rules.fault(403, "This takes the role " ..
      table.concat(wanted, " or "))
  end
end

function rules.read_refusal(user)
  return demand(user.roles, readers)
end

--- Returns a refusal when a user may not change tickets of an account, or nil.
-- Dedicated accounts have their own roles, which the portal grants.
function rules.write_refusal(user, account_id)
  if account_id:find("^hybrid:") then
    return demand(user.portal, portal_writers)
  end
  return demand(user.roles, writers)
end

--- Returns a refusal for attachments and resources, which belong to no account;
-- or nil.
function rules.upload_refusal(user)
  return demand(user.roles, uploaders)
end

function rules.follow_refusal(user)
  return demand(user.roles, feed_readers)
end

-- ---- accounts and what they can have ----------------------------------------

local product_names = { hybrid = "Dedicated", faws = "AWS",
  managed_gcp = "Google", cloud = "Cloud" }

--- Returns the product of an account: "hybrid", "faws", "managed_gcp" or
-- "cloud".
function rules.product(account_id)
  local prefix = account_id:match("^(%l[%l_]*):")
  return product_names[prefix] and prefix or "cloud"
end

function rules.product_name(product)
  return product_names[product]
end

--- Returns the severities of a product's accounts.
function rules.severities(product)
  local list = { "Low", "Normal", "High", "Urgent" }
  if product == "hybrid" then
    list[#list + 1] = "Emergency"
  end
  return json.array(list)
end

function rules.is_severity(product, severity)
  return nearest.has(rules.severities(product), severity)
end

local subcategories = {
  { name = "General", allowedProducts = json.array{ "hybrid" } },
  { name = "Other",
    allowedProducts = json.array{ "cloud", "faws", "managed_gcp" } },
}

--- Returns the subcategory of a product, or nil for an unknown name. A product
-- has one subcategory only, and both names mean it.
function rules.subcategory(product, given)
  if given == "General" or given == "Other" then
    return product == "hybrid" and "General" or "Other"
  end
end

rules.categories = json.array{}
for id, row in ipairs{
  { "Account", "Service Request", "Users, contacts and settings." },
  { "Billing and Payments", "Service Request", "Invoices and payments." },
  { "Change", "Change", "A change to what is there." },
  { "Request for Information", "Service Request", "A question." },
  { "Incident", "Incident", "Something does not work." },
} do
  rules.categories[id] = { id = id, name = row[1], classification = row[2],
    description = row[3], subcategories = json.array(subcategories) }
end

--- Returns the category of a name, or nil.
function rules.category(name)
  for _, category in ipairs(rules.categories) do
    if category.name == name then
      return category
    end
  end
end

return rules
