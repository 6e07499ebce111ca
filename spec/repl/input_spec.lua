--- input_spec.lua - lines from a person, with what helps them to type
-- SPDX-License-Identifier: MIT
local input = require("rackspace.repl.input")
local paint = require("rackspace.show.paint")
local rackspace = require("rackspace")

--- A line that gives events in turn, and notes what is done to it.
local function line(events)
  local made = { done = {} }
  function made.is_edited() return true end
  function made.read(_, prompt)
    made.done[#made.done + 1] = "read " .. prompt
    local event = table.remove(events, 1)
    return event[1], event[2], event[3] or #(event[2] or "")
  end
  function made.edit(_, erased, text)
    made.done[#made.done + 1] = ("edit %d '%s'"):format(erased, text)
  end
  function made.show(_, text)
    made.done[#made.done + 1] = "show " .. text
  end
  function made.remember(_, text)
    made.done[#made.done + 1] = "remember " .. text
  end
  return made
end

local function new(events, globals)
  local made = line(events)
  return input.new(made, { files = function() return {} end },
    { globals = globals or { string = string }, ids = {} },
    { size = function() return 60, 24 end, paint = paint.plain }), made
end

describe("an input", function()
  local rs

  setup(function() rs = assert(rackspace.new{ sandbox = true }) end)
  teardown(function() rs:close() end)

  it("gives lines, and why there is none", function()
    local reader, made = new{ { "line", "x = 1" }, { "end", "" }, { "interrupt", "x" } }
    assert.equal("x = 1", reader:read("1> "))
    assert.same({ nil, "end" }, { reader:read("1> ") })
    assert.same({ nil, "interrupt" }, { reader:read("1> ") })
    assert.same({ "read 1> ", "read 1> ", "read 1> " }, made.done)
  end)

  it("completes as far as it is clear, then lists", function()
    local reader, made = new({ { "complete", "rs.accounts:his" },
      { "complete", "rs.tickets:c" }, { "complete", "rs.none:" },
      { "complete", "rs.contacts:list('a', { emailA" }, { "line", "" } }, { rs = rs })
    reader:read("> ")
    assert.same({ "read > ", "edit 0 'tory'", "read > ",
      "show categories  close       comment     create", "read > ", "read > ",
      "edit 0 'ddress = '", "read > " }, made.done)
  end)

  it("lists in columns, within the width", function()
    local reader, made = new({ { "complete", "rs.tickets:create{ " }, { "line", "" } },
      { rs = rs })
    reader:read("> ")
    assert.equal("show accountId    severity     progress     format\r\n"
      .. "subject      comment      timeout\r\n"
      .. "category     resources    deadline\r\n"
      .. "subcategory  recipients   retries", made.done[2])
  end)

  it("shows how a call goes on after its bracket, of sessions only", function()
    local reader, made = new({ { "hint", "x = rs.accounts:get(" }, { "hint", "print(" },
      { "hint", "other.accounts:get(" }, { "line", "" } }, { rs = rs, other = {} })
    reader:read("> ")
    assert.same({ "read > ", "show rs.accounts:get(account)", "read > ", "read > ",
      "read > " }, made.done)
  end)

  it("knows what was typed of an entry before", function()
    local reader, made = new({ { "complete", "subj" }, { "line", "" } }, { rs = rs })
    reader:read(">> ", "rs.tickets:create{")
    assert.equal("edit 0 'ect = '", made.done[2])
  end)

  it("remembers entries that a terminal can show", function()
    local reader, made = new{}
    reader:remember("x = 1")
    reader:remember("x = '\0'")
    assert.same({ "remember x = 1" }, made.done)
  end)
end)
