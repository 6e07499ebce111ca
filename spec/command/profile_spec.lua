--- profile_spec.lua - a section of the file of profiles, written anew
-- SPDX-License-Identifier: MIT
local ini = require("rackspace.base.ini")
local profile = require("rackspace.command.profile")

describe("a profile", function()
  it("is added to what is there", function()
    assert.equal("[default]\nusername = a\napi_key = k\n",
      profile.set("", "default", { username = "a", api_key = "k" }))
    assert.equal("# mine\n[work]\nusername = w\n\n[home]\nusername = a\n"
      .. "password = p\nregion = UK\n", profile.set("# mine\n[work]\nusername = w\n",
        "home", { username = "a", password = "p", region = "UK" }))
  end)

  it("replaces the user of its section, and nothing else", function()
    local text = "user: x\n[work]\n; a note\nUserName=old\nAPI-KEY = old\n"
      .. "token = old\ntenant_id = 7\nregion = US\ncustomer_url = https://x\n\n"
      .. "[other]\napi_key = stays"
    assert.equal("user: x\n[work]\nusername = new\napi_key = k\n; a note\n"
      .. "region = US\ncustomer_url = https://x\n\n[other]\napi_key = stays\n",
      profile.set(text, "work", { username = "new", api_key = "k" }))
  end)

  it("reads back what was written", function()
    for _, value in ipairs{ "a", " spaced ", '"quoted"', "'q'", "a=b;c#d", "[x]", '"' } do
      local text = profile.set("", "p", { username = "u", password = value })
      assert.equal(value, ini.parse(text).p.password)
    end
  end)

  it("is not put into what is no such file", function()
    local text, problem = profile.set("no profile at all\n", "p", { username = "u" })
    assert.is_nil(text)
    assert.matches("line 1", problem)
  end)

  it("has a name that a section can have", function()
    assert.is_nil(profile.problem("work"))
    for _, name in ipairs{ "a]b", "a\nb", " a", "" } do
      assert.is_string(profile.problem(name))
    end
  end)
end)
