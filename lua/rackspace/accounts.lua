--- accounts.lua - Customer Service v1: customer accounts and their histories
-- SPDX-License-Identifier: MIT
local service = require("rackspace.engine.service")

local account = { "account", "account",
  'The account: "TYPE/ID", "TYPE:ID" or a record that has both.' }

return service.define{
  name = "accounts", endpoint = "customer", auth = "token",
  doc = "The customer accounts that the user's tenants can reach.",
  source = "Customer Service v1 API reference, customer account operations",
  errors = { 400, 401, 403, 404, 500, 503 },

  types = {
    Account = {
      { "id", "string", "The account's id; digits, but for a few." },
      { "number", "integer", "The id as a number, where it is one." },
      { "type", "string", "What kind of account it is.",
        known = { "CLOUD", "MANAGED_HOSTING", "FANATICAL_SUPPORT_FOR_AWS" } },
      { "tenantId", "string", "The Identity tenant that stands for it." },
      { "domain", "string", "The Identity domain it belongs to." },
      { "rcn", "string", "The customer: RCN-ddd-ddd-ddd." },
      { "name", "string", "Its name." },
      { "nickname", "string", "What its owners call it." },
      { "status", "string", "Whether it is in use.",
        known = { "Active", "Delinquent", "Pending Approval", "Closed" } },
      { "serviceLevel", "string", "The support it was sold with.",
        known = { "managed_legacy", "intensive", "navigator" } },
      { "collectionsStatus", "string", "How its bills stand." },
      { "parentAccountNumber", "integer", "The account above it." },
      { "lastUpdatedBy", "string", "Who changed it last." },
      { "lastUpdatedDate", "string", "When, in ISO 8601." },
      { "link", "table", "In lists: where the account itself is." },
    },
    StatusChange = {
      { "status", "string", "The status it was given." },
      { "date", "string", "When, in ISO 8601." },
      { "username", "string", "By whom." },
      { "usertype", "string", "What they are.",
        known = { "RACKER", "CUSTOMER", "SYSTEM" } },
      { "accessPolicy", "string", "What its users may do from then on." },
      { "collectionsStatus", "string", "How its bills stood." },
      { "fraudStatus", "string", "What the check for fraud had found." },
    },
    CustomerChange = {
      { "accountChangeType", "string", "How the owner changed.",
        known = { "NEW", "RCN_UPDATE", "MERGE" } },
      { "username", "string", "By whom." },
      { "rcn", "string", "The customer from then on." },
      { "date", "string", "When, in ISO 8601." },
    },
    AccountChange = {
      { "accountChangeType", "string", "What changed.",
        known = { "NEW", "RCN_UPDATE", "COLLECTIONS_STATUS",
          "LEGACY_ACCOUNT_STATUS", "NICKNAME" } },
      { "accountStatus", "string", "The status after the change." },
      { "collectionsStatus", "string", "How its bills stood." },
      { "nickname", "string", "The nickname it was given." },
      { "rcn", "string", "The customer after the change." },
      { "updatedDate", "string", "When, in ISO 8601." },
      { "updatedBy", "table", "By whom: username and type." },
      { "destinationUpdatedBy", "table", "Who took it over." },
    },
  },

  { "list", "GET /v1/customer_accounts",
    query = {
      { "metadataKey", "string", "Only accounts with metadata of this key." },
      { "metadataValue", "string", needs = "metadataKey",
        "Only accounts whose metadata of that key has this value." },
      { "domain", "string", "Only accounts within this domain." },
      { "accountType", "string", "Only accounts of this type." },
      { "marker", "string",
        'Where to begin: "TYPE:ID", or "last" for the end.' },
      { "limit", "integer", min = 1,
        "How many to a page; the service takes 50." },
      { "direction", "string",
        '"backward" (the service\'s own choice) or "forward", which walks ' ..
        "the other way.", known = { "backward", "forward" } },
    },
    items = "customerAccount", pages = "link", key = { "type", "id" },
    returns = "Account",
    doc = "Every account that the user can reach, page by page.",
    example = 'for account in rs.accounts:list{ accountType = "CLOUD" } ' ..
      "do print(account.number, account.name) end" },

  { "get", "GET /v1/customer_accounts/{accountType}/{accountId}",
    args = { account }, returns = "Account",
    doc = "One account.",
    example = 'local account = assert(rs.accounts:get("CLOUD/10101"))' },

  { "status_history",
    "GET /v1/customer_accounts/{accountType}/{accountId}/status_history",
    fallback =
      "GET /v1/customer_account/{accountType}/{accountId}/status_history",
    args = { account }, items = "statusChange", returns = "StatusChange",
    doc = "The statuses that an account has had, newest first. The " ..
      "reference prints this route's path in the singular; that one is " ..
      "asked when the plural is not found." },

  { "customer_history",
    "GET /v1/customer_accounts/{accountType}/{accountId}/customer_history",
    args = { account }, items = "accountRCNChange",
    returns = "CustomerChange",
    doc = "The customers that an account has belonged to, newest first." },

  { "history", "GET /v1/customer_accounts/{accountType}/{accountId}/history",
    args = { account },
    query = {
      { "changeType", "string", "Only changes of this type.",
        known = { "NEW", "RCN_UPDATE", "COLLECTIONS_STATUS",
          "LEGACY_ACCOUNT_STATUS", "NICKNAME" } },
    },
    items = "customerAccountHistory", returns = "AccountChange",
    doc = "What changed in an account, oldest first." },
}
