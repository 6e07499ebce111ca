--- sandbox_problems_spec.lua - what the sandbox says is wrong with a request
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local problems = require("rackspace.tickets.sandbox.problems")
local sandbox = { new = require("rackspace").sandbox }

local box

before_each(function()
  box = assert(sandbox.new())
end)

local function ticket(changes)
  local body = { accountId = "10101", subject = "s", category = "Incident", subcategory = "Other" }
  for name, value in pairs(changes) do
    body[name] = value
  end
  return problems.ticket(box, body)
end

describe("a new ticket", function()
  it("is taken with what is required, and more", function()
    assert.is_nil(ticket{})
    assert.is_nil(ticket{ severity = "Normal", comment = { text = "t" }, recipients = { "a@b.c" },
      resources = { "https://resources.api.rackspace.com/resources/dedicated:1" } })
    assert.is_nil(ticket{ resources = json.array{}, recipients = json.array{} })
  end)

  it("is refused, with what is wrong", function()
    for text, changes in pairs{
      ["The subject is required"] = { subject = " " },
      ["The accountId is required"] = { accountId = 5 },
      ["The provided category is invalid"] = { category = "Incidents" },
      ["The provided subcategory is invalid"] = { subcategory = "Some" },
      ["The provided severity is invalid"] = { severity = "Worst" },
      ["The provided resources are invalid"] = { resources = { "dedicated:1" } },
      ["The provided recipients are invalid"] = { recipients = { 5 } },
      ["The comment's text is required"] = { comment = { text = "" } },
      ["The provided attachments are invalid"] = { comment = { text = "t", attachments = { {} } } },
    } do
      assert.equal(text, ticket(changes))
    end
    assert.equal("The provided resources are invalid", ticket{ resources = {} })
  end)
end)

describe("an update", function()
  it("closes an open ticket, or replaces its resources", function()
    assert.is_nil(problems.update({ status = "Closed" }, { status = "Solved" }))
    assert.is_nil(problems.update({ resources = json.array{} }, { status = "Solved" }))
  end)

  it("is refused, with what is wrong", function()
    for text, body in pairs{
      ["The status or the resources are required"] = {},
      ["The provided status is invalid"] = { status = "Solved" },
      ["The provided resources are invalid"] = { resources = { "x" } },
    } do
      assert.equal(text, problems.update(body, { status = "Solved" }))
    end
    assert.equal("The ticket is closed", problems.update({ status = "Closed" },
      { status = "Closed" }))
  end)
end)
