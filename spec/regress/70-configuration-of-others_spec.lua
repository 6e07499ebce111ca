--- 70-configuration-of-others_spec.lua - what others can write is not read
-- SPDX-License-Identifier: MIT
local credentials = require("rackspace.login.credentials")
local file = require("spec.support.file")
local profile = require("rackspace.command.profile")
local rackspace = require("rackspace")
local stub = require("spec.support.stub")
local support = require("spec.sandbox.support")
local terminal = require("spec.support.terminal")

-- A file without a secret was read whoever could write it, and its
-- identity_url then got the API key of the environment.
describe("a configuration file that others can write", function()
  local home, path

  before_each(function()
    home = file.folder()
    path = home .. "/.config/rackspace/config"
  end)

  after_each(file.clean)

  local function getenv(name)
    return ({ HOME = home, RACKSPACE_USERNAME = nil })[name]
  end

  local evil = "[default]\nidentity_url = https://evil.example\nregion = UK\n"

  it("is refused whatever it holds", function()
    for _, place in ipairs{ path, home .. "/.rack/config",
        home .. "/.rackspace_cloud_credentials" } do
      for mode, refused in pairs{ ["644"] = false, ["600"] = false,
          ["664"] = true, ["646"] = true, ["666"] = true, ["662"] = true,
          ["777"] = true } do
        file.write(place, evil, mode)
        local found, problem, kind = credentials.gather({}, getenv,
          { "identity_url" })
        assert.equal(refused, found == nil, place .. " " .. mode)
        if refused then
          assert.equal(("%s: others can write it; run: chmod 600 %s"):format(
            place, place), problem)
          assert.equal("file", kind)
        end
      end
      os.remove(place)
    end
  end)

  it("is refused for a profile, and where RACKSPACE_CONFIG names it", function()
    local other = file.write(home .. "/other", "[work]\nregion = UK\n", "666")
    local found, problem = credentials.gather({ profile = "work" },
      function(name)
        return name == "RACKSPACE_CONFIG" and other or getenv(name)
      end)
    assert.is_nil(found)
    assert.matches("others can write it", problem)
  end)

  it("is refused through a link, by what the link leads to", function()
    file.write(home .. "/real", evil, "666")
    file.run("mkdir -p '%s/.config/rackspace' && ln -s '%s/real' '%s'", home,
      home, path)
    assert.matches("others can write it",
      (select(2, credentials.gather({}, getenv))))
  end)

  -- Who may write a folder can have a link there lead to any file of its owner,
  -- or of root.
  it("is refused through another user's link", function()
    file.write(home .. "/real", evil, "600")
    file.run("mkdir -p '%s/.config/rackspace' && ln -s '%s/real' '%s'", home,
      home, path)
    assert.is_table((credentials.gather({}, getenv, { "identity_url" })))
    if not os.execute(("chown -h 43210 '%s' 2>/dev/null"):format(path)) then
      return pending("only root can give a link away")
    end
    assert.matches("belongs to somebody else",
      (select(2, credentials.gather({}, getenv, { "identity_url" }))))
  end)

  it("gives no names of profiles, and takes none by login", function()
    file.write(path, "[work]\nregion = UK\n", "666")
    local names = "env HOME=" .. home .. " XDG_CONFIG_HOME= RACKSPACE_CONFIG= "
    local _, out = support.run("complete -- --profile ''", names)
    assert.not_matches("work", out)
    local code, _, said = support.run("login --no-test --username=u", "echo key | " ..
      names)
    assert.equal(1, code)
    assert.matches("others can write it; run: chmod 600", said)
    assert.equal("[work]\nregion = UK\n", file.read(path))
    assert.is_table(profile.names())
  end)

  -- It can bind a key to a line of code.
  it("is not read by the prompt, nor is one of the working directory", function()
    local line = 'bind -s "^T" "print(6 * 7)"\n'
    local function typed(mode, variables)
      file.write(home .. "/.editrc", line, mode)
      local term = terminal.open{ environment = variables or "HOME=" .. home,
        command = ("sh -c %s"):format(support.quote(("cd '%s'; exec '%s' --sandbox")
          :format(home, support.program))) }
      term:await("sandbox 1>", true)
      term:press("C-t")
      term:enter("print('done')")
      local screen = term:await("done\nsandbox 1>", true)
      term:close()
      return screen:find("print(6 * 7)print", 1, true) ~= nil
    end
    assert.is_true(typed("644"))
    assert.is_false(typed("664"))
    assert.is_false(typed("646"))
    assert.is_false(typed("644", "HOME=."))
    assert.is_false(typed("644", "HOME=/dev/null EDITRC=.editrc"))
    assert.is_true(typed("644", "HOME=/dev/null EDITRC=" .. home .. "/.editrc"))
  end)

  it("is refused as ca_file too: it says whom to trust", function()
    local ca = file.write(home .. "/ca.pem", "no certificate", "666")
    local rs, problem, err = rackspace.new{ token = stub.TOKEN, ca_file = ca }
    assert.is_nil(rs)
    assert.equal(("rackspace.new: 'ca_file': %s: others can write it; run: chmod 600 %s")
      :format(ca, ca), problem)
    assert.equal("config", err.kind)
    file.run("chmod 644 '%s'", ca)
    assert(rackspace.new{ token = stub.TOKEN, ca_file = ca }):close()
  end)
end)
