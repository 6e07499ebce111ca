--- names_spec.lua - the commands there are, and the operations that are commands
-- SPDX-License-Identifier: MIT
local names = require("rackspace.command.names")

describe("the names of commands", function()
  it("are told from those of scripts", function()
    for word, expected in pairs{ login = "command", accounts = "service",
      ["accounts.list"] = "operation", ["accounts.none"] = "operation",
      ["accounts.lua"] = false, ["script.lua"] = false, ["./login"] = false,
      ["none.list"] = false, ["-"] = false } do
      assert.equal(expected or nil, (names.find(word)), word)
    end
  end)

  it("have modules that run them", function()
    for _, name in ipairs(names.list()) do
      assert.is_function(require("rackspace.command." .. names.commands[name].module).run, name)
    end
  end)

  it("are found when they are misspelt", function()
    assert.equal(" (did you mean 'accounts.list'?)", names.hint("acounts.lst"))
    assert.equal(" (did you mean 'login'?)", names.hint("logn"))
    assert.equal(" (did you mean 'sandbox'?)", names.hint("sandbx"))
    assert.equal("", names.hint("qqqqqqqqqqqq"))
  end)
end)
