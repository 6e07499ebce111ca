--- terms_spec.lua - the words of the documents, as help() explains them
-- SPDX-License-Identifier: MIT
local help = require("rackspace.manual.help")
local lookup = require("rackspace.manual.lookup")
local terms = require("rackspace.manual.terms")
local topics = require("rackspace.manual.topics")

local function text_of(name)
  local lines = help.term(name, { width = 80 })
  return lines and table.concat(lines, "\n")
end

describe("help of a word", function()
  it("explains the numbers that things are named by, in any case", function()
    for _, name in ipairs{ "rcn", "RCN", "Rcn" } do
      assert.matches("^" .. name .. ": Rackspace Customer Number: what a customer is named by",
        text_of(name))
      assert.matches("\n  accounts.Account +The customer: RCN%-ddd", text_of(name))
    end
    assert.matches("^rpn: Rackspace Person Number", text_of("rpn"))
    assert.matches("^contactNumber: Rackspace Person Number.*contacts.get +The person",
      text_of("contactNumber"))
  end)

  it("knows each word of the concepts, and its plural", function()
    for word in topics.concepts:gmatch("%f[^\n%z](%l+)%s") do
      assert.matches("^" .. word .. ": %u", text_of(word))
    end
    for _, word in ipairs{ "customers", "tenants", "namespaces", "Tokens" } do
      assert.matches("^" .. word .. ": %u", text_of(word))
    end
  end)

  it("lists where a name stands that the services gave", function()
    local text = text_of("severity")
    assert.matches("^severity is a name in\n", text)
    assert.matches("\n  tickets.create +One of the account's severities", text)
    for _, place in ipairs(terms.fields("metadataKey")) do
      local path = { "rs", place[1]:match("^(.*)%.(.*)$") }
      assert.is_truthy(lookup.row(nil, path) or lookup.record(path[3], path[2]), place[1])
    end
    assert.equal(3, #terms.fields("metadatakey"))
  end)

  it("fits a terminal, and is none of a word that nobody uses", function()
    for _, name in ipairs(terms.names()) do
      for _, line in ipairs(help.term(name, { width = 80 })) do
        assert.is_true(#line <= 80, line)
      end
    end
    assert.is_nil(text_of("nonsense"))
    assert.is_nil(text_of(""))
    assert.same({ "a string of 8 bytes" }, help.value("nonsense", {}))
    assert.matches("Rackspace Customer Number", help.value("rcn", {})[1])
  end)
end)
