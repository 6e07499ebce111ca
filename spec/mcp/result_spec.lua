--- result_spec.lua - what a call gave, as a text of a bounded size
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.base.json")
local result = require("rackspace.mcp.result")

local one, list = { is_list = false }, { is_list = true }

describe("the text of a result", function()
  it("holds no secrets and no functions", function()
    local text = result.text(one, { token = core.secret("canary-7"), fn = print, url = "a/b" })
    assert.same({ token = "<secret>", url = "a/b" }, (json.decode(text)))
    assert.is_truthy(text:find('"a/b"', 1, true))
  end)

  it("says that there is nothing", function()
    assert.equal('{"done":true}', (result.text(one, nil)))
  end)

  it("has so many items at most", function()
    local items = json.array{}
    for i = 1, 300 do
      items[i] = { id = i }
    end
    local found = json.decode((result.text(list, items, 200)))
    assert.equal(200, #found.items)
    assert.equal(100, found.left_out)
    assert.equal(50, #json.decode((result.text(list, items))).items)
    assert.same({ items = {} }, json.decode((result.text(list, json.array{}))))
  end)

  it("is of a bounded size, whatever is in it", function()
    local long = ("é"):rep(1e6)
    local comments = {}
    for i = 1, 5000 do
      comments[i] = { id = tostring(i), text = ("word "):rep(50) }
    end
    local nested = {}
    for _ = 1, 40 do
      nested = { inner = nested }
    end
    local wide = {}
    for i = 1, 20000 do
      wide["key" .. i] = i
    end
    for _, value in ipairs{ { text = long }, { comments = comments }, nested, wide } do
      local text, is_cut = result.text(one, value)
      assert.is_true(#text <= 60000)
      assert.is_true(is_cut)
      assert.is_not_nil(json.decode(text))
    end
    local items = json.array{}
    for i = 1, 100 do
      items[i] = { id = i, text = long }
    end
    local text = result.text(list, items, 100)
    assert.is_true(#text <= 100000)
    local found = json.decode(text)
    assert.equal(100, #found.items + found.left_out)
  end)

  it("shows what people can't see as escapes", function()
    local text = result.text(one, { name = "a\27[2Jb\226\128\174c" })
    assert.is_nil(text:find("[\1-\31\128-\255]"))
  end)
end)
