--- fish_spec.lua - the script for fish, as fish reads it
-- SPDX-License-Identifier: MIT
local script = require("rackspace.command.fish")
local shell_script = require("spec.support.shell_script")

describe("the script for fish", function()
  local reads = shell_script.is_there("fish") and it or pending

  reads("has no mistake", function()
    shell_script.check_syntax("fish", script())
  end)

  it("knows operations, parameters and their values", function()
    shell_script.check_words(script())
  end)
end)
