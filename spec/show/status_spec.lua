--- status_spec.lua - one line of a terminal that is written over
-- SPDX-License-Identifier: MIT
local status_of = require("rackspace.show.status")

describe("a status line", function()
  local written, columns, line

  before_each(function()
    written, columns = {}, 20
    line = status_of.new(function(text) written[#written + 1] = text end,
      function() return columns end)
  end)

  it("writes over what stood there, by spaces alone", function()
    line:show("a longer text")
    line:show("short")
    line:show("a text")
    assert.same({ "\ra longer text", "\rshort        ", "\ra text       " }, written)
    line:clear()
    assert.equal("\r" .. (" "):rep(13 + 2) .. "\r", written[4]) -- and a ^C
  end)

  it("is as wide as its letters, and never as the terminal", function()
    line:show("東京")
    line:clear()
    assert.equal("\r" .. (" "):rep(4 + 2) .. "\r", written[2])
    line:show(("x"):rep(30))
    assert.equal("\r" .. ("x"):rep(16) .. "…", written[3])
    columns = nil
    line:show(("x"):rep(90))
    assert.equal("\r" .. ("x"):rep(76) .. "…", written[4])
  end)

  it("knows whether it is there, and is cleared once", function()
    assert.is_false(line:is_shown())
    line:clear()
    line:show("x")
    assert.is_true(line:is_shown())
    line:clear()
    line:clear()
    assert.is_false(line:is_shown())
    assert.same({ "\rx", "\r   \r" }, written)
  end)
end)
