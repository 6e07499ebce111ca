--- confirmation_spec.lua - asks before something is deleted
-- SPDX-License-Identifier: MIT
local confirm = require("rackspace.command.confirmation").confirm

local function terminal(is_terminal, answer, asked)
  return { is_terminal = function() return is_terminal end,
    ask = function(text)
      asked[#asked + 1] = text
      return answer
    end }
end

describe("before something is deleted", function()
  it("a terminal is asked, and only a yes is one", function()
    for answer, expected in pairs{ y = true, Yes = true, [" yes"] = true,
      n = false, [""] = false, delete = false } do
      local asked = {}
      local ok, problem = confirm("x.delete 7", {}, terminal(true, answer, asked))
      assert.equal(expected, ok)
      assert.same({ "x.delete 7: this deletes it. Go on? [y/N] " }, asked)
      assert.equal(not expected, problem ~= nil)
    end
    assert.is_false((confirm("x", {}, terminal(true, nil, {}))))
  end)

  it("a pipe has to say --yes", function()
    local asked = {}
    local ok, problem = confirm("x.delete 7", {}, terminal(false, "y", asked))
    assert.is_false(ok)
    assert.matches("%-%-yes", problem)
    assert.is_true(confirm("x.delete 7", { yes = true }, terminal(false, nil, asked)))
    assert.same({}, asked)
  end)
end)
