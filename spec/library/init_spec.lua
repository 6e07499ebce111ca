--- init_spec.lua - require("rackspace") and what it gives
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local file = require("spec.support.file")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local sandbox = require("spec.support.sandbox")

-- Runs Lua code in a process of its own, with variables; gives what it prints.
local function run(code, variables)
  local folder = file.folder()
  local script = file.write(folder .. "/script.lua", code)
  local out = folder .. "/out"
  local lua = os.getenv("RACKSPACE_SPEC_LUA") or "lua"
  os.execute(("env %s %s '%s' > '%s' 2>&1 < /dev/null"):format(variables or "", lua, script, out))
  return (file.read(out):gsub("\n$", ""))
end

describe("the module", function()
  after_each(function()
    file.clean()
    child.close_all()
  end)

  it("has new, sandbox, time and its version, and no state", function()
    local names = {}
    for name in pairs(rackspace) do
      names[#names + 1] = name
    end
    table.sort(names)
    assert.same({ "_VERSION", "new", "sandbox", "time" }, names)
    assert.matches("^%d+%.%d+%.%d+$", rackspace._VERSION)
  end)

  it("makes no global, whatever is done with it", function()
    assert.equal("", run([[
      local before = {}
      for name in pairs(_G) do before[name] = true end
      local rs = require("rackspace").new{ sandbox = true }
      for account in rs.accounts:list() do rs:meta(account) end
      rs.identity:tenants()
      rs.accounts:get("CLOUD/none")
      rs:close()
      for name in pairs(_G) do
        if not before[name] then print(name) end
      end]]))
  end)

  it("reads dates of either kind as seconds", function()
    assert.equal(1429639200, rackspace.time("2015-04-21T18:00:00.000Z"))
    assert.equal(1429639200, rackspace.time("2015-04-21T20:00:00+02:00"))
    assert.equal(1429639200.5, rackspace.time("2015-04-21T18:00:00.5Z"))
    assert.equal(784111777, rackspace.time("Sun, 06 Nov 1994 08:49:37 GMT"))
    assert.equal("1429639200", tostring(rackspace.time("2015-04-21T18:00:00Z")))
  end)

  it("says what is no date, and raises for what is no text", function()
    for _, text in ipairs{ "", "yesterday", "2015-13-01T00:00:00Z", "2015-04-21T25:00:00Z" } do
      local seconds, message = rackspace.time(text)
      assert.is_nil(seconds)
      assert.is_string(message)
    end
    assert.equal("rackspace.time: takes a string, not a nil",
      raises(function() rackspace.time(nil) end))
    assert.equal("rackspace.time: takes a string, not a number",
      raises(function() rackspace.time(5) end))
  end)

  it("makes a session of settings, and raises for wrong ones where they are", function()
    assert.equal("session (demo)",
      tostring(assert(rackspace.new{ username = "demo", api_key = "k" })))
    assert.equal("rackspace.new: settings must be a table, not a string",
      raises(function() rackspace.new("work") end))
    assert.equal("rackspace.new: unknown setting 'usrname' (did you mean 'username'?)",
      raises(function() rackspace.new{ usrname = "demo" } end))
    assert.equal("rackspace.new: 'timeout' must be a number, not a string",
      raises(function() rackspace.new{ timeout = "5" } end))
  end)

  it("never writes the script's settings", function()
    local given = { username = "demo", api_key = "k", endpoints = { customer = "https://c/" } }
    assert(rackspace.new(given))
    assert.same({ username = "demo", api_key = "k", endpoints = { customer = "https://c/" } },
      given)
  end)

  it("gives no session without credentials", function()
    local rs, message, err = rackspace.new()
    assert.is_nil(rs)
    assert.equal("config", err.kind)
    assert.equal("rackspace.new", err.operation)
    assert.equal(tostring(err), message)
    assert.matches("^rackspace%.new: there are no credentials: looked for ", message)
  end)

  it("takes them from the environment and from files of the user's home", function()
    local code = [[print(require("rackspace").new())]]
    assert.equal("session (envy)", run(code, "RS_USERNAME=envy RS_API_KEY=k"))
    local home = file.folder()
    local path = file.write(home .. "/.config/rackspace/config", "[work]\nusername=w\napi_key=k\n")
    assert.equal("session (w)", run([[print(require("rackspace").new{ profile = "work" })]],
      "HOME=" .. home))
    assert.equal("session (w)", run(code, "RACKSPACE_PROFILE=work HOME=" .. home))
    file.run("chmod 644 '%s'", path)
    assert.equal(("nil\trackspace.new: %s holds secrets and can be read by others; run: chmod " ..
      "600 %s\tfile"):format(path, path), run([[
      local rs, message, err = require("rackspace").new()
      print(rs, message, err.kind)]], "RACKSPACE_PROFILE=work HOME=" .. home))
  end)
end)

describe("a sandbox", function()
  after_each(function()
    file.clean()
    child.close_all()
  end)

  local COUNT = [[
    local rs = assert(require("rackspace").new(%s))
    print(#rs.accounts:list():totable() > 100, rs.accounts:get("CLOUD/10101").name)]]

  it("is inside the process when a script asks for it", function()
    local rs = assert(rackspace.new{ sandbox = true })
    assert.equal("MyRackspaceAcct", assert(rs.accounts:get("CLOUD/10101")).name)
    assert.equal(1, rs.sandbox:count("accounts.get"))
    assert.matches("^sandbox ", tostring(rs.sandbox))
    rs:close()
  end)

  it("is there for any script when the environment says so", function()
    assert.equal("true\tMyRackspaceAcct", run(COUNT:format(""), "RACKSPACE_SANDBOX=1"))
    assert.matches("no credentials", run(COUNT:format(""), "RACKSPACE_SANDBOX=0"))
    assert.matches("no credentials", run(COUNT:format(""), "RACKSPACE_SANDBOX="))
    assert.matches("no credentials", run(COUNT:format("{ sandbox = false }"),
      "RACKSPACE_SANDBOX=1"))
  end)

  it("is one that runs, by its URL", function()
    local running = sandbox.start()
    local rs = assert(rackspace.new{ sandbox = running.url })
    assert.equal("MyRackspaceAcct", assert(rs.accounts:get("CLOUD/10101")).name)
    assert.is_false(rs.sandbox)
    rs:close()
    assert.equal("true\tMyRackspaceAcct", run(COUNT:format(""),
      "RACKSPACE_SANDBOX=" .. running.url))
  end)

  it("that is not there is told of", function()
    local rs, message, err = rackspace.new{ sandbox = "http://127.0.0.1:1" }
    assert.is_nil(rs)
    assert.is_string(err.kind)
    assert.matches("rackspace.new: the sandbox at http://127.0.0.1:1 can't be reached", message,
      1, true)
    rs, message = rackspace.new{ sandbox = "nonsense" }
    assert.is_nil(rs)
    assert.matches("can't be used", message)
  end)
end)
