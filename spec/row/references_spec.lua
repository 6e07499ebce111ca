--- references_spec.lua - what is named by a text or a record
-- SPDX-License-Identifier: MIT
local references = require("rackspace.row.references")

local function check(value, kind)
  return references[kind](value)
end

local function problem(...)
  local value, message = check(...)
  assert.is_nil(value)
  return message
end

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

describe("a file's name", function()
  it("is a path, with what it needs to be sent", function()
    assert.same({ path = "a/b.log", filename = "b.log" }, check("a/b.log", "attachment"))
    assert.same({ filename = "c.log", uuid = "u" },
      check({ filename = "c.log", uuid = "u" }, "attachment"))
    assert.equal("can't be sent: files that end in .exe are not taken ('a.exe')",
      problem("a.exe", "attachment"))
  end)

  it("is a URL or a record that has one, to be fetched", function()
    assert.equal("https://x/", check("https://x/", "attached"))
    assert.equal("https://x/", check({ url = "https://x/" }, "attached"))
    assert.equal("has no url", problem({ upload_url = "https://x/" }, "attached"))
    assert.equal("must be an attachment's record or its URL, not a number",
      problem(5, "attached"))
  end)
end)
