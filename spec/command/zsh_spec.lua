--- zsh_spec.lua - the script for zsh, as zsh reads it
-- SPDX-License-Identifier: MIT
local script = require("rackspace.command.zsh")
local shell_script = require("spec.support.shell_script")

describe("the script for zsh", function()
  local reads = shell_script.is_there("zsh") and it or pending

  reads("has no mistake", function()
    shell_script.check_syntax("zsh", script())
  end)

  it("knows operations, parameters and their values", function()
    shell_script.check_words(script())
  end)
end)
