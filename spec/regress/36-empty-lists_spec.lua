--- 36-empty-lists_spec.lua - a list without items is one, however it came
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local stub = require("spec.support.stub")

local XML = [[<?xml version="1.0" encoding="UTF-8"?>
<ns1:%s xmlns:ns1="http://customer.api.rackspace.com/v1"></ns1:%s>]]

--- A session that is answered with one body.
local function answered(body, headers)
  return (stub.session(function() return stub.reply(200, body, headers) end))
end

local function is_empty_list(value, message)
  assert.is_table(value, message)
  assert.equal("[]", json.encode(value))
end

describe("a list without items", function()
  it("is one when it came as JSON, or was left out", function()
    for _, body in ipairs{ '{"customerAccountHistory":[],"customerAccount":[]}', "{}" } do
      local rs = answered(body)
      is_empty_list(rs.accounts:history("CLOUD/1"))
      is_empty_list(rs.accounts:list():totable())
    end
    is_empty_list(answered('{"metadata":{}}').metadata:entries("CLOUD/1"))
  end)

  it("is one when it came as XML", function()
    if not pcall(require, "lxp") then
      pending("lua-expat is not here for this Lua")
      return
    end
    local history = answered(XML:format("customerAccountHistoryChanges",
      "customerAccountHistoryChanges"), { ["content-type"] = "application/xml" })
    is_empty_list(history.accounts:history("CLOUD/1", { format = "xml" }))
    local list = answered(XML:format("customerAccounts", "customerAccounts"))
    is_empty_list(list.accounts:list{ format = "xml" }:totable())
    local metadata = answered('<metadata xmlns="http://docs.rackspace.com/metadata/api"/>')
    is_empty_list(metadata.metadata:entries("CLOUD/1", { format = "xml" }))
    assert.equal("{}", json.encode(assert(metadata.metadata:list("CLOUD/1", { format = "xml" }))))
  end)
end)
