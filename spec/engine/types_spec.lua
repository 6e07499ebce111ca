--- types_spec.lua - the values that operations are given
-- SPDX-License-Identifier: MIT
local types = require("rackspace.engine.types")

local function check(value, kind, more)
  local field = { type = kind }
  for name, limit in pairs(more or {}) do
    field[name] = limit
  end
  return types.check(value, field, {
    Point = { { name = "x", type = "integer", required = true },
      { name = "label", type = "string" } },
    Line = { { name = "points", type = "Point[]" } },
  })
end

local function problem(...)
  local value, message = check(...)
  assert.is_nil(value)
  return message
end

describe("a file's name", function()
  it("is a path, with what it needs to be sent", function()
    assert.equal("a/b.log", check("a/b.log", "path"))
    assert.equal("is empty or holds a NUL byte", problem("", "path"))
    assert.equal("is empty or holds a NUL byte", problem("a\0b", "path"))
    assert.equal("must be a string, not a table", problem({}, "path"))
    assert.same({ { path = "a/b.log", filename = "b.log" },
      { filename = "c.log", uuid = "u" } },
      check({ "a/b.log", { filename = "c.log", uuid = "u" } }, "attachment[]"))
    assert.equal("has an item 1 that can't be sent: files that end in .exe " ..
      "are not taken ('a.exe')", problem({ "a.exe" }, "attachment[]"))
  end)

  it("is a URL or a record that has one, to be fetched", function()
    assert.equal("https://x/", check("https://x/", "attached"))
    assert.equal("https://x/", check({ url = "https://x/" }, "attached"))
    assert.equal("has no url", problem({ upload_url = "https://x/" }, "attached"))
    assert.equal("must be an attachment's record or its URL, not a number",
      problem(5, "attached"))
  end)
end)

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
    assert.equal("must be a list, not a number", problem(1, "string[]"))
    assert.equal("must be a table, not a boolean", problem(false, "Point"))
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

describe("an account", function()
  local expected = { accountType = "CLOUD", accountId = "10101" }

  it("is named by TYPE/ID, TYPE:ID or its record", function()
    assert.same(expected, (check("CLOUD/10101", "account")))
    assert.same(expected, (check("CLOUD:10101", "account")))
    assert.same(expected, (check({ type = "CLOUD", id = "10101" }, "account")))
    assert.same(expected, (check({ type = "CLOUD", number = 10101 }, "account")))
    assert.same({ accountType = "MANAGED_HOSTING", accountId = "hybrid:1" },
      (check("MANAGED_HOSTING/hybrid:1", "account")))
  end)

  it("is refused when a part is missing or can't be in a path", function()
    assert.matches('^must be "TYPE/ID"', problem("10101", "account"))
    assert.matches("not 'CLOUD'$", problem("CLOUD", "account"))
    assert.matches("not a table$", problem({ id = "10101" }, "account"))
    assert.matches("not a number$", problem(10101, "account"))
    assert.equal("has a type that is empty", problem("/10101", "account"))
    assert.equal("has an id that is empty", problem("CLOUD/", "account"))
    assert.equal("has an id that is a dot segment", problem("CLOUD/..", "account"))
    assert.equal("has an id that contains a slash", problem("CLOUD/1/2", "account"))
    assert.equal("has a type that is a dot segment", problem("../..", "account"))
  end)
end)

describe("a secret", function()
  local core = require("rackspace.core")

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

describe("a record and a list", function()
  it("are copied, so that the script's own is never written", function()
    local given = { points = { { x = 1, label = "a" }, { x = 2 } } }
    local copy = check(given, "Line")
    assert.same(given, copy)
    assert.are_not.equal(given, copy)
    assert.are_not.equal(given.points, copy.points)
    assert.are_not.equal(given.points[1], copy.points[1])
  end)

  it("name the field that is wrong", function()
    assert.equal("has no field 'lable' (did you mean 'label'?)", problem({ lable = "a" }, "Point"))
    assert.equal("has no 'x', which it needs", problem({ label = "a" }, "Point"))
    assert.equal("has a field 'x' that must be a whole number, not a string",
      problem({ x = "1" }, "Point"))
    assert.equal("has a field 'points' that has an item 2 that has no 'x', which it needs",
      problem({ points = { { x = 1 }, {} } }, "Line"))
    assert.equal("must be a list, and has a field 'x'", problem({ x = 1 }, "Point[]"))
  end)

  it("keep an empty list a list", function()
    local json = require("rackspace.engine.json")
    assert.equal("[]", json.encode((check({}, "string[]"))))
  end)

  it("know which types there are", function()
    assert.is_true(types.is_known("string"))
    assert.is_true(types.is_known("integer[]"))
    assert.is_true(types.is_known("Point[]", { Point = {} }))
    assert.is_false(types.is_known("Point", {}))
    assert.is_false(types.is_known(nil))
  end)
end)
