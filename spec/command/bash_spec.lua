--- bash_spec.lua - the script for bash, as bash reads it
-- SPDX-License-Identifier: MIT
local script = require("rackspace.command.bash")
local shell_script = require("spec.support.shell_script")

describe("the script for bash", function()
  local reads = shell_script.is_there("bash") and it or pending

  reads("has no mistake", function()
    shell_script.check_syntax("bash", script())
  end)

  it("knows operations, parameters and their values", function()
    shell_script.check_words(script())
  end)
end)
