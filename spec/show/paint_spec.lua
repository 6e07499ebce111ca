--- paint_spec.lua - colours of a terminal, or none
-- SPDX-License-Identifier: MIT
local paint = require("rackspace.show.paint")

local function wanted(is_terminal, values)
  return paint.is_wanted(is_terminal, function(name) return values[name] end)
end

describe("paint", function()
  it("colours what has a style, and nothing that is empty", function()
    local colours = paint.new(true)
    assert.equal("\27[31mno\27[0m", colours("bad", "no"))
    assert.equal("", colours("bad", ""))
    assert.equal("text", colours("no such style", "text"))
    assert.equal("no", paint.new(false)("bad", "no"))
    assert.equal("no", paint.plain("bad", "no"))
  end)

  it("is wanted on a terminal that has colours, unless NO_COLOR is set",
    function()
      assert.is_true(wanted(true, { TERM = "xterm" }))
      assert.is_true(wanted(true, { TERM = "xterm", NO_COLOR = "" }))
      assert.is_false(wanted(true, { TERM = "xterm", NO_COLOR = "1" }))
      assert.is_false(wanted(true, { TERM = "dumb" }))
      assert.is_false(wanted(true, { TERM = "" }))
      assert.is_false(wanted(true, {}))
      assert.is_false(wanted(false, { TERM = "xterm" }))
    end)
end)
