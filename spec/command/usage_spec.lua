--- usage_spec.lua - how the program and its commands are used
-- SPDX-License-Identifier: MIT
local accounts = require("rackspace.accounts")
local commands = require("rackspace.command.commands")
local exits = require("rackspace.command.exits")
local options = require("rackspace.command.options")
local program_options = require("rackspace.command.program_options")
local tickets = require("rackspace.tickets")
local usage = require("rackspace.command.usage")

describe("the usage", function()
  it("has every option, command and exit code", function()
    local text = usage.program()
    for _, option in ipairs(program_options.list) do
      assert.is_truthy(text:find(options.spelling(option), 1, true), option.name)
    end
    for _, command in ipairs(commands.list) do
      assert.equal(not command.is_hidden, text:find(command.name .. "[^.]") ~= nil, command.name)
    end
    for _, exit in ipairs(exits.list) do
      assert.is_truthy(text:gsub("\n", " "):find(exit.code .. " " .. exit.name, 1, true))
    end
  end)

  it("tells of an operation in the command line's words", function()
    local op = tickets.by_name.comment
    assert.equal("rackspace tickets.comment TICKET_ID text=... [name=value...]",
      usage.brief(op))
    assert.equal("rackspace tickets.comment TICKET_ID text=... [attachments=...]",
      usage.synopsis(op))
    local text = usage.operation(tickets.by_name.create)
    for _, word in ipairs{ "comment.text", "severity", "Emergency", "gives\n  Ticket" } do
      assert.is_truthy(text:find(word, 1, true), word)
    end
    assert.is_nil(text:find("progress", 1, true))
    assert.is_nil(text:find("picture", 1, true))
    assert.is_truthy(usage.operation(accounts.by_name.timeline)
      :find("\n  as a picture: --output=svg, --output=html\n", 1, true))
  end)

  it("fits on the narrowest terminal", function()
    local texts = { usage.program(), usage.service(tickets) }
    for _, op in ipairs(tickets.operations) do
      texts[#texts + 1] = usage.operation(op)
    end
    for _, command in ipairs(commands.list) do
      texts[#texts + 1] = command.is_program and usage.of_program(command) or
        usage.command(command)
    end
    for line in table.concat(texts):gmatch("[^\n]+") do
      assert.is_true(#line <= 80, line)
    end
  end)
end)
