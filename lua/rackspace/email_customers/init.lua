--- init.lua - Email & Apps: a reseller's customers
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local create = require("rackspace.email_customers.create")
local service = require("rackspace.session.service")

local reseller = "a reseller's key"
local portal = "the Cloud Office Control Panel (cp.rackspace.com)"

-- The service counts by key, whatever the call.
local reads = { 60, per = 60, window = "reads" }
local writes = { 30, per = 60, window = "writes" }
-- The call that shows what a write did whose response was lost.
local outcome = "rs.email_customers:get"

local number = { "accountNumber", "id", record = "accountNumber",
  "The customer's account number, or its record." }
local number_or_me = { "accountNumber", "id", record = "accountNumber",
  'The customer\'s account number or record; "me" for the key\'s own.' }

local function login_token(session, op, request)
  local answer, message, err = session:perform(op, request)
  if not answer then
    return nil, message, err
  elseif type(answer.token) == "string" then
    answer.token = core.secret(answer.token)
  end
  return answer
end

return service.define{
  name = "email_customers", endpoint = "email", auth = "signature",
  encoding = "urlencoded", version = "v1", xml = "text/xml",
  endpoints = { email = { url = "https://api.emailsrvr.com" } },
  doc = "The customers of an Email & Apps reseller. These calls are signed " ..
    "with the keys of the setting `email`; they need no Identity user.",
  source = "Email & Apps API reference, Customer",
  contract = "v1",
  errors = { 400, 403, 404, 406, 500 },
  faults = { ["Exceeded request limits"] = "throttled",
    ["Authentication failed."] = "auth" },

  types = {
    Customer = {
      { "name", "string", "Its name." },
      { "accountNumber", "string", "Its account number: digits." },
      { "referenceNumber", "string", "What its reseller calls it." },
    },
    LoginToken = {
      { "token", "secret", "Lets its user log in at the control panel, for " ..
        "ten minutes." },
      { "user", "string", "Whose it is." },
      { "dateCreated", "string", "When it was made: M/D/YYYY h:mm:ss AM." },
    },
  },

  { "list", "GET /{version}/customers", role = reseller, portal = portal,
    query = {
      { "startswith", "string", without = "contains", personal = true,
        'Only customers whose name, account number or reference number ' ..
        'begins so; "0-9" stands for any digit.' },
      { "contains", "string", without = "startswith", personal = true,
        "Only customers that have this in one of those three." },
      { "size", "integer", min = 1, max = 250,
        "How many to a page; the service takes 50." },
      { "offset", "integer", min = 0, "How many to skip." },
      { "page", "integer", min = 0,
        "Obsolete: older samples have it, the service ignores it. The " ..
        "sandbox refuses other pages than the first." },
    },
    items = "customers", pages = "offset", size = "size", total = "total",
    key = { "accountNumber" }, returns = "Customer",
    limit = reads,
    doc = "Every customer of the reseller, page by page.",
    example = 'for customer in rs.email_customers:list{ contains = "API" } ' ..
      "do print(customer.accountNumber, customer.name) end" },

  { "get", "GET /{version}/customers/{accountNumber}",
    role = reseller .. ', but for "me"', portal = portal,
    args = { number_or_me },
    returns = "Customer", limit = reads,
    doc = "One customer, or the key's own account.",
    example = 'local own = assert(rs.email_customers:get("me"))' },

  { "find", "GET /{version}/customers", role = reseller, portal = portal,
    query = {
      { "referenceNumber", "string", required = true, personal = true,
        record = "referenceNumber", "The whole reference number." },
    },
    returns = "Customer", limit = reads,
    doc = "The customer that has exactly this reference number.",
    example = 'local customer, message, err = ' ..
      'rs.email_customers:find{ referenceNumber = "49" }' },

  { "create", "POST /{version}/customers", role = reseller, portal = portal,
    accepts = "Customer",
    done = "added {accountNumber}",
    body = {
      { "name", "string", required = true, personal = true, "Its name." },
      { "referenceNumber", "string", personal = true, "What you call it." },
    },
    returns = "Customer", run = create.run, limit = writes,
    outcome = "rs.email_customers:list{ contains = ... }",
    doc = "Adds a customer and reads it back, since the service doesn't " ..
      "say its account number: by the reference number, where that is new, " ..
      "or else by comparing who has that name before and after. When that " ..
      "does not tell which one is new, err.created is true and " ..
      "err.candidates lists those that it may be.",
    example = 'local customer = assert(rs.email_customers:create{ ' ..
      'name = "Blue Harbor", referenceNumber = "1071" })' },

  { "update", "PUT /{version}/customers/{accountNumber}",
    role = reseller, portal = portal,
    args = { number }, accepts = "Customer",
    done = "updated {accountNumber}",
    body = {
      { "name", "string", personal = true, "Its new name." },
      { "referenceNumber", "string", personal = true,
        "Its new reference number." },
    },
    limit = writes, outcome = outcome,
    doc = "Changes a customer's name, reference number or both.",
    example = 'assert(rs.email_customers:update(customer, ' ..
      '{ name = "Blue Harbour" }))' },

  { "delete", "DELETE /{version}/customers/{accountNumber}",
    role = reseller, portal = portal,
    done = "deleted {accountNumber}",
    args = { number }, limit = writes, outcome = outcome,
    doc = "Deletes a customer." },

  { "enable", "POST /{version}/customers/{accountNumber}/enable",
    done = "enabled {accountNumber}",
    role = reseller, portal = portal, args = { number }, limit = writes,
    outcome = outcome,
    doc = "Lets a customer's users in again." },

  { "disable", "POST /{version}/customers/{accountNumber}/disable",
    done = "disabled {accountNumber}",
    role = reseller, portal = portal, args = { number }, limit = writes,
    outcome = outcome,
    doc = "Keeps a customer's users out." },

  { "login_token", "POST /{version}/customers/{accountNumber}/loginToken",
    done = "made a log-in token of {accountNumber}",
    role = reseller .. ', but for "me"', portal = portal,
    args = { number_or_me },
    body = {
      { "userName", "string", required = true, personal = true,
        "The administrator." },
      { "virtualUser", "boolean",
        "Whether the user is one that exists for this log-in only." },
    },
    returns = "LoginToken", run = login_token, limit = writes,
    doc = "A token by which an administrator of the customer is let in at " ..
      "the control panel within ten minutes. The token is a secret: " ..
      "answer.token:reveal() is its text." },
}
