--- screen_spec.lua - values on a terminal, as much at a time as it holds
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local screen = require("rackspace.repl.screen")

local function new(columns, rows)
  local written = {}
  local made = screen.new{
    write = function(text) written[#written + 1] = text end,
    size = function() return columns, rows end,
    hide = function(text) return (text:gsub("s3cret", "<secret>")) end }
  --- What was written since the last time.
  return made, function()
    local text = table.concat(written)
    written = {}
    return text
  end
end

local function numbers(count)
  local list = {}
  for i = 1, count do list[i] = i end
  return list
end

describe("a screen", function()
  it("shows a list in parts, and goes on", function()
    local made, said = new(80, 9) -- five rows beside what stands around
    made:value(numbers(12))
    assert.equal("1  1\n2  2\n3  3\n4  4\n5  5\n… 5 of 12. more goes on\n", said())
    made:more()
    assert.equal(" 6  6\n 7  7\n 8  8\n 9  9\n10  10\n11  11\n12  12\n", said())
    made:more()
    assert.equal("there is no more\n", said())
  end)

  it("breaks the long lines of a text between words, on a terminal", function()
    local text = "tickets.create: it failed (for a reason)\n\tin a place, at line 1"
    assert.equal("tickets.create: it\nfailed (for a\nreason)\n\tin a place, at line\n\t1",
      (new(20)):fit(text))
    assert.equal(text, (new(40)):fit(text))
    assert.equal(text, (new()):fit(text))
  end)

  it("shows a table in parts, each with its heading", function()
    local made, said = new(80, 9)
    local list = {}
    for i = 1, 8 do list[i] = { id = i, link = { {}, {} } } end
    made:value(list)
    assert.equal("id\n 1\n 2\n 3\n 4\n 5\n… 5 of 8. more goes on\nalso: link\n", said())
    made:more()
    assert.equal("id\n 6\n 7\n 8\n", said())
    made:value(list, { fields = { "id" } })
    assert.equal("id\n 1\n 2\n 3\n 4\n 5\n… 5 of 8. more goes on\n", said())
  end)

  it("raises the error value of a list that can't be read", function()
    local err = { kind = "network" }
    local pager = { op = {}, totable = function() return nil, "no connection", err end }
    local ok, raised = pcall(function() (new(80, 9)):pager(pager, pager) end)
    assert.same({ false, err }, { ok, raised })
  end)

  it("goes on with a table in the columns that it began with", function()
    local made, said = new(20, 9)
    local list = {}
    for i = 1, 8 do
      list[i] = { id = i, note = ("x"):rep(i < 6 and 30 or 1) }
    end
    made:value(list)
    assert.matches("^id\n 1\n", said())
    made:more()
    assert.equal("id\n 6\n 7\n 8\n", said())
  end)

  it("shows long texts in parts", function()
    local made, said = new(80, 9)
    local lines = {}
    for i = 1, 12 do lines[i] = i .. " s3cret" end
    made:lines(lines)
    assert.equal("1,2,3,4,5,… 7 lines more: more,", (said():gsub(" <secret>", "")
      :gsub("\n", ",")))
    made:more()
    assert.equal("6,7,8,9,10,11,12,", (said():gsub(" <secret>", ""):gsub("\n", ",")))
  end)

  it("breaks a text between its words", function()
    local made, said = new(20, 9)
    made:text("a text that is longer than its screen")
    assert.equal("a text that is\nlonger than its\nscreen\n", said())
  end)

  it("forgets what was left of something when another is shown", function()
    local made, said = new(80, 9)
    made:value(numbers(12))
    made:value("text")
    said()
    made:more()
    assert.equal("there is no more\n", said())
  end)

  it("reads as many of a pager's pages as it shows", function()
    local rs = assert(rackspace.new{ sandbox = true })
    local made, said = new(80, 14)
    local pager = rs.accounts:list{ limit = 5 }
    local list = made:pager(pager, pager)
    assert.equal(10, #list)
    assert.is_truthy(said():find("… 10 so far. more goes on\n", 1, true))
    for _ = 1, 13 do
      made:more()
    end
    assert.equal(137, #list)
    assert.is_nil(said():find("137 so far", 1, true))
    made:more()
    assert.equal("there is no more\n", said())
    rs:close()
  end)

  it("says when a pager has nothing", function()
    local rs = assert(rackspace.new{ sandbox = true })
    local made, said = new(80, 24)
    local pager = rs.accounts:list{ domain = "none" }
    assert.same({}, made:pager(pager, pager))
    assert.equal("{}\nthere is none\n", said())
    rs:close()
  end)

  it("shows texts by their lines, obeys none of their codes, hides secrets",
    function()
      local made, said = new(80, 24)
      made:value("one\ntwo\27[2J s3cret")
      assert.equal("one\ntwo\\27[2J <secret>\n", said())
      made:value(nil)
      made:value{}
      made:value(1.5)
      assert.equal("nil\n{}\n1.5\n", said())
      made:values({ "a\7", nil, { 1, { 2, { 3 } } }, "s3cret" }, 4)
      assert.equal('a\\7\tnil\t{ 1, { 2, {…} } }\ts3cret\n',
        (said():gsub("<secret>", "s3cret")))
    end)

  it("does without a terminal's size", function()
    local made, said = new(nil, nil)
    made:value(numbers(50))
    assert.is_truthy(said():find("\n36  36\n… 36 of 50. more goes on\n", 1, true))
  end)
end)
