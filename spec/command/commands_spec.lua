--- commands_spec.lua - the commands, and what the word for one is
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.command.commands")
local options = require("rackspace.command.options")

describe("the commands", function()
  it("are told from the names of scripts", function()
    for word, expected in pairs{ login = "command", accounts = "service",
      ["accounts.list"] = "operation", ["accounts.none"] = "operation",
      sandbox = "program", ["accounts.lua"] = false, ["script.lua"] = false,
      ["./login"] = false, ["none.list"] = false, ["-"] = false } do
      assert.equal(expected or nil, (commands.find(word)), word)
    end
  end)

  it("have modules that run them, and options that can be read", function()
    for _, command in ipairs(commands.list) do
      if not command.is_program then
        assert.is_function(require("rackspace.command." .. command.module).run, command.name)
      end
      for _, option in ipairs(command.options or {}) do
        assert.is_truthy(option.doc, option.name)
        assert.is_truthy(not option.is_closed or options.known(option)[1], option.name)
      end
    end
  end)

  it("are found when they are misspelt, unless they are hidden", function()
    assert.equal(" (did you mean 'accounts.list'?)", commands.hint("acounts.lst"))
    assert.equal(" (did you mean 'login'?)", commands.hint("logn"))
    assert.equal(" (did you mean 'sandbox'?)", commands.hint("sandbx"))
    assert.equal("", commands.hint("qqqqqqqqqqqq"))
    for _, name in ipairs(commands.names()) do
      assert.not_equal("complete", name)
    end
  end)
end)
