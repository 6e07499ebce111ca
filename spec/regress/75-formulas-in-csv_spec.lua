--- 75-formulas-in-csv_spec.lua - CSV that spreadsheets open in any locale
-- SPDX-License-Identifier: MIT
local needs_python = require("spec.support.python")
local support = require("spec.sandbox.support")
local writer = require("spec.support.writer")

local starters = { "=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−" }

-- What a spreadsheet may drop before it looks.
local before = { "", " ", "  \t", "\v", "\194\160", "\227\128\128", "\226\128\131", "\226\128\139",
  "\239\187\191", "\226\128\174", "\194\133", "\255", '"', ' ""', "\1" }

--- The cells of a text as a spreadsheet of a locale reads them (1: commas, 2:
-- semicolons, 3: tabs): Python's csv module is as lenient as they are.
local judge = [[
import csv, io, json, sys
text = open(sys.argv[1], newline="", encoding="utf-8", errors="replace").read()
rows = [r for d in ",;\t" for r in csv.reader(io.StringIO(text, newline=""), delimiter=d)]
print("\0".join(c for r in rows for c in r))
]]

local function cells_of(text)
  needs_python(pending)
  local path, script = support.write(os.tmpname(), text), support.write(os.tmpname(), judge)
  local cells = support.output(("python3 %s %s"):format(script, path))
  os.remove(path)
  os.remove(script)
  return cells
end

--- Whether a cell, trimmed as a spreadsheet does, begins as a formula.
local function runs(cell)
  for _, blank in ipairs(before) do
    for _, starter in ipairs(starters) do
      if cell:sub(1, #blank + #starter) == blank .. starter then
        return true
      end
    end
  end
  return false
end

describe("a cell of CSV", function()
  it("is no formula, whatever is before it and whatever parts cells", function()
    local page = {}
    for _, starter in ipairs(starters) do
      for _, blank in ipairs(before) do
        for _, first in ipairs{ "", "x;", "x\n", "x\r\n", '";', '"\n', ";;", "x,y;", "x\t",
            '"\t', "x, y\t;" } do
          page[#page + 1] = { a = "x", b = first .. blank .. starter .. "1+1;y" }
        end
      end
    end
    page[#page + 1] = { a = "x", b = { c = "d;=1" }, ["=n"] = 1, ["x;=n"] = 2 }
    for cell in cells_of(writer.pages("csv", { page })):gmatch("[^%z]+") do
      assert(not runs(cell), cell)
    end
  end)

  it("keeps texts that are none as they are", function()
    for _, text in ipairs{ "a=1", "a - b", "1;2", "Zoë", "東京", "e\204\129", "x;y", "#1",
      "a+b@c.example", "(555) 1-2", "👨‍👩‍👧" } do
      assert.equal("v\r\n" .. text .. "\r\n", (writer.pages("csv", { { { v = text } } })))
    end
    assert.equal("v\r\n-5\r\n0.5\r\ntrue\r\n",
      (writer.pages("csv", { { { v = -5 }, { v = 0.5 }, { v = true } } })))
  end)

  it("is what the service sent with --raw", function()
    local box = assert(support.serve("--with-stdin"))
    box:finish()
    local function run(options)
      local _, out = support.run("accounts.list --sandbox --max=1 --fields=name --output=csv " ..
        options)
      return out
    end
    assert.equal(run(""), run("--raw"))
    assert.equal("=n\r\n=1;=2\r\n-1\r\n", (writer.pages("csv", { { { ["=n"] = "=1;=2" },
      { ["=n"] = "-1" } } }, { is_raw = true })))
  end)
end)
