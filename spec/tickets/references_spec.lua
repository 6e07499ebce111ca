--- references_spec.lua - arguments that name a ticket's files
-- SPDX-License-Identifier: MIT
local references = require("rackspace.tickets.references")

local function check(value, kind)
  return references[kind].check(value)
end

local function problem(...)
  local value, message = check(...)
  assert.is_nil(value)
  return message
end

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
