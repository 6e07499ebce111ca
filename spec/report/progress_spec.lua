--- progress_spec.lua - tells on a terminal how far a report has come
-- SPDX-License-Identifier: MIT
local progress = require("rackspace.report.progress")

local function stream()
  local written = {}
  return { written = written, flush = function() end,
    write = function(_, ...) written[#written + 1] = table.concat{ ... } end }
end

describe("progress", function()
  it("is one line that is gone at the end, drawn seldom", function()
    local out = stream()
    local show, clear = progress.new(true, out)
    for i = 1, 1000 do
      show(i .. " accounts")
    end
    assert.equal("\r1 accounts", out.written[1])
    assert.is_true(#out.written < 20)
    local before = #out.written
    clear()
    assert.matches("^\r +\r$", out.written[before + 1])
  end)

  it("is nothing where nobody looks, or nothing was shown", function()
    local out = stream()
    local show, clear = progress.new(false, out)
    show("1 accounts")
    clear()
    show, clear = progress.new(true, out)
    clear()
    assert.is_function(show)
    assert.same({}, out.written)
  end)
end)
