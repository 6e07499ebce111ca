--- login_spec.lua - credentials asked for, and kept as a profile
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")
local terminal = require("spec.support.terminal")

local quote = support.quote

describe("rackspace login", function()
  local folder, box

  setup(function()
    box = assert(support.serve("--limits off"))
  end)

  teardown(function()
    box:finish()
  end)

  before_each(function()
    folder = support.folder()
  end)

  after_each(function()
    support.remove(folder)
  end)

  local function environment()
    return ("XDG_CONFIG_HOME=%s XDG_CACHE_HOME=%s RACKSPACE_IDENTITY_URL=%s"):format(
      folder, folder .. "/cache", box.endpoints.identity)
  end

  --- Logs in with lines on standard input.
  local function login(arguments, lines)
    local from = support.write(folder .. "/typed", lines)
    local job = support.start(("env %s %s login %s"):format(environment(),
      quote(support.program), arguments), from)
    return job:finish()
  end

  it("writes a profile that only its owner reads, and keeps the others", function()
    local path = folder .. "/rackspace/config"
    assert.same({ 0, "profile 'default' is kept in " .. path .. "\n", "" },
      { login("--no-test", "alice\nkey-1\n") })
    assert.equal("600 700\n", support.output(("echo $(stat -c %%a %s %s)"):format(path,
      folder .. "/rackspace")))
    assert.equal(0, (login("--no-test --profile=work --username=bob --region=UK", "key-2\n")))
    assert.equal(0, (login("--no-test --username=carol --password", "pass word \n")))
    assert.equal("[default]\nusername = carol\npassword = \"pass word \"\n\n"
      .. "[work]\nusername = bob\napi_key = key-2\nregion = UK\n", support.read(path))
    assert.equal("config\n", support.output("ls -A " .. folder .. "/rackspace"))
  end)

  it("keeps a link to the file, and a folder that others may list", function()
    support.output(("mkdir -m 755 %s/dotfiles %s/rackspace && cd %s/rackspace && "
      .. "ln -s ../dotfiles/config config"):format(folder, folder, folder))
    assert.equal(0, (login("--no-test", "alice\nkey-1\n")))
    assert.equal(0, (login("--no-test --profile=work", "bob\nkey-2\n")))
    assert.equal("[default]\nusername = alice\napi_key = key-1\n\n[work]\nusername = bob\n"
      .. "api_key = key-2\n", support.read(folder .. "/dotfiles/config"))
    assert.equal("../dotfiles/config\nconfig\n600\n", support.output(("cd %s; "
      .. "readlink rackspace/config; ls -A dotfiles; stat -c %%a dotfiles/config"):format(folder)))
  end)

  it("keeps every profile of several that are written at once", function()
    local command = {}
    for i = 1, 8 do
      command[i] = ("printf 'user%d\\nkey\\n' | env %s %s login --no-test --profile=p%d "
        .. ">/dev/null &"):format(i, environment(), quote(support.program), i)
    end
    support.output(table.concat(command, "\n") .. "\nwait")
    local text = support.read(folder .. "/rackspace/config")
    for i = 1, 8 do
      assert.matches(("[p%d]\nusername = user%d\n"):format(i, i), text, 1, true)
    end
  end)

  it("tests what it was given, without being asked to", function()
    local user = box.users[1]
    local code, out = login("", user.username .. "\n" .. user.api_key .. "\n")
    assert.equal(0, code)
    assert.matches("^" .. user.username .. " is logged in; the token ends 20%d%d", out)
    assert.matches("\nprofile 'default' is kept in ", out, 1, true)
    local said
    code, out, said = login("", user.username .. "\nwrong-key\n")
    assert.equal(3, code)
    assert.equal("", out)
    assert.matches("401", said)
    assert.matches("nothing was kept", said)
    assert.matches(user.api_key, support.read(folder .. "/rackspace/config"), 1, true)
    assert.is_nil((out .. said):find("wrong-key", 1, true))
    assert.is_nil(said:find("--no-test", 1, true))
  end)

  it("keeps nothing where it can't test, and says how to keep it nevertheless", function()
    local user = box.users[1]
    local typed = user.username .. "\n" .. user.api_key .. "\n"
    support.write(folder .. "/libcurl.so.4", "no library\n")
    for _, settings in ipairs{ "RACKSPACE_IDENTITY_URL=http://127.0.0.1:1",
        "LD_LIBRARY_PATH=" .. folder } do
      local from = support.write(folder .. "/typed", typed)
      local job = support.start(("env %s %s %s login"):format(environment(), settings,
        quote(support.program)), from)
      local code, out, said = job:finish()
      assert.equal(settings:find("^LD") and 3 or 6, code)
      assert.equal("", out)
      assert.matches("; nothing was kept\ntry: rackspace login --no-test (keeps it without a test)",
        said, 1, true)
      assert.equal("", support.output("ls " .. folder .. "/rackspace 2>/dev/null"))
    end
    assert.equal(0, (login("--no-test", typed)))
  end)

  it("refuses what is no user, and a file that is none", function()
    local code, _, said = login("", "")
    assert.equal(2, code)
    assert.matches("there is no username", said)
    code, _, said = login("--username=a", "\n")
    assert.equal(2, code)
    assert.matches("there is no API key", said)
    support.output("mkdir -m 700 " .. folder .. "/rackspace")
    support.write(folder .. "/rackspace/config", "nonsense\n")
    code, _, said = login("--no-test", "a\nk\n")
    assert.equal(1, code)
    assert.matches("config: line 1 ", said)
    assert.equal("nonsense\n", support.read(folder .. "/rackspace/config"))
  end)

  it("shows no key that is typed, and leaves the terminal as it was", function()
    local user = box.users[1]
    local open = terminal.open{ arguments = "login --profile=mine",
      environment = environment() }
    open:await("Username:")
    open:enter(user.username)
    open:await("API key (not shown):")
    open:enter(user.api_key)
    open:await("is logged in")
    open:await("left with 0")
    open:type("seen again")
    local screen = open:await("seen again")
    open:close()
    assert.is_nil(screen:find(user.api_key, 1, true))
    assert.matches("%[mine%]\nusername = " .. user.username,
      support.read(folder .. "/rackspace/config"))
  end)

  it("gives the echo back when it is interrupted", function()
    local open = terminal.open{ arguments = "login --username=a",
      environment = environment() }
    open:await("API key (not shown):")
    open:press("C-c")
    open:await("left with 130")
    open:type("seen again")
    open:await("seen again")
    open:close()
    assert.equal("", support.output("ls -A " .. folder))
  end)
end)
