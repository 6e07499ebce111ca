--- 49-empty-xdg_spec.lua - no configuration of the root or working directory
-- SPDX-License-Identifier: MIT
local credentials = require("rackspace.login.credentials")
local file = require("spec.support.file")
local support = require("spec.sandbox.support")

local quote = support.quote

-- An empty XDG_CONFIG_HOME led to /rackspace/config, a relative one and an
-- unset HOME to files of the working directory.
describe("a variable that names no folder", function()
  local folder

  before_each(function()
    folder = file.folder()
    for _, name in ipairs{ "config", "rackspace/config", ".config/rackspace/config",
      ".rack/config", ".rackspace_cloud_credentials" } do
      file.write(folder .. "/" .. name, "[default]\nusername = planted\napi_key = k\n" ..
        "[rackspace_cloud]\nusername = planted\napi_key = k\n")
    end
  end)

  after_each(file.clean)

  -- Runs the program in the folder, with these variables and no others.
  local function run(variables, arguments, input)
    local program = support.program
    if not program:find("^/") then
      program = support.output("pwd"):gsub("\n", "/") .. program
    end
    local command = ("cd %s && exec env -i %s %s %s"):format(quote(folder), variables,
      quote(program), arguments)
    return support.start("sh -c " .. quote(command), support.write(folder .. "/input", input or ""))
      :finish()
  end

  local environments = { "", "HOME=", "HOME=. XDG_CONFIG_HOME=.", "XDG_CONFIG_HOME=",
    "HOME= XDG_CONFIG_HOME=rackspace/..", "HOME=.config/.. RACKSPACE_CONFIG=" }

  it("gives the library no file to look at", function()
    for _, values in ipairs{ {}, { HOME = "" }, { HOME = "." }, { XDG_CONFIG_HOME = "" },
      { XDG_CONFIG_HOME = ".", HOME = "" }, { RACKSPACE_CONFIG = "" } } do
      local found, _, looked = credentials.gather({}, function(name) return values[name] end)
      assert.same({}, found)
      assert.same({ "the arguments", "RACKSPACE_* in the environment", "RS_* in the environment" },
        looked)
    end
    local looked = select(3, credentials.gather({}, function(name)
      return name == "HOME" and folder or name == "XDG_CONFIG_HOME" and "" or nil
    end))
    assert.equal(folder .. "/.config/rackspace/config", looked[4])
  end)

  it("gives a profile no file either", function()
    local found, problem, kind = credentials.gather({ profile = "work" }, function() end)
    assert.same({ nil, "there is no profile 'work': HOME is not set", "config" },
      { found, problem, kind })
  end)

  it("gives the program no credentials", function()
    for _, variables in ipairs(environments) do
      local code, out, message = run(variables, "accounts.get CLOUD/10101")
      assert.same({ 3, "" }, { code, out }, variables)
      assert.matches("there are no credentials", message, 1, true)
      assert.is_nil(message:find("config", 1, true), message)
    end
  end)

  it("gives a profile no place", function()
    local function files()
      return support.output(("find %s -type f ! -name input | sort; ls -a /"):format(quote(folder)))
    end
    local before = files()
    for _, variables in ipairs(environments) do
      local code, out, message = run(variables, "login --no-test", "alice\nkey\n")
      assert.same({ 1, "" }, { code, out }, variables)
      assert.matches("there is no folder to keep a profile in: HOME is not set", message, 1, true)
      assert.equal(before, files())
    end
  end)
end)
