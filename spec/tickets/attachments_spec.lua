--- attachments_spec.lua - the names and the forms that files can have
-- SPDX-License-Identifier: MIT
local attachments = require("rackspace.tickets.attachments")

describe("a file's name", function()
  it("ends in none of the 97 refused extensions", function()
    local count = 0
    for extension in pairs(attachments.refused) do
      count = count + 1
      for _, name in ipairs{ "x." .. extension, "x.y." .. extension:upper() } do
        assert.is_string(attachments.name_problem(name))
      end
    end
    assert.equal(97, count)
    for _, name in ipairs{ "x.log", "exe", "x.exe.log", "x.", "Zoë.txt" } do
      assert.is_nil(attachments.name_problem(name))
    end
    for _, name in ipairs{ "", "a/b", "a\nb" } do
      assert.is_string(attachments.name_problem(name))
    end
  end)
end)

describe("an attachment", function()
  it("is read from a path, and from a record of either kind", function()
    local function read(given)
      return (attachments.read(given))
    end
    assert.same({ path = "/a/b.log", filename = "b.log" }, read("/a/b.log"))
    assert.same({ path = "/a/b.exe", filename = "b.log" },
      read{ path = "/a/b.exe", filename = "b.log" })
    assert.same({ filename = "b.log", uuid = "u" },
      read{ filename = "b.log", uuid = "u", url = "https://x/" })
    assert.same({ filename = "b.log" }, read{ filename = "b.log" })
    local given = { path = "b.log" }
    read(given)
    assert.same({ path = "b.log" }, given)
  end)

  it("is none when it is anything else", function()
    local function problem(given)
      local read, text = attachments.read(given)
      assert.is_nil(read)
      return text
    end
    assert.equal("must be a path or a table, not a number", problem(5))
    assert.equal("has neither 'path' nor 'filename'", problem{ uuid = "u" })
    assert.equal("has both 'path' and 'uuid'", problem{ path = "x", uuid = "u" })
    assert.equal("has no field 'filname' (did you mean 'filename'?)",
      problem{ path = "x", filname = "y" })
    assert.matches("has no field '1'", problem{ "x" }, 1, true)
    assert.equal("has a field 'path' that must be a string", problem{ path = 5 })
    assert.equal("can't be sent: files that end in .js are not taken ('a.js')",
      problem("a.js"))
    assert.equal("can't be sent: it has no name", problem("a/"))
    assert.equal("can't be sent: its path holds a NUL byte", problem("a\0/b"))
  end)
end)
