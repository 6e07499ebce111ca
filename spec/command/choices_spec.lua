--- choices_spec.lua - what may stand where on the command line
-- SPDX-License-Identifier: MIT
local accounts = require("rackspace.accounts")
local choices = require("rackspace.command.choices")
local tickets = require("rackspace.tickets")

local function names_of(list)
  local names = {}
  for _, one in ipairs(list) do
    names[one.name or one[1]] = one
  end
  return names
end

describe("the choices", function()
  it("have every command, and what an operation takes", function()
    local commands = names_of(choices.commands())
    for _, name in ipairs{ "login", "sandbox", "accounts.list", "metadata.get" } do
      assert.is_truthy(commands[name], name)
    end
    local parameters = names_of(choices.parameters(tickets.by_name.create))
    assert.is_truthy(parameters["comment.text"] and parameters.timeout)
    assert.is_nil(parameters.progress or parameters.comment)
    assert.same(accounts.by_name.list.option.accountType.known,
      names_of(choices.parameters(accounts.by_name.list)).accountType.known)
  end)

  it("have the words of commands and the values of options", function()
    assert.same({ "bash", "zsh", "fish" }, choices.words("completion"))
    assert.is_nil(choices.words("login"))
    local options = names_of(choices.options())
    assert.same({ "table", "json", "ndjson", "csv", "lua", "svg", "html" },
      options["--output"].known)
    assert.same({ true, false, false }, { options["--max"].needs,
      options["--sandbox"].needs, options["--yes"].takes })
  end)
end)
