--- tools_spec.lua - the operations as tools
-- SPDX-License-Identifier: MIT
local tools = require("rackspace.mcp.tools")

describe("the tools", function()
  local function named(list)
    local by_name = {}
    for _, tool in ipairs(list) do
      by_name[tool.name] = tool
    end
    return by_name
  end

  it("never take or give secrets, and touch no files", function()
    local by_name = named(tools.list{ "identity.*", "tickets.*", "email_customers.*" }.list)
    for _, name in ipairs{ "identity_login", "identity_authenticate", "identity_passcode",
      "identity_setup_mfa", "identity_api_key", "identity_credentials",
      "identity_impersonate", "email_customers_login_token", "tickets_attach",
      "tickets_download" } do
      assert.is_nil(by_name[name], name)
    end
    assert.is_table(by_name.tickets_create)
    assert.is_table(by_name.email_customers_delete)
    assert.is_true(by_name.email_customers_delete.annotations.destructiveHint)
  end)

  it("are named as assistants accept them", function()
    for _, tool in ipairs(tools.list{ "tickets.*" }.list) do
      assert.matches("^[%w_]+$", tool.name)
      assert.is_true(#tool.name <= 64)
      assert.equal("object", tool.inputSchema.type)
    end
  end)

  it("describe their parameters", function()
    local list = named(tools.list{ "tickets.create" }.list)
    local create = list.tickets_create.inputSchema
    assert.same({ "accountId", "subject", "category", "subcategory" }, create.required)
    assert.equal("Incident", create.properties.category.examples[5])
    assert.is_nil(create.properties.severity.enum) -- accounts may have others
    assert.same({ type = "array", items = { type = "string" },
      description = create.properties.recipients.description }, create.properties.recipients)
    assert.same({ "text" }, create.properties.comment.required)
    assert.is_nil(create.properties.comment.properties.attachments)
    assert.is_nil(create.properties.progress)
    assert.same({ "ticketId" }, list.tickets_get.inputSchema.required)
    assert.equal(200, list.tickets_list.inputSchema.properties.max_items.maximum)
    assert.is_nil(list.tickets_get.inputSchema.properties.cursor)
    assert.matches("1 of these in 60 s", list.tickets_create.description)
    assert.matches("outcome is unknown", list.tickets_create.description)
  end)

  it("refuse names that allow nothing", function()
    assert.is_nil(tools.problem{ "tickets.comment", "tickets.*" })
    assert.equal("there is no operation 'tickets.coment' (did you mean 'tickets.comment'?)",
      tools.problem{ "tickets.coment" })
    assert.matches("tickets%.download can't be a tool: it reads or writes files",
      tools.problem{ "tickets.download" })
    assert.matches("email_customers%.login_token can't be a tool: it gives secrets",
      tools.problem{ "email_customers.login_token" })
    assert.matches("there is no operation 'nothing.%*'", tools.problem{ "nothing.*" })
  end)
end)
