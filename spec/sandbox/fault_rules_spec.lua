--- fault_rules_spec.lua - what a fault's rule may say, and its file
-- SPDX-License-Identifier: MIT
local fault_rules = require("rackspace.sandbox.fault_rules")
local support = require("spec.sandbox.support")

describe("a fault's rule", function()
  local function problem(rule)
    local read, message = fault_rules.read(rule)
    assert.is_nil(read)
    return message
  end

  local function with(name, value)
    return problem{ operation = "x", status = 500, [name] = value }
  end

  it("is a copy of what was given, with texts for what is sent", function()
    local given = { operation = "*", every = 3, skip = 1, times = 2, status = 429,
      delay = 0.5, after_processing = true, headers = { ["Retry-After"] = 2 },
      body = { message = "wait" } }
    local rule = assert(fault_rules.read(given))
    assert.same({ operation = "*", every = 3, skip = 1, times = 2, status = 429,
      delay = 0.5, after_processing = true, headers = { ["Retry-After"] = "2" },
      body = '{"message":"wait"}' }, rule)
    assert.not_equal(given, rule)
    assert.same({ ["Retry-After"] = 2 }, given.headers)
    assert.same({ operation = "x", close = true, delay = 1 },
      fault_rules.read{ operation = "x", close = true, delay = 1 })
  end)

  it("says what is wrong with it", function()
    assert.equal("a fault must be a table, not a string", problem("x"))
    assert.equal("a fault needs an 'operation'", problem{ status = 500 })
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
      problem{ operation = "x", every = 2 })
  end)

  it("comes in a file, in a JSON list", function()
    local path = os.tmpname()
    local function read(text)
      return fault_rules.read_file(support.write(path, text))
    end
    assert.same({ { operation = "*", status = 500 } }, read('[{"operation":"*","status":500}]'))
    assert.same({}, read(" []"))
    for _, text in ipairs{ "", "{}", "5", "[", '{"operation":"*","status":500}' } do
      local list, message = read(text)
      assert.is_nil(list)
      assert.equal(path .. ": not a JSON list of faults", message)
    end
    os.remove(path)
    local list, message = fault_rules.read_file(path)
    assert.is_nil(list)
    assert.equal(path .. ": No such file or directory", message)
  end)
end)
