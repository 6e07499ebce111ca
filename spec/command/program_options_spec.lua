--- program_options_spec.lua - the options of the program and of its commands
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.command.commands")
local program_options = require("rackspace.command.program_options")

local function names_of(list)
  local names = {}
  for _, option in ipairs(list) do
    names[option.name] = true
  end
  return names
end

describe("the program's options", function()
  it("say to the environment what it can say too", function()
    local said = {}
    program_options.each_variable({ sandbox = true, read_only = true, profile = "w",
      max = 3 }, function(name, value) said[name] = value end)
    assert.same({ RACKSPACE_SANDBOX = "1", RACKSPACE_READ_ONLY = "1",
      RACKSPACE_PROFILE = "w" }, said)
  end)

  it("know which are for commands only", function()
    assert.equal("--max", program_options.command_only{ max = 3, sandbox = true })
    assert.is_nil(program_options.command_only{ sandbox = true, e = { "x" } })
  end)

  it("of a command are those of all and its own", function()
    local _, login = commands.find("login")
    local names = names_of(program_options.of_command(login))
    assert.is_true(names["--region"] and names["--output"] and names["--help"])
    assert.is_nil(names["--service"] or names["-e"])
    assert.is_nil(names_of(program_options.of_command{})["--region"])
    assert.is_true(names_of(program_options.list)["--region"])
  end)
end)
