--- ini_spec.lua - the files in which people keep credentials
-- SPDX-License-Identifier: MIT
local ini = require("rackspace.base.ini")

describe("an INI text", function()
  it("is read into sections, what comes before the first one too", function()
    assert.same({ [""] = { username = "above" }, default = { username = "demo", region = "US" },
      ["two words"] = {} },
      ini.parse("username = above\n[default]\nusername=demo\nregion = US\n\n[ two words ]\n"))
  end)

  it("may be empty", function()
    assert.same({ [""] = {} }, ini.parse(""))
    assert.same({ [""] = {} }, ini.parse("\n\n  \n"))
  end)

  it("spells keys in one way", function()
    local section = ini.parse("API-Key = k\nauth_url : https://host:8443/v2.0")[""]
    assert.equal("k", section.api_key)
    assert.equal("https://host:8443/v2.0", section.auth_url)
  end)

  it("keeps what is in a value: =, #, ;, quotes inside, and nothing at all", function()
    local section = ini.parse('a = x=y # z; "q"\nb =\nc = "  quoted "\nd = \'single\'')[""]
    assert.equal('x=y # z; "q"', section.a)
    assert.equal("", section.b)
    assert.equal("  quoted ", section.c)
    assert.equal("single", section.d)
  end)

  it("passes over comments, a mark of byte order and either line's end", function()
    assert.same({ [""] = {}, s = { k = "v" } },
      ini.parse("\239\187\191# one\r\n; two = 2\r\n[s]\r\n  k = v  \r\n#[t]\r\n"))
  end)

  it("adds to a section that comes again", function()
    assert.same({ a = "3", b = "2" }, ini.parse("[s]\na=1\nb=2\n[t]\n[s]\na=3\n").s)
  end)

  it("is refused with the number of the line that is neither", function()
    local sections, message = ini.parse("[s]\na = 1\nnonsense\n")
    assert.is_nil(sections)
    assert.equal("line 3 is neither a [section] nor key = value", message)
    assert.is_nil((ini.parse("[unfinished")))
    assert.is_nil((ini.parse("= no key")))
  end)
end)
