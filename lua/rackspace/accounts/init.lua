--- init.lua - Customer Service v1: customer accounts and their histories
-- SPDX-License-Identifier: MIT
local references = require("rackspace.customer.references")
local rows = require("rackspace.customer.rows")
local timeline = require("rackspace.accounts.timeline")

-- The known values of open sets: other values pass.
local account_types = { "CLOUD", "MANAGED_HOSTING",
  "FANATICAL_SUPPORT_FOR_AWS", "RPC_V" }
local statuses = { "Active", "Delinquent", "Pending Approval", "Closed" }
local collections_statuses = { "CURRENT", "DELINQUENT_LEVEL_1",
  "DELINQUENT_LEVEL_2", "PROMISED_TO_PAY", "WRITTEN_OFF" }
local change_types = { "NEW", "RCN_UPDATE", "MERGE", "COLLECTIONS_STATUS",
  "LEGACY_ACCOUNT_STATUS", "NICKNAME" }
local user_types = { "RACKER", "CUSTOMER", "SYSTEM" }

--- Returns the marker of a list that begins at an account's record, or nil and
-- a problem.
local function marker_of(record)
  local account, problem = references.account.check(record)
  return account and account.accountType .. ":" .. account.accountId, problem
end

return rows.define{
  name = "accounts",
  doc = "The customer accounts that the user's tenants can reach.",
  source = "Customer Service v1 API reference, customer account operations",

  types = {
    Account = {
      columns = { "id", "type", "name", "status", "serviceLevel", "rcn" },
      { "id", "string", "The account's id; digits, but for a few." },
      { "number", "integer", "The id as a number, where it is one." },
      { "type", "string", "What kind of account it is.",
        known = account_types },
      { "tenantId", "string", "The Identity tenant that stands for it." },
      { "domain", "string", "The Identity domain it belongs to." },
      { "rcn", "string", "The customer: RCN-ddd-ddd-ddd." },
      { "name", "string", "Its name." },
      { "nickname", "string", "What its owners call it." },
      { "status", "string", "Whether it is in use.", known = statuses },
      { "serviceLevel", "string", "The support it was sold with.",
        known = { "managed_legacy", "intensive", "navigator" } },
      { "collectionsStatus", "string", "How its bills stand.",
        known = collections_statuses },
      { "parentAccountNumber", "integer", "The account above it." },
      { "lastUpdatedBy", "string", "Who changed it last." },
      { "lastUpdatedDate", "string", "When, in ISO 8601." },
      { "link", "Link[]", "In lists: where the account itself is." },
    },
    Link = rows.Link,
    Actor = {
      { "username", "string", "The user." },
      { "type", "string", "What they are.",
        known = user_types },
    },
    StatusChange = {
      columns = { "date", "status", "username", "usertype" },
      { "status", "string", "The status it was given.", known = statuses },
      { "date", "string", "When, in ISO 8601." },
      { "username", "string", "By whom." },
      { "usertype", "string", "What they are.",
        known = user_types },
      { "accessPolicy", "string", "What its users may do from then on.",
        known = { "FULL", "LIMITED", "SUSPENDED", "TERMINATED" } },
      { "collectionsStatus", "string", "How its bills stood.",
        known = collections_statuses },
      { "fraudStatus", "string", "What the check for fraud had found.",
        known = { "ACCEPT", "PENDING_APPROVAL" } },
    },
    CustomerChange = {
      columns = { "date", "accountChangeType", "rcn", "username" },
      { "accountChangeType", "string", "How the owner changed.",
        known = { "NEW", "RCN_UPDATE", "MERGE" } },
      { "username", "string", "By whom." },
      { "rcn", "string", "The customer from then on." },
      { "date", "string", "When, in ISO 8601." },
    },
    AccountChange = {
      columns = { "updatedDate", "accountChangeType", "accountStatus",
        "nickname", "updatedBy" },
      { "accountChangeType", "string", "What changed.",
        known = change_types },
      { "accountStatus", "string", "The status after the change.",
        known = statuses },
      { "collectionsStatus", "string", "How its bills stood.",
        known = collections_statuses },
      { "nickname", "string", "The nickname it was given." },
      { "rcn", "string", "The customer after the change." },
      { "updatedDate", "string", "When, in ISO 8601." },
      { "updatedBy", "Actor", "By whom." },
      { "destinationUpdatedBy", "Actor", "Who took it over." },
    },
    TimelineRecord = {
      columns = { "date", "what", "from", "to", "who" },
      { "date", "string", "When, in ISO 8601." },
      { "what", "string", "The field of the account that changed; or the " ..
        "type of a change that is of no known field.",
        known = { "status", "rcn", "collectionsStatus", "nickname" } },
      { "from", "string", "What it was before, where that is known." },
      { "to", "string", "What it is from then on." },
      { "who", "string", "By whom." },
      { "usertype", "string", "What they are.", known = user_types },
      { "reason", "string", "The type of the change, as in " ..
        "accountChangeType, or why it was made.", known = change_types },
      { "accessPolicy", "string", "What the account's users may do from " ..
        "then on." },
      { "destinationUpdatedBy", "Actor", "Who took it over." },
      { "sources", "string[]", "The histories that tell of it.",
        known = { "history", "status_history", "customer_history" } },
    },
    OpenAccount = {
      columns = { "rcn", "name", "status", "customerSegment" },
      { "rcn", "string", "The customer: RCN-ddd-ddd-ddd." },
      { "name", "string", "Its name." },
      { "status", "string", "Whether it is in use.", known = statuses },
      { "createdAt", "string", "When it was made, in ISO 8601." },
      { "updatedAt", "string", "When it changed last, in ISO 8601." },
      { "customerSegment", "string", "What kind of customer it is." },
      { "billingCountry", "string", "Where its bills go." },
      { "contacts", "OpenContact[]", "Its people." },
      { "metadata", "OpenMetadata[]", "Its metadata." },
    },
    OpenContact = rows.OpenContact,
    OpenMetadata = {
      { "key", "string", "The key." },
      { "value", "string", "The value." },
      { "category", "string", "What it is about." },
    },
    OpenStatusChange = {
      { "status", "string", "The status it was given.", known = statuses },
      { "changedAt", "string", "When, in ISO 8601." },
      { "changedBy", "string", "By whom." },
      { "reason", "string", "Why." },
    },
    OpenChange = {
      { "field", "string", "What changed." },
      { "previousValue", "string", "What it was." },
      { "newValue", "string", "What it is from then on." },
      { "changedAt", "string", "When, in ISO 8601." },
      { "changedBy", "string", "By whom." },
    },
  },

  { "list", "GET /v1/customer_accounts",
    query = {
      { "metadataKey", "string", record = "key",
        "Only accounts with metadata of this key." },
      { "metadataValue", "string", needs = "metadataKey", personal = true,
        record = "value",
        "Only accounts whose metadata of that key has this value." },
      { "domain", "string", record = { "domain", "RAX-AUTH:domainId" },
        "Only accounts within this domain." },
      { "accountType", "string", "Only accounts of this type.",
        known = account_types },
      { "marker", "string", record = marker_of, 'Where to begin: "TYPE:ID", ' ..
        'the record of an account, or "last" for the end.' },
      { "limit", "integer", min = 1,
        "How many to a page; the service takes 50." },
      { "direction", "string",
        '"backward" (the service\'s own choice) or "forward", which walks ' ..
        "the other way.", known = { "backward", "forward" }, closed = true },
    },
    items = "customerAccount", pages = "link", key = { "type", "id" },
    returns = "Account",
    openapi = { "GET /v1/customer_accounts", query = {},
      items = "customer_accounts", total = "totalEntries", key = { "rcn" },
      returns = "OpenAccount", operation_id = "getListOfCustomerAccounts",
      errors = { 400, 401, 403, 404 } },
    doc = "Every account that the user can reach, page by page.",
    example = 'for account in rs.accounts:list{ accountType = "CLOUD" } ' ..
      "do print(account.number, account.name) end" },

  { "get", "GET /v1/customer_accounts/{accountType}/{accountId}",
    args = { rows.account }, returns = "Account",
    openapi = { "GET /v1/customer_accounts/{rcn}", args = { rows.customer },
      returns = "OpenAccount", operation_id = "getCustomerAccount",
      errors = { 404 } },
    doc = "One account.",
    example = 'local account = assert(rs.accounts:get("CLOUD/10101"))' },

  { "status_history",
    "GET /v1/customer_accounts/{accountType}/{accountId}/status_history",
    fallback =
      "GET /v1/customer_account/{accountType}/{accountId}/status_history",
    fixed_by = { "status_history_path", "plural", "singular" },
    args = { rows.account }, items = "statusChange", returns = "StatusChange",
    openapi = { "GET /v1/customer_accounts/{rcn}/status_history",
      args = { rows.customer }, items = "history", returns = "OpenStatusChange",
      operation_id = "getListOfCustomerAccountStatusHistory", errors = {} },
    doc = "The statuses that an account has had, newest first. The " ..
      "reference prints this route's path in the singular; that one is " ..
      "asked when the plural is not found. A session keeps to the path that " ..
      "has answered; the setting `status_history_path` fixes it." },

  { "customer_history",
    "GET /v1/customer_accounts/{accountType}/{accountId}/customer_history",
    args = { rows.account }, items = "accountRCNChange",
    returns = "CustomerChange",
    openapi = { "GET /v1/customers/{customerId}/history",
      args = { { "customerId", "customer",
        "The customer: an id such as an RCN, or a record that has one." } },
      items = "history", returns = "OpenChange",
      operation_id = "getListOfCustomerHistory", errors = {} },
    doc = "The customers that an account has belonged to, newest first." },

  { "history", "GET /v1/customer_accounts/{accountType}/{accountId}/history",
    args = { rows.account },
    query = {
      { "changeType", "string", "Only changes of this type.",
        known = change_types },
    },
    items = "customerAccountHistory", returns = "AccountChange",
    openapi = { "GET /v1/customer_accounts/{rcn}/history",
      args = { rows.customer }, query = {}, items = "history",
      returns = "OpenChange", operation_id = "getListOfCustomerAccountHistory",
      errors = {} },
    doc = "What changed in an account, oldest first." },

  { "timeline",
    "GET /v1/customer_accounts/{accountType}/{accountId}/history",
    args = { rows.account }, items = "customerAccountHistory",
    returns = "TimelineRecord", run = timeline.perform,
    openapi = { "GET /v1/customer_accounts/{rcn}/history",
      args = { rows.customer }, items = "history", returns = "TimelineRecord",
      errors = {} },
    doc = "All that happened to an account, oldest first: `history`, " ..
      "`status_history` and `customer_history` in one. A change that two " ..
      "of them tell of is there once. One of them that is not found is " ..
      "taken as empty.",
    example = 'for _, change in ipairs(rs.accounts:timeline(' ..
      '"CLOUD/10101")) do print(change.date, change.what, change.to) end' },
}
