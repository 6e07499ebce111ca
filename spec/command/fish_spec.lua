--- fish_spec.lua - the script for fish, as fish reads it
-- SPDX-License-Identifier: MIT
local script = require("rackspace.command.fish")
local support = require("spec.sandbox.support")

local has_shell = support.output("command -v fish || true") ~= ""

describe("the script for fish", function()
  local reads = has_shell and it or pending

  reads("has no mistake", function()
    local path = support.write(os.tmpname(), script())
    assert.equal("", support.output("unset LD_PRELOAD; fish -n " .. path .. " 2>&1"))
    os.remove(path)
  end)

  it("knows operations, parameters and their values", function()
    local text = script()
    for _, word in ipairs{ "accounts.list", "metadataKey=", "Billing and Payments",
      "comment.text=", "--dry-run" } do
      assert.is_truthy(text:find((word:gsub("^%-%-", "")), 1, true), word)
    end
  end)
end)
