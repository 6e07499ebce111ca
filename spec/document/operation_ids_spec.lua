--- operation_ids_spec.lua - the rows' names in the OpenAPI document
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local services = require("rackspace.services")

--- Returns the path of each operation of the document, by its operationId.
local function documented()
  local paths, path = {}, nil
  for line in file.read("spec/support/openapi.yaml"):gmatch("[^\n]+") do
    path = line:match("^  (/%S+):$") or path
    local id = line:match("^      operationId: (%S+)$")
    if id then
      paths[id] = path
    end
  end
  return paths
end

describe("the operationIds of the OpenAPI document", function()
  it("stand in the rows of their paths, each of them", function()
    local paths, seen = documented(), {}
    for _, definition in services.each() do
      for _, op in ipairs(definition.operations) do
        local id = op.openapi and op.openapi.operation_id
        if id then
          assert.equal(paths[id]:gsub("{%w+}", "{}"), op.openapi.path:gsub("{%w+}", "{}"), id)
          seen[id] = true
        end
        assert.is_nil(op.operation_id)
      end
    end
    for id in pairs(paths) do
      assert.is_true(seen[id], id)
    end
  end)

  it("stand in the table of what is covered, and in the reference", function()
    local coverage, reference = file.read("doc/coverage.md"), file.read("doc/reference.md")
    for id in pairs(documented()) do
      assert.matches("Customer Service OpenAPI document, 1.0: `" .. id .. "` |", coverage, 1, true)
      assert.matches("contract 1.0, `" .. id .. "`.", reference, 1, true)
    end
  end)
end)
