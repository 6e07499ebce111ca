--- value_spec.lua - words as the values that they stand for
-- SPDX-License-Identifier: MIT
local value_of = require("rackspace.command.value")

describe("a word's value", function()
  it("is of its field's type", function()
    for _, row in ipairs{ { "-12", "integer", -12 }, { "1.5", "number", 1.5 },
      { ".5", "number", 0.5 }, { "false", "boolean", false },
      { "12", "string", "12" }, { "{}", "string", "{}" }, { "[", "secret", "[" },
      { "12", "id", "12" }, { "CLOUD/1", "account", "CLOUD/1" },
      { '{"id":"7"}', "account", { id = "7" } }, { "[1]", "any", { 1 } } } do
      assert.same(row[3], (value_of(row[1], row[2])), row[1])
    end
  end)

  it("is told when it is of another", function()
    for _, row in ipairs{ { "1.0", "integer" }, { "0x1", "number" }, { "1", "boolean" },
      { "{", "account" }, { "nan", "number" }, { "", "integer" } } do
      local value, problem = value_of(row[1], row[2])
      assert.is_nil(value)
      assert.is_string(problem)
    end
  end)
end)
