--- table_spec.lua - doc/faults.md names specs that there are
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")

describe("doc/faults.md", function()
  local text = file.read("doc/faults.md")
  local rows = assert(text:match("<!%-%- faults %-%->(.-)<!%-%- /faults %-%->"))

  it("names, for each fault, a test that there is", function()
    local count = 0
    for line in rows:gmatch("[^\n]+") do
      local spec = line:match("^| .+ | .+ | (.+) |$")
      if line:find("^|") and not line:find("^| %-%-%-") and not line:find("^| fault |") then
        local where, name = assert(spec, line):match('^([%w_]+): "(.+)"$')
        assert.is_string(name, line)
        local code = file.read(("spec/hostile/%s.lua"):format(where))
        assert.is_truthy(code:find(('  it("%s'):format(name), 1, true), line)
        count = count + 1
      end
    end
    assert.is_true(count > 50)
  end)

  it("names kinds of error that there are", function()
    local kinds = require("rackspace.base.fault").kinds
    for line in rows:gmatch("[^\n]+") do
      local kind = line:match("^| [^|]+ | `(%a+)`")
      assert.is_truthy(not kind or kinds[kind], line)
    end
  end)

  it("names every field of a rule", function()
    local fault_rules = require("rackspace.sandbox.fault_rules")
    assert.is_true(#fault_rules.names > 5)
    for _, name in ipairs(fault_rules.names) do
      assert.is_truthy(text:find(("\n| `%s` | "):format(name), 1, true), name)
    end
  end)
end)
