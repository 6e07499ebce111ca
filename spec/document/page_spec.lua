--- page_spec.lua - the manual page
-- SPDX-License-Identifier: MIT
local exits = require("rackspace.command.exits")
local page = require("script.document.page")
local program_options = require("rackspace.command.program_options")
local support = require("spec.sandbox.support")

local has_mandoc = support.output("command -v mandoc || true") ~= ""

describe("the manual page", function()
  it("has every option and exit code", function()
    local text = page.print()
    for _, option in ipairs(program_options.list) do
      assert.is_truthy(text:find("\n.It Fl " .. (option.name:sub(2):gsub("-", "\\-")), 1,
        true), option.name)
    end
    for _, exit in ipairs(exits.list) do
      assert.is_truthy(text:find(("\n.It %d\n"):format(exit.code), 1, true))
    end
    for line in text:gmatch("[^\n]+") do
      assert.is_true(#line <= 80, line)
    end
  end)

  local judged = has_mandoc and it or pending

  judged("pleases mandoc", function()
    local path = support.write(os.tmpname(), page.print())
    assert.equal("", support.output("mandoc -T lint " .. path .. " 2>&1"))
    os.remove(path)
  end)
end)
