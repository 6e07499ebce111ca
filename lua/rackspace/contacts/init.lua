--- init.lua - Customer Service v1: the contacts of an account
-- SPDX-License-Identifier: MIT
local rows = require("rackspace.customer.rows")

local number = { "contactNumber", "id",
  record = { "contactNumber", "id", "value" },
  "The person: RPN-ddd-ddd-ddd, or a record that has it." }

return rows.define{
  name = "contacts",
  doc = "The people who are associated with a customer account.",
  source = "Customer Service v1 API reference, contact operations",

  types = {
    Contact = {
      columns = { "contactNumber", "firstName", "lastName",
        "username", "roles" },
      { "contactNumber", "string", "The person: RPN-ddd-ddd-ddd." },
      { "firstName", "string", "Given name." },
      { "lastName", "string", "Family name." },
      { "title", "string", "What they are addressed with." },
      { "suffix", "string", "What follows their name." },
      { "username", "string", "Their Identity user, if they have one." },
      { "rcn", "string", "The customer: RCN-ddd-ddd-ddd." },
      { "roles", "Roles", "What they are asked about: `role` is a list." },
      { "addresses", "Addresses", "`address` is a list." },
      { "emailAddresses", "EmailAddresses", "`emailAddress` is a list." },
      { "phoneNumbers", "PhoneNumbers", "`phoneNumber` is a list." },
      { "notificationPreferences", "Preferences",
        "How they do not want to be reached." },
      { "lastUpdatedBy", "string", "Who changed it last." },
      { "lastUpdatedDate", "string", "When, in ISO 8601." },
      { "link", "Link[]", "In lists: where the contact itself is." },
    },
    Roles = { { "role", "string[]", "Roles by name.",
      known = rows.roles } },
    Addresses = { { "address", "Address[]", "Postal addresses." } },
    Address = {
      { "street", "string", "Street and number." },
      { "city", "string", "City." },
      { "state", "string", "State, spelled out." },
      { "country", "string", "Country, in two letters." },
      { "zipcode", "string", "Postal code." },
      { "primary", "boolean", "Whether it is the one to use." },
    },
    EmailAddresses = {
      { "emailAddress", "EmailAddress[]", "E-mail addresses." } },
    EmailAddress = {
      { "address", "string", "The address." },
      { "primary", "boolean", "Whether it is the one to use." },
    },
    PhoneNumbers = { { "phoneNumber", "PhoneNumber[]", "Phone numbers." } },
    PhoneNumber = {
      { "country", "string", "Country, in two letters." },
      { "mask", "string", "How the number is written." },
      { "number", "string", "Its digits." },
      { "smsVerify", "boolean", "Whether codes may be sent there." },
      { "primary", "boolean", "Whether it is the one to use." },
    },
    Preferences = {
      { "doNotFax", "boolean", "No fax." },
      { "doNotCall", "boolean", "No calls." },
      { "doNotEmail", "boolean", "No e-mail." },
      { "doNotMail", "boolean", "No letters." },
      { "doNotSurvey", "boolean", "No surveys." },
    },
    Link = rows.Link,
    OpenContact = rows.OpenContact,
  },

  { "list", "GET /v1/customer_accounts/{accountType}/{accountId}/contacts",
    args = { rows.account },
    query = {
      { "role", "string", "Only contacts in this role.",
        known = rows.roles },
      { "username", "string", personal = true, record = "username",
        "Only the contact of this user." },
      { "emailAddress", "string", personal = true,
        record = { "address", "email" }, "Only contacts with this address." },
      { "marker", "string", record = "contactNumber", "Where to begin." },
      { "limit", "integer", min = 1,
        "How many to a page; the service takes 50, and 1,000 at most." },
    },
    items = "contact", pages = "link", key = { "contactNumber" },
    returns = "Contact",
    openapi = { "GET /v1/customer_accounts/{rcn}/contacts",
      args = { rows.customer }, query = {},
      items = "contacts", key = { "id" }, returns = "OpenContact",
      operation_id = "getListOfContacts", errors = {} },
    doc = "The contacts of an account, page by page.",
    example = 'local billing = assert(rs.contacts:list("CLOUD/10101", ' ..
      '{ role = "BILLING" }):totable(10))' },

  { "get", "GET /v1/customer_accounts/{accountType}/{accountId}/contacts/" ..
      "{contactNumber}",
    args = { rows.account, number },
    returns = "Contact",
    openapi = { "GET /v1/customer_accounts/{rcn}/contacts/{contactNumber}",
      args = { rows.customer, number }, returns = "OpenContact",
      operation_id = "getContact", errors = {} },
    doc = "One contact of an account.",
    example = 'rs.contacts:get("CLOUD/10101", "RPN-123-456-789")' },
}
