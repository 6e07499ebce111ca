--- store_spec.lua - a sandbox's state in its file
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local in_process = require("spec.support.in_process")
local sandbox = require("rackspace").sandbox
local stub = require("spec.support.stub")
local support = require("spec.sandbox.support")

local ticket = { accountId = "10101", subject = "S", category = "Incident",
  subcategory = "Other" }

describe("a sandbox's state", function()
  local folder, path

  before_each(function()
    folder = file.folder()
    path = folder .. "/state"
  end)

  after_each(file.clean)

  it("is nowhere without a file", function()
    sandbox():advance(5)
    local clock = stub.clock()
    assert.equal(clock.now, sandbox{ clock = clock.time }:time())
  end)

  it("is one file of JSON", function()
    local box = in_process.start{ state = path }
    box:ask("demo", "POST", "/tickets", ticket)
    box.sandbox:advance(1.5)
    assert.equal("1.5 demo", support.jq(support.read(path),
      '"\\(.moved) \\(.tokens[].user)"'))
    assert.equal("state\n", support.output("ls -A " .. folder))
  end)

  it("keeps tokens and time over a new start", function()
    local clock = stub.clock()
    local function start()
      return in_process.start{ state = path, clock = clock.time }
    end
    local box = start()
    local token = box:log_in("demo")
    box.sandbox:advance(300)
    local second = start()
    second.tokens.demo = token
    second:get("demo", "/v1/customer_accounts/CLOUD/10101")
    assert.equal(clock.now + 300, second.sandbox:time())
    assert.not_equal(token, (second:log_in("demo")))
    second.sandbox:revoke()
    local third = start()
    third.tokens.demo = token
    assert.equal(401, third:ask("demo", "GET", "/v1/customer_accounts/CLOUD/10101").status)
  end)

  it("is kept by the program, whose tokens stay good", function()
    local options = "--state " .. path
    local first = assert(support.serve(options))
    local token = support.token(first)
    assert.equal(0, (first:finish()))
    local second = assert(support.serve(options))
    local function status()
      return support.curl("-H", "X-Auth-Token: " .. token,
        second.url .. "/v1/customer_accounts/CLOUD/10101").status
    end
    assert.equal(200, status())
    support.curl("-X", "POST", second.url .. "/sandbox/revoke")
    assert.equal(401, status())
    assert.equal(0, (second:finish()))
  end)

  it("gives each number out once, also after a new start", function()
    local seen = {}
    for _ = 1, 2 do
      local box = in_process.start{ state = path, limits = false }
      for _ = 1, 2 do
        local id = box:ask("demo", "POST", "/tickets", ticket).value.ticketId
        assert.is_nil(seen[id])
        seen[id] = true
      end
    end
  end)

  it("begins anew in an empty file", function()
    support.write(path, "\n")
    assert.equal(6, in_process.start{ state = path }:get("demo", "/tickets").total)
  end)

  it("is refused where it is none, and left as it is", function()
    for _, text in ipairs{ "[1", "5", '"x"', '{"tokens":5}', '{"issued":"1"}',
      '{"tokens":{"x":5}}', '{"tokens":{"x":{"user":"demo"}}}',
      '{"challenges":{"x":{"expires":"2030-01-01T00:00:00Z"}}}' } do
      support.write(path, text)
      local state, message = sandbox{ state = path }
      assert.is_nil(state)
      assert.is_truthy(message:find(path .. " is no sandbox's state: ", 1, true))
      assert.equal(text, support.read(path))
    end
  end)

  it("is refused at once where it can't be kept", function()
    local state, message = sandbox{ state = folder .. "/none/state" }
    assert.is_nil(state)
    assert.is_truthy(message:find("No such file or directory", 1, true))
    state, message = sandbox{ state = folder }
    assert.is_nil(state)
    assert.is_truthy(message:find("directory", 1, true))
    support.output(("ln -s state %s"):format(path)) -- leads to itself
    assert.is_nil((sandbox{ state = path }))
    assert.equal("state\n", support.output("readlink " .. path))
    local code, out, complaint = support.run("sandbox --state " .. folder
      .. "/none/state")
    assert.same({ 1, "" }, { code, out })
    assert.is_truthy(complaint:find("^rackspace: .*No such file or directory\n$"))
  end)

  it("raises when it can't be kept any more", function()
    local box = assert(sandbox{ state = path })
    file.run("rm -r '%s'", folder)
    assert.has_error(function() box:revoke() end, "the sandbox's state can't be "
      .. "kept: " .. path .. ": No such file or directory")
  end)

  it("does not believe in a token of an unknown user or date", function()
    support.write(path, '{"tokens":{"a":{"user":"x","expires":'
      .. '"2090-01-01T00:00:00Z"},"b":{"user":"demo","expires":"soon"},'
      .. '"c":{"user":"demo","expires":"2090-01-01T00:00:00Z"}}}')
    local box = in_process.start{ state = path }
    for token, status in pairs{ a = 401, b = 401, c = 200 } do
      assert.equal(status, box:send("GET", "/v1/customer_accounts/CLOUD/10101",
        { ["x-auth-token"] = token }).status)
    end
  end)
end)
