--- pretty_spec.lua - JSON for people
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local paint = require("rackspace.show.paint")
local pretty = require("rackspace.output.pretty")
local support = require("spec.sandbox.support")

local plain = paint.new(false)

describe("indented JSON", function()
  it("is what jq writes", function()
    for _, text in ipairs{ "{}", "[]", "1", '"a/b"', "true", "[1,[2,[]],{}]",
      '{"b":{"c":[1,"x",false]},"a":1.5}', '[{"id":"1"},{"id":"2"}]' } do
      local value = json.decode(text)
      assert.equal(support.output(("printf %%s %s | jq -S ."):format(support.quote(text))),
        pretty.text(value, plain) .. "\n")
    end
  end)

  it("has colours that can be taken out again", function()
    local value = json.decode('{"name":"x","list":[1,true]}')
    local coloured = pretty.text(value, paint.new(true))
    assert.matches('\27%[36m"name"\27%[0m: \27%[32m"x"\27%[0m', coloured)
    assert.equal(pretty.text(value, plain), (coloured:gsub("\27%[[%d;]*m", "")))
  end)

  it("does nothing to a terminal by the texts of others", function()
    local text = pretty.text({ ["a\27[2J"] = "b\27]0;x\7\194\155" }, plain)
    assert.is_nil(text:find("[%z\1-\9\11-\31\127-\255]"))
  end)
end)
