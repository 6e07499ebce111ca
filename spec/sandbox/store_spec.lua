--- store_spec.lua - a sandbox's state in its file
-- SPDX-License-Identifier: MIT
local sandbox = { new = require("rackspace").sandbox }
local store = require("rackspace.sandbox.store")
local support = require("spec.sandbox.support")
local tokens = require("rackspace.sandbox.tokens")
local users = require("rackspace.sandbox.users")

describe("a sandbox's state", function()
  local folder, path

  before_each(function()
    folder = support.folder()
    path = folder .. "/state"
  end)

  after_each(function()
    support.remove(folder)
  end)

  it("is nowhere without a file", function()
    local state = assert(store.open())
    state.issued = 5
    state:save()
    assert.equal(0, store.open().issued)
  end)

  it("is kept in its file, in one piece", function()
    local state = assert(store.open(path))
    state.issued, state.moved = 7, 1.5
    state.tokens.x = { user = "demo", expires = "2030-01-01T00:00:00Z" }
    state:save()
    assert.equal("7 1.5 demo", support.jq(support.read(path),
      '"\\(.issued) \\(.moved) \\(.tokens.x.user)"'))
    assert.equal("state\n", support.output("ls -A " .. folder))
    local again = assert(store.open(path))
    assert.same({ 7, 1.5, "demo" },
      { again.issued, again.moved, again.tokens.x.user })
  end)

  it("keeps tokens, passcode sessions and time over a new start", function()
    local clock = function() return 1700000000 end
    local function start()
      return assert(sandbox.new{ state = path, clock = clock })
    end
    local box = start()
    local id = tokens.issue(box, users.by_name.demo, { "APIKEY" })
    local session = tokens.challenge(box, users.by_name.careful)
    box:advance(300)
    local second = start()
    assert.is_truthy(second:find_token(id))
    assert.equal(1700000300, second:time())
    assert.not_equal(id, (tokens.issue(second, users.by_name.demo, {})))
    assert.is_truthy(tokens.answer(second, session, "1234567"))
    second:revoke()
    assert.is_nil(start():find_token(id))
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
    local state = assert(store.open(path))
    assert.same({ 1, 2, 1 }, { state:next_number("a"), state:next_number("a"),
      state:next_number("b") })
    state:save()
    assert.equal(3, assert(store.open(path)):next_number("a"))
  end)

  it("begins anew in an empty file", function()
    support.write(path, "\n")
    assert.equal(0, assert(store.open(path)).issued)
  end)

  it("is refused where it is none, and left as it is", function()
    for _, text in ipairs{ "[1", "5", '"x"', '{"tokens":5}', '{"issued":"1"}',
      '{"tokens":{"x":5}}', '{"tokens":{"x":{"user":"demo"}}}',
      '{"challenges":{"x":{"expires":"2030-01-01T00:00:00Z"}}}' } do
      support.write(path, text)
      local state, message = store.open(path)
      assert.is_nil(state)
      assert.is_truthy(message:find(path .. " is no sandbox's state: ", 1, true))
      assert.equal(text, support.read(path))
    end
  end)

  it("is refused at once where it can't be kept", function()
    local state, message = store.open(folder .. "/none/state")
    assert.is_nil(state)
    assert.is_truthy(message:find("No such file or directory", 1, true))
    state, message = store.open(folder)
    assert.is_nil(state)
    assert.is_truthy(message:find("directory", 1, true))
    support.output(("ln -s state %s"):format(path)) -- leads to itself
    assert.is_nil((store.open(path)))
    assert.equal("state\n", support.output("readlink " .. path))
    local code, out, complaint = support.run("sandbox --state " .. folder
      .. "/none/state")
    assert.same({ 1, "" }, { code, out })
    assert.is_truthy(complaint:find("^rackspace: .*No such file or directory\n$"))
  end)

  it("raises when it can't be kept any more", function()
    local state = assert(store.open(path))
    support.remove(folder)
    assert.has_error(function() state:save() end, "the sandbox's state can't be "
      .. "kept: " .. path .. ": No such file or directory")
  end)

  it("does not believe in a token of an unknown user or date", function()
    support.write(path, '{"tokens":{"a":{"user":"x","expires":'
      .. '"2090-01-01T00:00:00Z"},"b":{"user":"demo","expires":"soon"},'
      .. '"c":{"user":"demo","expires":"2090-01-01T00:00:00Z"}}}')
    local box = assert(sandbox.new{ state = path })
    assert.is_nil(box:find_token("a"))
    assert.is_nil(box:find_token("b"))
    assert.is_truthy(box:find_token("c"))
  end)
end)
