--- checkers_spec.lua - the checkers of the simple types
-- SPDX-License-Identifier: MIT
local checkers = require("rackspace.row.checkers")
local core = require("rackspace.core")

local function check(value, kind, more)
  local field = { type = kind }
  for name, limit in pairs(more or {}) do
    field[name] = limit
  end
  return checkers.by_type[kind](value, field)
end

local function problem(...)
  local value, message = check(...)
  assert.is_nil(value)
  return message
end

describe("a value", function()
  it("passes as it is when it has its field's type", function()
    local fn = function() end
    for _, case in ipairs{ { "", "string" }, { "naïve\r\n", "string" }, { 3, "integer" },
      { -1.5, "number" }, { true, "boolean" }, { false, "boolean" }, { fn, "function" } } do
      assert.equal(case[1], (check(case[1], case[2])))
    end
  end)

  it("is refused with its type and the one that it must have", function()
    assert.equal("must be a string, not a number", problem(5, "string"))
    assert.equal("must be a whole number, not a string", problem("5", "integer"))
    assert.equal("must be a whole number, not 1.5", problem(1.5, "integer"))
    assert.equal("must be a number, not a boolean", problem(true, "number"))
    assert.equal("must be true or false, not a string", problem("true", "boolean"))
    assert.equal("must be a function, not a table", problem({}, "function"))
    assert.equal("must be a table, not a string", problem("x", "table"))
  end)

  it("is held to its bounds", function()
    assert.equal("must be at least 1", problem(0, "integer", { min = 1 }))
    assert.equal("must be at most 9", problem(10, "integer", { max = 9 }))
    assert.equal("must be at least 0.5", problem(0.25, "number", { min = 0.5 }))
    assert.equal("must be at most 2", problem(math.huge, "number", { max = 2 }))
    assert.equal(9, (check(9, "integer", { min = 1, max = 9 })))
  end)

  it("is no number that is none, and no whole one that a float can't tell", function()
    assert.equal("is not a number", problem(0 / 0, "number"))
    assert.equal("must be a whole number, not inf", problem(math.huge, "integer"))
    assert.equal("is too large to be exact", problem(2 ^ 53, "integer"))
    assert.equal(2 ^ 53 - 1, (check(2 ^ 53 - 1, "integer")))
  end)
end)

describe("an id", function()
  it("is a string or a whole number, and comes out as text without a point", function()
    assert.equal("RAN2823", (check("RAN2823", "id")))
    assert.equal("19293384938", (check(19293384938, "id")))
    assert.equal("5", (check(5.0, "id")))
    assert.equal("créé:ü", (check("créé:ü", "id")))
  end)

  it("is refused when it would be another segment, or none", function()
    assert.equal("is empty", problem("", "id"))
    assert.equal("is a dot segment", problem(".", "id"))
    assert.equal("is a dot segment", problem("..", "id"))
    assert.equal("contains a slash", problem("a/b", "id"))
    assert.equal("contains a slash", problem("a\\b", "id"))
    for _, byte in ipairs{ 0, 10, 13, 31, 127 } do
      assert.equal("contains a control character", problem("a" .. string.char(byte) .. "b", "id"))
    end
  end)

  it("is refused as a number that is not exactly one", function()
    assert.equal("is too large for a number; give it as a string", problem(2 ^ 53, "id"))
    assert.matches("^must be a string or a whole number", problem(1.5, "id"))
    assert.matches("^must be a string or a whole number", problem(0 / 0, "id"))
    assert.matches("^must be a string or a whole number", problem(true, "id"))
  end)

  if math.type then
    it("may be any integer where the Lua has them", function()
      assert.equal("9007199254740993", (check(math.tointeger("9007199254740993"), "id")))
      assert.equal("9223372036854775807",
        (check(math.tointeger("9223372036854775807"), "id")))
    end)
  end
end)

describe("a secret", function()
  it("is a string or was made one before, and is shown nowhere", function()
    local secret = core.secret("s3cret")
    assert.equal("s3cret", (check("s3cret", "secret")))
    assert.equal(secret, (check(secret, "secret")))
    local message = problem("s3cret\r\nX: y", "secret")
    assert.equal("holds a line break or a NUL byte", message)
    assert.equal("holds a line break or a NUL byte", problem("s3\0cret", "secret"))
    assert.equal("is empty", problem("  ", "secret"))
    assert.equal("must be a string, not a number", problem(5, "secret"))
  end)
end)

describe("a path", function()
  it("is a text that can name a file", function()
    assert.equal("a/b.log", check("a/b.log", "path"))
    assert.equal("is empty or holds a NUL byte", problem("", "path"))
    assert.equal("is empty or holds a NUL byte", problem("a\0b", "path"))
    assert.equal("must be a string, not a table", problem({}, "path"))
  end)
end)
