--- init_spec.lua - the pictures that there are of what operations give
-- SPDX-License-Identifier: MIT
local modules = require("rackspace.services").modules
local picture = require("rackspace.picture")

describe("pictures", function()
  it("are of operations that there are, in every form", function()
    local found = {}
    for _, module in pairs(modules) do
      for _, op in ipairs(require(module).operations) do
        local forms = picture.of(op.full_name)
        if forms then
          found[#found + 1] = op.full_name
          for _, form in ipairs{ "text", "svg", "html" } do
            assert.is_string(forms[form]({}, {}), form)
          end
        end
      end
    end
    assert.same({ "accounts.timeline" }, found)
    assert.same(found, picture.names())
    assert.is_nil(picture.of("no.such"))
  end)
end)
