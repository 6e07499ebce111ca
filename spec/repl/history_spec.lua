--- history_spec.lua - the lines of before, without doubles and secrets
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local history = require("rackspace.repl.history")
local support = require("spec.sandbox.support")

describe("history.holds_secret", function()
  it("holds for what is given to a secret's name", function()
    for _, text in ipairs{ 'api_key = "x"', "rackspace.new{ password = p }",
      't["token"] = 1', 'opts.secret_key="a"', "rs.identity:passcode('123456')",
      'Password = "x"', "{ apiKey = 'y' }" } do
      assert.is_true(history.holds_secret(text), text)
    end
  end)

  it("holds for what looks like a key or a token", function()
    for _, text in ipairs{ 'x = "0123456789abcdef0123456789abcdef"',
      "f('AABx7Qk2mP9vN4rT8sW1yZ3bC5dE6fG7hJ0kLmNoPq')" } do
      assert.is_true(history.holds_secret(text), text)
    end
  end)

  it("holds for a line with a known secret", function()
    assert.is_true(history.holds_secret("f('a hunter22 b')", { "hunter22" }))
    assert.is_false(history.holds_secret("f('abc')", { "abc" })) -- too short for one
  end)

  it("does not hold for a line that only mentions secrets", function()
    for _, text in ipairs{ "print(rs.settings.token)", "x == token", "if token == 1 then",
      'rs.tickets:create{ subject = "the password is lost" }', "tokens = 5",
      'help("settings")', "for account in rs.accounts:list() do print(account) end",
      "rs.contacts:get('CLOUD/10101', 'RPN-823-034-233')",
      "dofile('/a/quite/long/path/to/some/other/folder/of/mine')" } do
      assert.is_false(history.holds_secret(text), text)
    end
  end)
end)

describe("a history", function()
  local folder

  before_each(function() folder = support.folder() end)
  after_each(function() support.remove(folder) end)

  local function open(values)
    return history.new(function(name) return values[name] end)
  end

  local function here()
    return open{ XDG_STATE_HOME = folder .. "/state" }
  end

  it("is in the user's state folder, readable by the user only",
    function()
      assert.is_true((here():keep("x = 1")))
      local path = folder .. "/state/rackspace"
      assert.equal("600\n", support.output("stat -c %a " .. path .. "/history"))
      assert.equal("700\n", support.output("stat -c %a " .. path))
      assert.is_true((open{ HOME = folder }:keep("y = 1")))
      assert.equal("y = 1\n",
        support.read(folder .. "/.local/state/rackspace/history"))
    end)

  it("has each entry once, at its last position, with its lines", function()
    for _, text in ipairs{ "a", "for i = 1, 2 do\n  f([[\\n]])\nend", "b", "a" } do
      assert.is_true((here():keep(text)))
    end
    assert.same({ "for i = 1, 2 do\n  f([[\\n]])\nend", "b", "a" }, here():load())
  end)

  it("keeps what another program has written meanwhile", function()
    local one, two = here(), here()
    one:keep("first")
    two:keep("second")
    one:keep("third")
    assert.same({ "first", "second", "third" }, here():load())
  end)

  it("waits for another program that changes the file", function()
    here():keep("first")
    local lock = assert(core.file.lock(folder .. "/state/rackspace"))
    assert.same({ true, "another program is changing it" }, { here():keep("second") })
    lock:release()
    here():keep("third")
    assert.same({ "first", "third" }, here():load())
  end)

  it("keeps no secret, nothing empty and nothing endless", function()
    for _, text in ipairs{ 'api_key = "k"', "", "  \n", ("x"):rep(20000) } do
      assert.is_false((here():keep(text)))
    end
    assert.is_false((here():keep("print('s3cr3t-word')", { "s3cr3t-word" })))
    assert.same({}, here():load())
  end)

  it("has an end", function()
    support.output("mkdir -m 700 -p " .. folder .. "/state/rackspace")
    local lines = {}
    for i = 1, 1005 do
      lines[i] = "line " .. i
    end
    assert(core.file.write_private(folder .. "/state/rackspace", "history",
      table.concat(lines, "\n") .. "\n"))
    here():keep("the last")
    local list = here():load()
    assert.same({ 1000, "line 7", "the last" }, { #list, list[1], list[1000] })
  end)

  it("says what is in the way, and goes on without a home", function()
    support.write(folder .. "/state", "a file")
    local is_kept, problem = here():keep("x")
    assert.is_true(is_kept)
    assert.is_string(problem)
    assert.same({}, open{}:load())
    assert.is_true((open{}:keep("x")))
  end)
end)
