--- csv_spec.lua - results for spreadsheets, judged by Python's csv module
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local needs_python = require("spec.support.python")
local support = require("spec.sandbox.support")
local writer = require("spec.support.writer")

--- The rows as Python reads them.
local function judged(text)
  needs_python(pending)
  local path = support.write(os.tmpname(), text)
  local rows = support.output("python3 -c '"
    .. "import csv, json, sys\n"
    .. "print(json.dumps(list(csv.reader(open(sys.argv[1], newline=\"\", "
    .. "encoding=\"utf-8\"), strict=True))))' " .. path)
  os.remove(path)
  return assert(json.decode(rows))
end

describe("csv", function()
  it("reads back as it was", function()
    local records = { { name = "id" }, { name = "text" }, { name = "more" } }
    local text = writer.pages("csv", {
      { { id = 1, text = 'a "b", c' }, { id = -2, text = "x\r\ny\n" } },
      { { id = 3, text = " é東京 ", more = { 1, { a = "b" } } },
        { more = false } } }, { records = records })
    assert.same({ { "id", "text", "more" }, { "1", 'a "b", c', "" },
      { "-2", "x\r\ny\n", "" }, { "3", " é東京 ", '[1,{"a":"b"}]' },
      { "", "", "false" } }, judged(text))
    for line in text:gsub('".-"', ""):gmatch("[^\n]*\n") do
      assert.matches("\r\n$", line)
    end
  end)

  it("gives a spreadsheet nothing to run", function()
    local page, expected = {}, { { "'=a" } }
    for i, text in ipairs{ "=1+1", "+1", "-1", "@SUM(A1)", "\tx", " =1", "＝1" } do
      page[i], expected[i + 1] = { ["=a"] = text }, { "'" .. text }
    end
    page[#page + 1], expected[#expected + 1] = { ["=a"] = "1=1" }, { "1=1" }
    assert.same(expected, judged(writer.pages("csv", { page })))
  end)

  it("leaves numbers, and with --raw texts, as they are", function()
    assert.equal("n\r\n-5\r\n", writer.pages("csv", { { { n = -5 } } }))
    assert.equal("n\r\n'-5\r\n", writer.pages("csv", { { { n = "-5" } } }))
    assert.equal("=n\r\n=1;=2\r\n", writer.pages("csv", { { { ["=n"] = "=1;=2" } } },
      { is_raw = true }))
  end)

  it("has the columns that were asked for, or the type's and the rest", function()
    local page = { { b = 1, z = 2 } }
    assert.equal("b,z\r\n1,2\r\n", writer.pages("csv", { page }))
    assert.equal("a,b,z\r\n,1,2\r\n", writer.pages("csv", { page },
      { records = { { name = "a" }, { name = "b" } } }))
    assert.equal("z\r\n2\r\n", writer.pages("csv", { page }, { fields = { "z" } }))
    assert.equal("a\r\n", writer.pages("csv", {}, { records = { { name = "a" } } }))
    assert.equal("value\r\nx\r\n", writer.pages("csv", { { "x" } }))
  end)
end)
