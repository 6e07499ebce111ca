--- fault_rules_spec.lua - the fields of a fault rule, and files of rules
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local sandbox = require("rackspace").sandbox

describe("a fault's rule", function()
  local box

  before_each(function()
    box = sandbox()
  end)

  after_each(file.clean)

  local function problem(rule)
    local ok, message = pcall(box.fault, box, "accounts.get", rule)
    assert.is_false(ok)
    return message:match("fault: (.*)")
  end

  local function with(name, value)
    return problem{ status = 500, [name] = value }
  end

  it("is a copy of what was given, with texts for what is sent", function()
    local given = { every = 3, skip = 1, times = 2, status = 429, delay = 0.5,
      after_processing = true, headers = { ["Retry-After"] = 2 },
      body = { message = "wait" } }
    box:fault("accounts.get", given)
    assert.same({ { operation = "accounts.get", every = 3, skip = 1, times = 2, status = 429,
      delay = 0.5, after_processing = true, headers = { ["Retry-After"] = "2" },
      body = '{"message":"wait"}', calls = 0, faults = 0 } }, box:faults())
    assert.is_nil(given.operation)
    assert.same({ ["Retry-After"] = 2 }, given.headers)
  end)

  it("says what is wrong with it", function()
    assert.equal("takes an operation's name, and a table or false", problem("x"))
    assert.equal("a fault has no 'evry' (did you mean 'every'?)", with("evry", 3))
    assert.equal("a fault has no '1'", with(1, 3))
    assert.equal("a fault's 'every' must be at least 1", with("every", 0))
    assert.equal("a fault's 'times' must be a whole number, not 1.5", with("times", 1.5))
    assert.equal("a fault's 'skip' must be at least 0", with("skip", -1))
    assert.equal("a fault's 'status' must be at least 200", with("status", 100))
    assert.equal("a fault's 'status' must be at most 599", with("status", 600))
    assert.equal("a fault's 'delay' must be at most 3600", with("delay", 3601))
    assert.equal("a fault's 'delay' must be at least 0", with("delay", -1))
    assert.equal("a fault's 'body' must be a string or a table, not a number",
      with("body", 5))
    assert.equal("a fault's 'headers' has the name 'a b'", with("headers", { ["a b"] = "1" }))
    assert.equal("a fault's 'headers' has the name '1'", with("headers", { "x" }))
    assert.equal("a fault's 'headers' has a 'X-A' that is no line of text",
      with("headers", { ["X-A"] = "a\r\nX-B: c" }))
    assert.equal("a fault's 'headers' is over 4096 bytes",
      with("headers", { ["X-A"] = ("a"):rep(4094) }))
    assert.equal("a fault has either 'close' or an answer", with("close", true))
    assert.equal("a fault needs a 'status', 'headers', a 'body', a 'delay' or 'close'",
      problem{ every = 2 })
  end)

  it("comes in a file that anybody may own and write: it is no configuration", function()
    local path = file.write(file.folder() .. "/faults", '[{"operation":"*","status":500}]',
      "666")
    file.can_give_away(path)
    assert.equal(500, sandbox{ faults = path }:faults()[1].status)
  end)

  it("comes in a file, in a JSON list", function()
    local path = file.folder() .. "/faults"
    local function read(text)
      file.write(path, text)
      return sandbox{ faults = path }
    end
    assert.equal(500, read('[{"operation":"*","status":500}]'):faults()[1].status)
    assert.same({}, read(" []"):faults())
    for _, text in ipairs{ "", "{}", "5", "[", '{"operation":"*","status":500}' } do
      local made, message = read(text)
      assert.is_nil(made)
      assert.equal(path .. ": not a JSON list of faults", message)
    end
    local made, message = read('[{"status":500}]')
    assert.is_nil(made)
    assert.matches("a fault needs an 'operation'", message, 1, true)
    os.remove(path)
    made, message = sandbox{ faults = path }
    assert.is_nil(made)
    assert.equal(path .. ": No such file or directory", message)
  end)
end)
