--- evaluator_spec.lua - runs what was typed, shows what it gives, keeps it
-- SPDX-License-Identifier: MIT
local chunk = require("rackspace.repl.chunk")
local commands = require("rackspace.repl.commands")
local evaluator = require("rackspace.repl.evaluator")
local progress = require("rackspace.show.progress")
local rackspace = require("rackspace")
local screen = require("rackspace.repl.screen")
local transcript = require("rackspace.repl.transcript")
local unseen = require("rackspace.repl.unseen")

local load_text = loadstring or load -- luacheck: ignore 143

describe("an evaluator", function()
  local self, written, complaints

  before_each(function()
    written, complaints = {}, {}
    self = evaluator.methods()
    self.globals, self.number, self.transcript = {}, 0, transcript.new()
    self.unseen = unseen.new()
    self.host = { caught = function() return nil end }
    self.screen = screen.new{ size = function() return 80, 24 end,
      write = function(text) written[#written + 1] = text end }
    self.progress = progress.new(nil, nil)
    function self.report_error(_, problem)
      complaints[#complaints + 1] = tostring(problem)
    end
  end)

  --- Runs a text among the globals of the spec: whether it went well, and what
  -- was written.
  local function run(text, names)
    local made = assert(chunk.compile(text))
    local environment = setmetatable(names or {}, { __index = _G })
    local is_ok
    if setfenv then -- luacheck: ignore 113
      setfenv(made.run, environment) -- luacheck: ignore 113
    else
      made.run = load_text((made.is_value and "return " or "") .. made.text, "=stdin",
        "t", environment)
    end
    is_ok = self:run_chunk(made)
    local said = table.concat(written)
    written = {}
    return is_ok, said
  end

  it("shows and keeps results", function()
    assert.same({ true, "7\n" }, { run("3 + 4") })
    assert.same({ 7, 7 }, { self.globals._, self.globals._1 })
    assert.same({ true, "a\tb\n" }, { run("'a', 'b'") })
    assert.same({ "a", "a", 7 }, { self.globals._, self.globals._2, self.globals._1 })
    assert.same({ true, "nil\n" }, { run("nil") })
    assert.same({ true, "" }, { run("x = 1") })
    assert.equal("a", self.globals._)
    assert.same({ true, "false\n" }, { run("false") })
    assert.is_false(self.globals._3)
  end)

  it("shows one value before nils, and of what a for loop takes the iterator", function()
    local rs = assert(rackspace.new{ sandbox = true })
    assert.same({ true, "results (map)\n" }, { run("rs:map({}, print)", { rs = rs }) })
    assert.same({ true, "results (map)\n" },
      { run("list, nil, nil, list", { list = (rs:map({}, print)) }) })
    assert.same({ true, "1\tnil\tnil\t1\n" }, { run("1, nil, nil, 1") })
    assert.same({ true, "{}\n" }, { run("{}, nil, nil") })
    assert.same({ true, "nil\tnil\tnil\tnil\n" }, { run("nil, nil, nil, nil") })
    assert.same({ true, "1\tnil\t2\n" }, { run("1, nil, 2") })
    assert.same({ true, "" }, { run("(function() end)()") })
  end)

  it("shows a failure by its message, and keeps its error", function()
    local err = { kind = "x" }
    assert.same({ true, "" }, { run("nil, 'it failed', err", { err = err }) })
    assert.same({ "it failed" }, complaints)
    assert.equal(err, self.globals._)
  end)

  it("complains of what is raised, keeps it when it is a table, goes on",
    function()
      assert.same({ false, "" }, { run("error('no', 0)") })
      assert.is_nil(self.globals._)
      local err = setmetatable({}, { __tostring = function() return "mine" end })
      assert.same({ false, "" }, { run("error(err)", { err = err }) })
      assert.same({ "no", "mine" }, complaints)
      assert.equal(err, self.globals._)
    end)

  it("hints at what was perhaps meant", function()
    assert.same({ true, "nil\ndid you mean rs.accounts?\n" }, { run("acounts") })
    assert.same({ true, "nil\ndid you mean rs.tickets?\n" }, { run("tickets") })
    self.globals.account = 5
    assert.same({ true, "nil\ndid you mean account?\n" }, { run("acount") })
    assert.same({ true, "nil\n" }, { run("qqqqqqqq") })
  end)

  it("goes on after several values of which the first is a pager", function()
    local rs = assert(rackspace.new{ sandbox = true })
    assert.same({ true, "pager (accounts.list)\t5\n" },
      { run("rs.accounts:list(), 5", { rs = rs }) })
    assert.equal("pager (accounts.list)", tostring(self.globals._))
  end)

  it("says of an interrupt no more than that", function()
    self.host.caught = function() return 2 end
    assert.is_false((run("error('here: interrupted')")))
    assert.same({ "\ninterrupted" }, complaints)
    assert.is_nil(self.globals._)
  end)

  it("calls a command that is alone on its line", function()
    local calls = 0
    local names = { go = commands.new("go", function()
      calls = calls + 1
      return 5
    end) }
    assert.same({ true, "5\n" }, { run("go", names) })
    assert.same({ true, "5\n" }, { run("go()", names) })
    assert.same({ true, "" }, { run("x = go", names) })
    assert.equal(2, calls)
  end)

  it("looks at a pager without taking from it", function()
    local rs = assert(rackspace.new{ sandbox = true })
    local pager = rs.accounts:list{ limit = 3 }
    assert.is_truthy(select(2, run("p", { p = pager })):find("\n10101 "))
    assert.equal(20, #self.globals._)
    assert.equal("10101", pager().id)
    assert.is_nil(select(2, run("p", { p = pager })):find("\n10101 "))
    assert.equal("5342844", self.globals._[1].id)
    while pager() do end -- luacheck: ignore 542
    assert.same({ true, "this pager has no more\n" }, { run("p", { p = pager }) })
    rs:close()
  end)

  it("draws what has a picture, as wide as there is room", function()
    local rs = assert(rackspace.new{ sandbox = true })
    local list = assert(rs.accounts:timeline("CLOUD/10101"))
    self.globals.mine = rs
    local drawn = require("rackspace.picture").of("accounts.timeline")
    assert.same({ true, drawn.text(list, { account = "CLOUD/10101", width = 80 }) },
      { run("t", { t = list }) })
    assert.equal(list, self.globals._)
    self.screen.size = function() return 60, 24 end
    assert.same({ true, drawn.text(list, { account = "CLOUD/10101", width = 60 }) },
      { run("t", { t = list }) })
    self:show_value(list, { fields = { "what" } })
    assert.equal("what\nstatus\n", (table.concat(written):match("^[^\n]*\n[^\n]*\n")))
    rs:close()
  end)

  it("notes what was run, for a script and for doing it again", function()
    run("6 * 7")
    run("error('no', 0)")
    run("again")
    assert.equal("error('no', 0)", self.last.text)
    local entries = self.transcript.entries
    assert.same({ text = "6 * 7", is_value = true, failed = false, number = 1,
      is_pager = false }, entries[1])
    assert.is_true(entries[2].failed)
  end)
end)
