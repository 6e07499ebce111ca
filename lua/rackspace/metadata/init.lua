--- init.lua - Customer Service v1: the metadata of an account
-- SPDX-License-Identifier: MIT
local rows = require("rackspace.customer.rows")
local shapes = require("rackspace.metadata.shapes")

local resource = { "resource", "account_resource",
  'The account: "TYPE/ID", "TYPE:ID" or its record.' }

local open_resource = { "resource", "open_resource",
  'The account: an RCN or a record that has it. Or any resource: ' ..
  "{ resourceType =, resourceId = }." }

local key = { "metadataKey", "id", record = "key",
  'The key: a namespace and a name, as in "support:level"; or an entry.' }

return rows.define{
  name = "metadata",
  doc = "What is kept with an account, as keys and values. Some namespaces " ..
    "can only be read, or not even that.",
  source = "Customer Service v1 API reference, customer account operations",

  types = {
    MetadataEntry = {
      columns = { "key", "value", "category" },
      { "key", "string", "The key." },
      { "value", "string", "The value." },
      { "namespace", "string",
        "The part of the key before its first colon; nil without one." },
      { "name", "string", "The part after it, or the whole key." },
      { "category", "string", "What it is about (OpenAPI dialect only)." },
    },
    MetadataDetails = {
      { "key", "string", "The key." },
      { "value", "string", "The value." },
      { "createdBy", "string", "Who set it first." },
      { "createdDate", "string", "When, in ISO 8601." },
      { "lastUpdatedBy", "string", "Who changed it last." },
      { "lastUpdatedDate", "string", "When, in ISO 8601." },
    },
    OpenMetadataDetails = {
      { "key", "string", "The key." },
      { "value", "string", "The value." },
      { "category", "string", "What it is about." },
      { "createdAt", "string", "When it was set first, in ISO 8601." },
      { "createdBy", "string", "By whom." },
      { "updatedAt", "string", "When it was changed last, in ISO 8601." },
      { "updatedBy", "string", "By whom." },
    },
  },

  { "list", "GET /v1/customer_accounts/{accountType}/{accountId}/metadata",
    args = { resource }, member = "metadata", shape = shapes.map,
    returns = "map",
    openapi = { "GET /v1/{resourceType}/{resourceId}/metadata",
      args = { open_resource }, absent = {},
      operation_id = "getListOfAllMetadataForResource", errors = {} },
    doc = "All metadata of an account, as a table of key and value.",
    example = 'local level = rs.metadata:list("CLOUD/10101")' ..
      '["support:level"]' },

  { "entries",
    "GET /v1/customer_accounts/{accountType}/{accountId}/metadata",
    args = { resource }, member = "metadata", shape = shapes.entries,
    returns = "MetadataEntry[]",
    openapi = { "GET /v1/{resourceType}/{resourceId}/metadata",
      args = { open_resource }, absent = {},
      operation_id = "getListOfAllMetadataForResource", errors = {} },
    doc = "The same as a list of entries, ordered by key.",
    example = 'rs.metadata:entries("CLOUD/10101")' },

  { "get", "GET /v1/customer_accounts/{accountType}/{accountId}/metadata/" ..
      "{metadataKey}",
    args = { resource, key }, member = "meta", shape = shapes.value,
    returns = "string",
    openapi = { "GET /v1/{resourceType}/{resourceId}/metadata/{metadataKey}",
      args = { open_resource, key }, member = "value", absent = "",
      operation_id = "getSpecificMetadata", errors = {} },
    doc = "The value of one key; \"\" where the entry has none.",
    example = 'rs.metadata:get("CLOUD/10101", "support:level")' },

  { "details",
    "GET /v1/customer_accounts/{accountType}/{accountId}/metadata/" ..
      "{metadataKey}/detail",
    args = { resource, key }, returns = "MetadataDetails",
    openapi = {
      "GET /v1/{resourceType}/{resourceId}/metadata/{metadataKey}/details",
      args = { open_resource, key }, returns = "OpenMetadataDetails",
      operation_id = "getDetailsForSpecificMetadata", errors = {} },
    doc = "One key with who set it, and when.",
    example = 'rs.metadata:details("CLOUD/10101", "support:level")' },
}
