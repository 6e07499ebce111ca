--- store_spec.lua - a sandbox's state in its file
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local in_process = require("spec.support.in_process")
local records = require("rackspace.sandbox.records")
local sandbox = require("rackspace").sandbox
local stub = require("spec.support.stub")
local support = require("spec.sandbox.support")

local ticket = { accountId = "10101", subject = "S", category = "Incident",
  subcategory = "Other" }

--- The parts of an empty state.
local function parts()
  return { tokens = {}, challenges = {}, tickets = {}, events = {}, counters = {},
    uploads = {}, customers = {}, numbers = { issued = 0, moved = 0, customers_added = 0 } }
end

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

  it("is one file of JSON: the state, then a line for each change", function()
    local box = in_process.start{ state = path }
    box:ask("demo", "POST", "/tickets", ticket)
    box.sandbox:advance(1.5)
    assert.equal("1\n2\n9\n1", support.jq(support.read(path),
      '.rackspace_sandbox_state // (.changes | if length > 9 then 9 else length end)'))
    assert.equal('{"at":["numbers","moved"],"to":1.5}', support.jq(
      support.read(path), "select(.changes[0].at[1] == \"moved\") | .changes[0]"))
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
    box.sandbox:close()
    local second = start()
    second.tokens.demo = token
    second:get("demo", "/v1/customer_accounts/CLOUD/10101")
    assert.equal(clock.now + 300, second.sandbox:time())
    assert.not_equal(token, (second:log_in("demo")))
    second.sandbox:revoke()
    second.sandbox:close()
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
      box.sandbox:close()
    end
  end)

  it("begins anew in an empty file", function()
    support.write(path, "\n")
    assert.equal(6, in_process.start{ state = path }:get("demo", "/tickets").total)
  end)

  it("is refused where it is none, and left as it is", function()
    for _, text in ipairs{ "[1", "5", '"x"', "{}", '{"name":"p","version":"1.0.0"}\n',
      '{"tokens":{},"moved":0}', "rackspace_sandbox_state", "\0", "#!/bin/sh\n" } do
      support.write(path, text)
      assert.same({ nil, "the state can't be used: " .. path ..
        ": it is no sandbox's state, and is left as it is" },
        { sandbox{ state = path } })
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
    local state = parts()
    state.tokens = { a = { user = "x", expires = "2090-01-01T00:00:00Z" },
      b = { user = "demo", expires = "soon" },
      c = { user = "demo", expires = "2090-01-01T00:00:00Z" } }
    support.write(path, (assert(records.first(state))))
    local box = in_process.start{ state = path }
    for token, status in pairs{ a = 401, b = 401, c = 200 } do
      assert.equal(status, box:send("GET", "/v1/customer_accounts/CLOUD/10101",
        { ["x-auth-token"] = token }).status)
    end
  end)

  it("is refused where a part of it is of another kind", function()
    local cases = { ["it has no tokens"] = { tokens = 5 },
      ["it has no customers"] = { customers = false },
      ["'issued' is no number that it can have"] = { numbers = { moved = 1, customers_added = 0 } },
      ["one of its challenges has no good 'user'"] =
        { challenges = { x = { expires = "2030-01-01T00:00:00Z" } } } }
    for problem, changed in pairs(cases) do
      local state = parts()
      for name, value in pairs(changed) do
        state[name] = value
      end
      support.write(path, (assert(records.first(state))))
      assert.same({ nil, ("the state can't be used: %s: %s"):format(path, problem) },
        { sandbox{ state = path } })
    end
  end)

  it("is refused where an entry of it is not as the sandbox makes it", function()
    local box = in_process.start{ state = path, limits = false }
    box:ask("demo", "POST", "/tickets", ticket)
    box.sandbox:close()
    local text = support.read(path)
    local function with(part, key, field, value)
      local state = assert(records.read(text))
      if field == nil then
        state[part][key] = value
      else
        state[part][key] = state[part][key] or {}
        state[part][key][field] = value
      end
      support.write(path, (assert(records.first(state))))
      local made, message = sandbox{ state = path }
      if made then
        made:close()
      end
      return made == nil and message:match(": ([^:]*)$") or "taken"
    end
    assert.equal("taken", with("tickets", 1, "severity", "Urgent"))
    for problem, change in pairs{
      ["one of its tickets is a number"] = { "tickets", 1, nil, 5 },
      ["one of its tickets has no good 'subject'"] = { "tickets", 2, "subject", 7 },
      ["one of its tickets has no good 'comments'"] = { "tickets", 2, "comments", "x" },
      ["its comments are no list"] = { "tickets", 1, "comments", { a = {} } },
      ["one of its comments has no good 'text'"] = { "tickets", 1, "comments",
        { { id = "1", created = "x" } } },
      ["one of its attachments was not uploaded"] = { "tickets", 1, "comments",
        { { id = "1", created = "x", text = "x", attachments = { { filename = "f",
          uuid = "none" } } } } },
      ["one of its attachments has no good 'uuid'"] = { "tickets", 1, "comments",
        { { id = "1", created = "x", text = "x", attachments = { { filename = "f" } } } } },
      ["one of its events has no good 'kind'"] = { "events", 1, "kind", "other" },
      ["one of its events has no good 'id'"] = { "events", 1, "id", false },
      ["one of its customers has no good 'name'"] = { "customers", "800001", "name", 5 },
      ["one of its customers is a string"] = { "customers", "800001", nil, "x" },
      ["one of its uploads has no good 'filename'"] = { "uploads", "u", "filename", 5 },
      ["one of its tokens has no good 'how'"] = { "tokens", next(
        assert(records.read(text)).tokens), "how", "APIKEY" },
    } do
      assert.equal(problem, with(change[1], change[2], change[3], change[4]))
    end
  end)
end)
