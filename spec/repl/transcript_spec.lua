--- transcript_spec.lua - what was typed, as a script that runs
-- SPDX-License-Identifier: MIT
local transcript = require("rackspace.repl.transcript")

local load_text = loadstring or load -- luacheck: ignore 143

local function script(...)
  local notes = transcript.new()
  for _, entry in ipairs{ ... } do
    notes:add(entry)
  end
  return notes:script("rs = 1")
end

local opening = 'local rackspace = require("rackspace")\n\nrs = 1\n'

describe("transcript", function()
  it("has statements as they are, and expressions where they were kept",
    function()
      assert.equal(opening .. "x = 5\n_ = x + 1\n_ = _ * 2\n",
        script({ text = "x = 5" }, { text = "x + 1", is_value = true, number = 1 },
          { text = "_ * 2", is_value = true, number = 2 }))
    end)

  it("keeps a result by its number when a later line asks for it", function()
    local text = script({ text = "6 * 7", is_value = true, number = 1 },
      { text = "1", is_value = true, number = 2 },
      { text = "found = _1" })
    assert.equal(opening .. "_1 = 6 * 7\n_ = 1\nfound = _1\n", text)
    local names = setmetatable({ require = function() end }, { __index = _G })
    local run = load_text(text, "=t", "t", names)
    if setfenv then setfenv(run, names) end -- luacheck: ignore 113
    run()
    assert.equal(42, names.found)
  end)

  it("reads as many items of a pager as were shown", function()
    assert.equal(opening .. "_ = assert((rs.accounts:list()):totable(20))\n",
      script{ text = "rs.accounts:list()", is_value = true, number = 1,
        is_pager = true, count = 20 })
  end)

  it("asserts what operations give, where they stand alone or are assigned", function()
    assert.equal(opening .. "_ = assert(rs.tickets:close('1'))\n"
      .. "a = assert(rs.accounts:get(x){ 1 })\nlocal b = assert(rs.accounts:list():totable())\n"
      .. "other = assert(rackspace.new{ sandbox = true })\n"
      .. "c = #rs.accounts:list()\nd, e = rs.accounts:get(x)\nf = rs.accounts:get(x) or 1\n"
      .. "g = own.thing:call()\nif rs.tickets:close('1') then h = 1 end\n_ = a.name\n",
      script({ text = "rs.tickets:close('1')", is_value = true, number = 1 },
        { text = "a = rs.accounts:get(x){ 1 }" },
        { text = "local b = rs.accounts:list():totable()" },
        { text = "other = rackspace.new{ sandbox = true }" },
        { text = "c = #rs.accounts:list()" }, { text = "d, e = rs.accounts:get(x)" },
        { text = "f = rs.accounts:get(x) or 1" }, { text = "g = own.thing:call()" },
        { text = "if rs.tickets:close('1') then h = 1 end" },
        { text = "a.name", is_value = true, number = 2 }))
  end)

  it("leaves out a call that failed, and no line that handled it", function()
    assert.equal(opening .. "-- failed: a = rs.accounts:get(1)\n-- failed: rs.tickets:close(1)\n"
      .. "b = rs.accounts:get(1) or 2\n",
      script({ text = "a = rs.accounts:get(1)", has_failed = true },
        { text = "rs.tickets:close(1)", is_value = true, number = 1, has_failed = true },
        { text = "b = rs.accounts:get(1) or 2", has_failed = true }))
  end)

  it("comments on what failed or held a secret, and leaves out the prompt's own",
    function()
      assert.equal(opening .. "-- failed: error(1,\n-- 2)\n"
        .. "-- a line with a secret in it is left out\n",
        script({ text = "error(1,\n2)", failed = true },
          { text = "key = 'x'", is_secret = true }, { text = "help('x')" },
          { text = "more", is_value = true }, { text = "-- nothing" }))
    end)
end)
