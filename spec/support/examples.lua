--- examples.lua - a call of every operation that there is, as data
-- SPDX-License-Identifier: MIT

--- What an earlier call gave: the whole of it, or a member ("a.1.b" is the b of
-- the first of a); `otherwise` where nothing was kept.
local function kept(name, member, otherwise)
  return { kept = name, member = member, otherwise = otherwise }
end

-- Where a file that is fetched goes: who runs the examples removes it.
local landing = os.tmpname()
os.remove(landing)

local account, rcn = "CLOUD/10101", "RCN-123-456-789"

--- A session that logs in otherwise than the sandbox's first user does.
local careful = { username = "careful", password = "careful-Passw0rd", api_key = false }
local racker = { username = "racker", api_key = "7ac4e700000000000000000000c0de5" }

-- { operation, arguments..., keep = the name of its result, as = settings,
-- before = an operation that fails first, openapi = the arguments there,
-- otherwise = what it is answered while it only looks }. They are called in
-- this order.
local examples = {
  { "accounts.list", { limit = 5 }, openapi = {} },
  { "accounts.get", account, openapi = { rcn } },
  { "accounts.status_history", account, openapi = { rcn } },
  { "accounts.customer_history", account, openapi = { rcn } },
  { "accounts.history", account, openapi = { rcn } },
  { "accounts.timeline", account, openapi = { rcn } },

  { "contacts.list", account, { limit = 2 }, openapi = { rcn }, keep = "contacts" },
  { "contacts.get", account, kept("contacts", "contactNumber"),
    openapi = { rcn, kept("contacts", "id") } },

  { "metadata.list", account, openapi = { rcn } },
  { "metadata.entries", account, openapi = { rcn }, keep = "entries" },
  { "metadata.get", account, kept("entries", "key"), openapi = { rcn, kept("entries", "key") } },
  { "metadata.details", account, kept("entries", "key"),
    openapi = { rcn, kept("entries", "key") } },

  { "email_customers.list", { size = 2 } },
  { "email_customers.get", "me" },
  { "email_customers.create", { name = "Blue Harbor", referenceNumber = "coverage" },
    keep = "customer", otherwise = { 404, { itemNotFoundFault = { message = "none" } } } },
  { "email_customers.find", { referenceNumber = "coverage" } },
  { "email_customers.update", kept("customer"), { name = "Blue Harbour" } },
  { "email_customers.disable", kept("customer", "accountNumber") },
  { "email_customers.enable", kept("customer", "accountNumber") },
  { "email_customers.login_token", kept("customer", "accountNumber"), { userName = "admin" } },
  { "email_customers.delete", kept("customer", "accountNumber") },

  { "tickets.accounts" },
  { "tickets.categories" },
  { "tickets.resources", { limit = 2 }, keep = "devices" },
  { "tickets.create", { accountId = "10101", subject = "Disk", category = "Incident",
    subcategory = "Other", severity = "High", comment = { text = "sda" } }, keep = "ticket" },
  { "tickets.list", { subject = "disk" } },
  { "tickets.events", "10101", { limit = 2 } },
  { "tickets.attach", "README.md", keep = "file" },
  { "tickets.comment", kept("ticket", "ticketId"), { text = "sdb",
    attachments = { { filename = "README.md", uuid = kept("file", "uuid") } } } },
  { "tickets.get", kept("ticket", "ticketId"), keep = "shown" },
  { "tickets.download",
    kept("shown", "comments.2.attachments.1.url", "http://localhost/storage"), landing },
  { "tickets.update", kept("ticket", "ticketId"), { resources = {} } },
  { "tickets.close", kept("ticket", "ticketId") },

  { "identity.authenticate" },
  { "identity.login" },
  { "identity.validate" },
  { "identity.tenants" },
  { "identity.endpoints" },
  { "identity.whoami", as = { username = false, api_key = false, token = true } },
  { "identity.users" },
  { "identity.user", { name = "demo" }, keep = "user" },
  { "identity.user_by_id", kept("user", "id") },
  { "identity.credentials", kept("user", "id") },
  { "identity.api_key", kept("user", "id") },
  { "identity.impersonate", { username = "second" }, as = racker },
  { "identity.passcode", "1234567", as = careful, before = "identity.login" },
  { "identity.setup_mfa", as = { username = "newcomer", password = "newcomer-Passw0rd",
    api_key = false } },
  { "identity.revoke" },
}

--- An argument with what was kept in its place; `otherwise` where nothing was.
local function resolve(value, store, otherwise)
  if type(value) ~= "table" then
    return value
  elseif value.kept then
    local found = store[value.kept]
    if type(found) == "table" and found[1] then
      found = found[1]
    end
    for name in (found ~= nil and value.member or ""):gmatch("[^.]+") do
      found = found[tonumber(name) or name]
    end
    return found ~= nil and found or value.otherwise or otherwise
  end
  local copy = {}
  for key, inner in pairs(value) do
    copy[key] = resolve(inner, store, otherwise)
  end
  return copy
end

--- The arguments of an example in a dialect.
local function arguments(example, dialect, store, otherwise)
  local list, from = example, 2
  if dialect == "openapi" and example.openapi then
    list, from = example.openapi, 1
  end
  local args = {}
  for i = from, #list do
    args[#args + 1] = resolve(list[i], store, otherwise)
  end
  return args
end

local by_name = {}
for _, example in ipairs(examples) do
  assert(not by_name[example[1]], "two examples of " .. example[1])
  by_name[example[1]] = example
end

return { arguments = arguments, by_name = by_name, landing = landing, list = examples }
