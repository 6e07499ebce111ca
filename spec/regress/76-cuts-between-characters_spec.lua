--- 76-cuts-between-characters_spec.lua - long texts end in whole characters
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")
local show = require("rackspace.show")
local support = require("spec.sandbox.support")
local text_width = require("rackspace.picture.text_width")
local tally = require("rackspace.report.tally")

-- Characters of one to many bytes.
local characters = { "é", "東", "😀", "e\204\129", "👨‍👩‍👧", "🇫🇷", "👍🏽", "कि", "❤️" }

--- Asserts that a text holds the characters whole, but for what is around them.
local function assert_whole(text, character)
  local left = text:gsub(character, ""):gsub("[ -~…\n]", "")
  assert.equal("", left, text)
end

--- Calls fn(text, character) with texts that a cut at any byte would break.
local function each_text(fn)
  for _, character in ipairs(characters) do
    for shift = 0, #character - 1 do
      fn(("x"):rep(shift) .. character:rep(600), character)
    end
  end
end

describe("a long text", function()
  it("ends in a whole character in an error", function()
    each_text(function(text, character)
      local err = fault.new{ kind = "invalid", text = text, request_id = "1" }
      assert_whole(err.message, character)
      assert.is_true(#err.message < 600)
      err = fault.from_response("accounts.get", { status = 400, body = text,
        headers = { ["x-request-id"] = text } }, 0, {}, {})
      assert_whole(err.message, character)
    end)
  end)

  it("ends in a whole character in a table, a list and a record", function()
    each_text(function(text, character)
      for _, value in ipairs{ { { name = text, more = { text } } }, { text, text },
        { name = text, nested = { text = text, list = { text, { text } } }, [text] = 1 } } do
        for _, columns in ipairs{ 80, 79, 41 } do
          assert_whole(table.concat(show.lines(value, { width = columns }), "\n"), character)
        end
      end
    end)
  end)

  it("ends in a whole character in a picture and in a report's counts", function()
    each_text(function(text, character)
      assert_whole(text_width.fit(text, 200), character)
      assert_whole(tally.new():add(text), character)
    end)
  end)

  it("is cut to bytes between characters, also before one that is too long", function()
    local family = "👨‍👩‍👧"
    assert.equal("", core.cut(family, #family - 1))
    assert.equal("a", core.cut("a" .. family, #family))
    assert.equal(family, core.cut(family .. "\204\129", #family + 2):sub(1, #family))
    assert.equal("ab", core.cut("ab", 2))
    assert.equal("", core.cut("ab", -1))
  end)
end)

describe("a vCard", function()
  local box, folder

  setup(function()
    folder = support.folder()
    local name = "A;B,C\\D\nEND:VCARD\r\nX:1\rY\27Z" .. ("👨‍👩‍👧"):rep(20) ..
      "e\204\129" .. ("\204\129"):rep(60)
    local json = require("rackspace.base.json")
    local contact = { contactNumber = name, firstName = name, lastName = name, title = name,
      roles = { role = { name } }, emailAddresses = { emailAddress = { { address = name } } },
      phoneNumbers = { phoneNumber = { { number = name } } } }
    local faults = support.write(folder .. "/faults.json", json.encode(json.array{
      { operation = "contacts.list", body = json.encode{ contact = json.array{ contact } } },
      { operation = "accounts.get", body = json.encode{ type = "CLOUD", id = "10101",
        name = name } } }))
    box = assert(support.serve("--faults=" .. faults))
  end)

  teardown(function()
    box:finish()
    support.remove(folder)
  end)

  it("has what others wrote escaped, and folded between characters", function()
    local _, out = support.run("examples/09-contacts-vcard.lua CLOUD/10101",
      "env RACKSPACE_SANDBOX=" .. box.url)
    local unfolded = out:gsub("\r\n ", "")
    local lines = select(2, unfolded:gsub("\r\n", ""))
    assert.equal(10, lines, out)
    assert.is_nil(unfolded:gsub("\r\n", ""):find("[%z\1-\31\127]"))
    assert.truthy(unfolded:find("ORG:A\\;B\\,C\\\\D\\nEND:VCARD\\nX:1\\nYZ", 1, true), unfolded)
    for line in out:gmatch("([^\n]*)\r\n") do
      assert_whole(line:gsub("e\204\129" .. ("\204\129"):rep(60), ""), "👨‍👩‍👧")
    end
  end)
end)
