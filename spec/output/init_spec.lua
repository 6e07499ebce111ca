--- init_spec.lua - results on their way to standard output
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local output_of = require("rackspace.output")

local line = { is_terminal = function() return false end, size = function() end }

--- An output whose stream is the spec's own: a list of what was written.
local function open(options, answer)
  local written = {}
  local before = 0
  local output = output_of.new(options, {}, line, function() before = before + 1 end)
  output.stream = { write = function(_, text)
    if answer then
      return nil, answer[1], answer[2]
    end
    written[#written + 1] = text
    return true
  end, flush = function() return true end }
  return output, written, function() return before end
end

describe("an output", function()
  it("masks secrets by their values and by their names", function()
    local record = { key = core.secret("hush"), token = "hush", deep = { { password = "hush" } },
      tokens = "shown" }
    local output, written = open{}
    output:value(record)
    assert.equal('{"deep":[{"password":"<secret>"}],"key":"<secret>",'
      .. '"token":"<secret>","tokens":"shown"}\n', table.concat(written))
    output, written = open{ reveal = true }
    output:value(record)
    assert.equal('{"deep":[{"password":"hush"}],"key":"hush","token":"hush",'
      .. '"tokens":"shown"}\n', table.concat(written))
    assert.equal("hush", record.key:reveal())
  end)

  it("is ndjson in a pipe, and counts what was written", function()
    local output, written, calls = open{ fields = "a" }
    output:page{ { a = 1, b = 2 }, { b = 3 } }
    output:finish()
    assert.equal('{"a":1}\n{"a":null}\n', table.concat(written))
    assert.same({ 2, 2 }, { output.count, calls() })
  end)

  it("tells nobody who reads from a disk that is full", function()
    local _, err = pcall(function()
      open({}, { "Broken pipe", 32 }):page{ { a = 1 } }
    end)
    assert.equal(output_of.closed, err)
    _, err = pcall(function()
      open({}, { "No space left on device", 28 }):page{ { a = 1 } }
    end)
    assert.same({ "file", "the output can't be written: No space left on device" },
      { err.kind, err.message })
  end)
end)
