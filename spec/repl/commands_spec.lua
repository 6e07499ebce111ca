--- commands_spec.lua - the commands of the prompt
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.repl.commands")
local core = require("rackspace.core")
local rackspace = require("rackspace")
local screen = require("rackspace.repl.screen")
local support = require("spec.sandbox.support")
local transcript = require("rackspace.repl.transcript")

describe("the commands", function()
  local repl, globals, written, rs

  before_each(function()
    written = {}
    rs = assert(rackspace.new{ sandbox = true })
    globals = { rs = rs }
    repl = { globals = globals, transcript = transcript.new(),
      screen = screen.new{ size = function() return 80, 60 end,
        write = function(text) written[#written + 1] = text end } }
    function repl.help_options() return { width = 80 } end
    commands.install(repl)
  end)

  after_each(function()
    rs:close()
  end)

  local function said()
    local text = table.concat(written)
    written = {}
    return text
  end

  it("leave a script's own names", function()
    local mine = { globals = { more = 1 }, screen = repl.screen }
    commands.install(mine)
    assert.equal(1, mine.globals.more)
    assert.is_not_nil(mine.globals.help)
  end)

  it("are called as functions are, and known without that", function()
    local count = commands.new("count", function(...) return select("#", ...), ... end)
    assert.same({ 2, "a", "b" }, { count("a", "b") })
    assert.equal("count", tostring(count))
    assert.is_true(commands.is_command(count))
    assert.is_true(commands.is_command(globals.more))
    assert.is_false(commands.is_command(print))
    assert.is_false(commands.is_command{})
  end)

  it("help, with the start, a topic, a value", function()
    globals.help()
    assert.is_truthy(said():find("^Type Lua and see"))
    globals.help("concepts")
    assert.is_truthy(said():find("RCN", 1, true))
    globals.help(rs.accounts.get)
    assert.is_truthy(said():find("^rs%.accounts:get%(account%)\nOne account"))
    globals.help("mine", { 1, 2 })
    assert.equal("a list of 2\n", said())
    globals.help("mine", nil)
    assert.equal("a nil: nil\n", said())
  end)

  it("time a function, and give what it gives", function()
    assert.same({ 1, nil, 3 }, { globals.time(function(a) return a, nil, 3 end, 1) })
    assert.is_truthy(said():find("^%d+%.%d%d%d s\n$"))
    assert.has_error(function() globals.time(7) end)
    assert.has_error(function() globals.trace(7) end)
  end)

  it("do the last line again", function()
    globals.again()
    assert.equal("there is nothing to do again\n", said())
    repl.last = { text = "x = 1", run = function() return "done" end }
    assert.equal("done", globals.again())
    assert.equal("x = 1\n", said())
  end)

  it("save a script with the session that there was", function()
    local folder = support.folder()
    local path = folder .. "/a.lua"
    repl.transcript:add{ text = "x = 1" }
    globals.save(path)
    assert.equal('local rackspace = require("rackspace")\n\n'
      .. "rs = assert(rackspace.new{ sandbox = true })\nx = 1\n", support.read(path))
    assert.equal(tonumber("600", 8), core.file.mode(path))
    assert.has_error(function() globals.save(path) end)
    repl.transcript:add{ text = "y = 2" }
    globals.save(path, true)
    assert.matches("y = 2\n$", support.read(path))
    support.write(folder .. "/b.lua", "kept")
    local ok, problem = pcall(globals.save, folder .. "/b.lua")
    assert.is_false(ok)
    assert.is_truthy(problem:find("b.lua is there already", 1, true))
    assert.equal("kept", support.read(folder .. "/b.lua"))
    assert.has_error(function() globals.save() end)
    assert.has_error(function() globals.save(folder .. "/none/c.lua") end)
    support.remove(folder)
  end)

  it("give a sandbox to who has no session", function()
    globals.rs = nil
    globals.sandbox()
    assert.equal("rs is a session of the sandbox now.\n", said())
    assert.equal("MyRackspaceAcct", globals.rs.accounts:get("CLOUD/10101").name)
    globals.rs:close()
  end)
end)
