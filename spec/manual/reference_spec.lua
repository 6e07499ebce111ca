--- reference_spec.lua - what a call takes, gives and needs
-- SPDX-License-Identifier: MIT
local modules = require("rackspace.services").modules
local reference = require("rackspace.manual.reference")
local width = require("rackspace.show.width")

local function op(name)
  local service, method = name:match("^(.*)%.(.*)$")
  return require(modules[service]).by_name[method]
end

describe("reference.signature", function()
  it("has arguments, parameters, and what may be left out in brackets",
    function()
      for name, expected in pairs{
        ["accounts.get"] = "rs.accounts:get(account)",
        ["tickets.close"] = "rs.tickets:close(ticketId)",
        ["identity.tenants"] = "rs.identity:tenants()",
        ["tickets.comment"] = "rs.tickets:comment(ticketId, { text= [, attachments=, progress=] })",
        ["tickets.list"] = "rs.tickets:list{ [subject=, limit=, offset=] }",
        ["contacts.list"] = "rs.contacts:list(account [, { [role=, username=, "
          .. "emailAddress=, marker=, limit=] }])",
      } do
        assert.equal(expected, reference.signature(op(name)))
      end
    end)
end)

describe("reference.operation", function()
  it("describes an operation", function()
    local text = table.concat(reference.operation(op("tickets.create")), "\n")
    for _, said in ipairs{ "Opens a ticket, and gives it.",
      "subject      (string, needed) The subject line.",
      "One of: General, Other.", "Ticket: ticketId, accountId",
      "limit    1 in 60 s", "account_admin", "404 not_found", "POST /tickets",
      "Ticketing API v2 reference, 2", 'rs.tickets:create{ accountId = "hybrid' } do
      assert.is_truthy(text:find(said, 1, true), said)
    end
  end)

  it("keeps each operation within the width", function()
    for _, module in pairs(modules) do
      for _, one in ipairs(require(module).operations) do
        for _, line in ipairs(reference.operation(one, nil, { width = 72 })) do
          assert.is_true(width.of(line) <= 72 or not line:find("%S%s%S.* %S"), line)
        end
      end
    end
  end)

  it("describes the other dialect's operation", function()
    local text = table.concat(reference.operation(op("accounts.get").openapi), "\n")
    assert.is_truthy(text:find("OpenAPI document", 1, true))
    assert.is_truthy(text:find("{rcn}", 1, true))
  end)
end)

describe("reference.service", function()
  it("lists the operations", function()
    local lines = reference.service(require(modules.metadata))
    assert.equal("rs.metadata", lines[1])
    local text = table.concat(lines, "\n")
    assert.is_truthy(text:find("\n  details  One key with who set it, and when.\n",
      1, true))
    assert.is_truthy(text:find("?rs.metadata.list tells more of it.", 1, true))
  end)
end)
