--- iterator_spec.lua - pagers and results, taken for the lists that they are not
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local paged = require("spec.support.paged")
local raises = require("spec.support.raises")

-- Lua 5.1 asks a table itself for its length and its pairs.
local asks = #setmetatable({}, { __len = function() return 1 end }) == 1

describe("what gives item after item", function()
  local function subjects()
    local rs = paged.session{ { "1 2" }, { "3" } }
    return { ["accounts%.list: .-pager:totable%(%)"] = rs.accounts:list(),
      ["map: .-'for item, result in results do'"] =
        rs:map({ 1 }, function(item) return item end) }
  end

  it("has no places", function()
    for message, object in pairs(subjects()) do
      assert.matches(message, raises(function() return object[1] end))
    end
  end)

  it("has no length and no pairs, where Lua asks", function()
    for message, object in pairs(subjects()) do
      if asks then
        assert.matches(message, raises(function() return #object end))
        assert.matches(message, raises(function() return pairs(object) end))
        assert.matches(message,
          raises(function() for _, item in ipairs(object) do assert(item) end end))
      end
    end
  end)

  it("is told by its type where a list is taken", function()
    local rs = paged.session{ { "1" } }
    local pager, results = rs.accounts:list(), rs:map({}, print)
    assert.equal("accounts.get: 'account' must be \"TYPE/ID\" (such as \"CLOUD/10101\"), " ..
      "\"TYPE:ID\" or an account's record, not a pager",
      raises(function() rs.accounts:get(pager) end))
    assert.equal("tickets.create: the parameters must be a table, not results",
      raises(function() rs.tickets:create(results) end))
    assert.equal("tickets.comment: 'attachments' must be a list, not a pager",
      raises(function() rs.tickets:comment("1", { text = "x", attachments = pager }) end))
    assert.equal("all: takes a list of functions, not a pager",
      raises(function() rs:all(pager) end))
    assert.same({ nil, "JSON has no pager" }, { json.encode(pager) })
  end)

  it("is not what another's object is, whatever its metatable has", function()
    local rs = paged.session{}
    local object = setmetatable({ colour = 1 }, { methods = { go = print } })
    assert.matches("^accounts%.list: unknown parameter 'colour'",
      raises(function() rs.accounts:list(object) end))
    assert.equal('{"colour":1}', json.encode(object))
  end)

  it("can still be gone over, and has no more names than it had", function()
    for _, object in pairs(subjects()) do
      assert.is_nil(object.nothing)
      assert.is_not_nil(object())
    end
  end)
end)
