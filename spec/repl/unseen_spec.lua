--- unseen_spec.lua - the failed calls of a line whose messages it has not shown
-- SPDX-License-Identifier: MIT
local unseen_of = require("rackspace.repl.unseen")

describe("unseen", function()
  local unseen

  before_each(function()
    unseen = unseen_of.new()
    unseen:begin()
  end)

  local function err(message)
    return { message = message }
  end

  it("has each error of a line once, in order", function()
    local first, second = err("one"), err("two")
    unseen:add(first)
    unseen:add(second)
    unseen:add(first)
    assert.same({ { first, second }, 0 }, { unseen:finish() })
    unseen:begin()
    assert.same({ {}, 0 }, { unseen:finish() })
  end)

  it("leaves out what was shown, coloured and wrapped too", function()
    for _, shown in ipairs{ "a.b: 404 not there", "x\ta.b: 404 not there\n",
        "\27[31ma.b: 404\n  not there\27[0m" } do
      unseen:add(err("a.b: 404 not there"))
      unseen:add(err("other"))
      unseen:see(shown)
      local errors = unseen:finish()
      assert.same({ "other" }, { errors[1].message, errors[2] }, shown)
      unseen:begin()
    end
    unseen:add(err("a.b: 404 not there"))
    unseen:see("a.b: 404 not")
    assert.equal(1, #unseen:finish())
  end)

  it("keeps ten, and counts the others", function()
    for i = 1, 25 do
      unseen:add(err("number " .. i .. "."))
    end
    local errors, more = unseen:finish()
    assert.same({ 10, 15 }, { #errors, more })
  end)

  it("hears of nothing between two lines", function()
    unseen:finish()
    unseen:add(err("late"))
    assert.same({ {}, 0 }, { unseen:finish() })
  end)
end)
