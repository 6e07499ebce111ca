--- credentials_spec.lua - the sources of credentials, and their order
-- SPDX-License-Identifier: MIT
local credentials = require("rackspace.login.credentials")
local file = require("spec.support.file")

describe("credentials", function()
  local home

  before_each(function()
    home = file.folder()
  end)

  after_each(file.clean)

  -- The credentials found for arguments and variables, with revealed secrets.
  local function gather(options, variables)
    local found, origins, looked = credentials.gather(options or {}, function(name)
      local value = (variables or {})[name]
      return value == nil and name == "HOME" and home or value
    end, { "auth_url", "ticketing_url" })
    if not found then
      return nil, origins, looked
    end
    for name, value in pairs(found) do
      found[name] = type(value) == "userdata" and value:reveal() or value
    end
    return found, origins, looked
  end

  local function own(text, mode)
    return file.write(home .. "/.config/rackspace/config", text, mode)
  end

  local function rack(text, mode)
    return file.write(home .. "/.rack/config", text, mode)
  end

  local function pyrax(text, mode)
    return file.write(home .. "/.rackspace_cloud_credentials", text, mode)
  end

  it("are secrets from the moment they are found", function()
    local found = credentials.gather({ username = "u", api_key = "k" }, function() end)
    assert.equal("<secret>", tostring(found.api_key))
    assert.equal("u", found.username)
  end)

  it("come from the arguments first, and say so", function()
    local found, origins = gather({ username = "u", api_key = "k" },
      { RACKSPACE_USERNAME = "v", RACKSPACE_API_KEY = "w", RS_USERNAME = "x" })
    assert.same({ username = "u", api_key = "k" }, found)
    assert.equal("the arguments", origins.api_key)
  end)

  it("then from RACKSPACE_*, then from RS_*", function()
    local found, origins = gather({}, { RACKSPACE_USERNAME = "u", RACKSPACE_API_KEY = " k ",
      RS_USERNAME = "v", RS_API_KEY = "w", RS_TENANT_ID = "t" })
    assert.same({ username = "u", api_key = "k" }, found)
    assert.equal("RACKSPACE_USERNAME", origins.username)
    assert.same({ username = "v", api_key = "w", tenant = "t", auth_url = "https://a/v2.0",
      region = "UK" }, (gather({}, { RS_USERNAME = "v", RS_API_KEY = "w", RS_TENANT_ID = "t",
      RS_AUTH_URL = "https://a/v2.0", RS_REGION_NAME = "UK" })))
  end)

  it("count an empty variable as none", function()
    assert.same({ username = "v", api_key = "w" }, (gather({}, { RACKSPACE_USERNAME = "",
      RACKSPACE_API_KEY = " ", RS_USERNAME = "v", RS_API_KEY = "w" })))
  end)

  it("are put together from several places, but never of two users", function()
    assert.same({ username = "u", api_key = "k" },
      (gather({ username = "u" }, { RACKSPACE_API_KEY = "k" })))
    assert.same({ username = "u", password = "p" },
      (gather({ username = "u" }, { RS_USERNAME = "u", RS_PASSWORD = "p" })))
    assert.same({ username = "u" },
      (gather({ username = "u" }, { RS_USERNAME = "other", RS_API_KEY = "k" })))
    assert.same({ token = "t" }, (gather({ token = "t" }, { RACKSPACE_USERNAME = "u",
      RACKSPACE_API_KEY = "k", RACKSPACE_TENANT = "x" })))
  end)

  it("then from ~/.config/rackspace/config, its default section or the keys above", function()
    own("[other]\nusername=o\napi_key=p\n[default]\nusername = u\napi-key = k\nregion = UK\n" ..
      "ticketing_url = https://t\n")
    assert.same({ username = "u", api_key = "k", region = "UK", ticketing_url = "https://t" },
      (gather()))
    own("username=a\napi_key=b\n[other]\nusername=o\n")
    local found, origins = gather()
    assert.same({ username = "a", api_key = "b" }, found)
    assert.equal(home .. "/.config/rackspace/config", origins.api_key)
  end)

  it("find that file by XDG_CONFIG_HOME and RACKSPACE_CONFIG", function()
    file.write(home .. "/xdg/rackspace/config", "username=x\napi_key=k\n")
    file.write(home .. "/mine", "username=m\napi_key=k\n")
    assert.equal("x", gather({}, { XDG_CONFIG_HOME = home .. "/xdg" }).username)
    assert.equal("m", gather({}, { XDG_CONFIG_HOME = home .. "/xdg",
      RACKSPACE_CONFIG = home .. "/mine" }).username)
  end)

  it("then from rack's file, then from pyrax's", function()
    pyrax("[keystone]\nusername = p\napi_key = k\ntenant_id = t\n")
    assert.same({ username = "p", api_key = "k", tenant = "t" }, (gather()))
    pyrax("[rackspace_cloud]\nusername: q\napi_key: k\n")
    assert.same({ username = "q", api_key = "k" }, (gather()))
    rack("username = r\napi-key = k\nregion = ORD\n")
    assert.same({ username = "r", api_key = "k", region = "ORD" }, (gather()))
    rack("[other]\nusername = o\n[default]\nusername = d\napi-key = k\n")
    assert.equal("d", gather().username)
    own("username=u\napi_key=k\n")
    assert.equal("u", gather().username)
    assert.equal("v", gather({}, { RS_USERNAME = "v", RS_API_KEY = "k" }).username)
  end)

  it("may be of a profile, which goes before the environment and alone", function()
    own("[work]\nusername=w\napi_key=k\n[home]\nusername=h\n")
    rack("[home]\nusername=h\napi-key=rack\n")
    local variables = { RACKSPACE_USERNAME = "e", RACKSPACE_API_KEY = "e" }
    assert.same({ username = "w", api_key = "k" }, (gather({ profile = "work" }, variables)))
    variables.RACKSPACE_PROFILE = "work"
    assert.equal("w", gather({}, variables).username)
    assert.equal("a", gather({ username = "a", api_key = "b" }, variables).username)
    assert.same({ username = "h" }, (gather({ profile = "home" })))
    assert.equal("w", gather({ profile = "work" }, { RACKSPACE_PROFILE = "home" }).username)
  end)

  it("may be of an empty profile, which is none", function()
    own("username=above\n[default]\nusername=u\napi_key=k\n")
    assert.equal("u", gather({}, { RACKSPACE_PROFILE = "" }).username)
    assert.equal("u", gather({ profile = "" }, { RACKSPACE_PROFILE = "work" }).username)
  end)

  it("are refused when there is no such profile", function()
    own("[work]\nusername=w\napi_key=k\n")
    local found, problem, kind = gather({ profile = "wrok" })
    assert.is_nil(found)
    assert.equal("config", kind)
    assert.equal(("there is no profile 'wrok' in %s/.config/rackspace/config "
      .. "(did you mean 'work'?); its profiles are work"):format(home), problem)
    problem = select(2, gather({}, { RACKSPACE_PROFILE = "wrok" }))
    assert.matches("'wrok', which RACKSPACE_PROFILE names, in ", problem, 1, true)
  end)

  it("are refused from a file that others can read, with the command to run", function()
    for mode, refused in pairs{ ["600"] = false, ["400"] = false, ["700"] = false,
      ["640"] = true, ["604"] = true, ["644"] = true, ["601"] = true } do
      local path = own("username=u\napi_key=k\n", mode)
      local found, problem, kind = gather()
      assert.equal(refused, found == nil, mode)
      if refused then
        assert.equal(("%s holds secrets and can be read by others; run: chmod 600 %s")
          :format(path, path), problem)
        assert.equal("file", kind)
      end
    end
  end)

  it("are refused so from every file, and from a profile", function()
    own("[work]\nusername=w\npassword=k\n", "644")
    local _, problem = gather({ profile = "work" })
    assert.matches("chmod 600", problem)
    own("region=UK\n", "644")
    rack("username=r\napi-key=k\n", "644")
    _, problem = gather()
    assert.matches("chmod 600 .*/.rack/config$", problem)
    rack("")
    pyrax("[keystone]\nusername=r\napi_key=k\n", "644")
    _, problem = gather()
    assert.matches("chmod 600 .*/.rackspace_cloud_credentials$", problem)
  end)

  it("leave a file alone that holds no secret, or that isn't needed", function()
    own("region=UK\n", "644")
    rack("username=r\napi-key=k\n", "644")
    assert.same({ username = "u", api_key = "k" },
      (gather({}, { RS_USERNAME = "u", RS_API_KEY = "k" })))
    rack("")
    assert.same({ region = "UK" }, (gather()))
  end)

  it("are refused from a file of another user, or one that is no regular file", function()
    local path = own("region=UK\n", "644")
    file.run("rm '%s'; mkfifo '%s'", path, path)
    local _, problem, kind = gather()
    assert.same({ path .. ": not a regular file", "file" }, { problem, kind })
    file.run("rm '%s'", path)
    own("region=UK\n", "644")
    if not file.can_give_away(path) then
      return pending("only root can give a file away")
    end
    _, problem, kind = gather()
    assert.same({ path .. ": it belongs to somebody else", "file" }, { problem, kind })
  end)

  it("are refused from a file that can't be read as one", function()
    local path = own("[default]\nnonsense\n")
    local _, problem, kind = gather()
    assert.equal(path .. ": line 2 is neither a [section] nor key = value", problem)
    assert.equal("file", kind)
    file.run("rm '%s'; ln -s '%s' '%s'", path, path, path)
    _, problem, kind = gather()
    assert.matches(path, problem, 1, true)
    assert.equal("file", kind)
  end)

  it("are refused when they hold what no header may", function()
    local found, problem, kind = gather({}, { RACKSPACE_TOKEN = "tok\nen" })
    assert.is_nil(found)
    assert.equal("config", kind)
    assert.equal("RACKSPACE_TOKEN holds a line break or a NUL byte", problem)
  end)

  it("name every source that was read, in order", function()
    local found, _, looked = gather()
    assert.same({}, found)
    assert.same({ "the arguments", "RACKSPACE_* in the environment", "RS_* in the environment",
      home .. "/.config/rackspace/config", home .. "/.rack/config",
      home .. "/.rackspace_cloud_credentials" }, looked)
  end)

  it("have a key when they can log in", function()
    assert.is_true(credentials.has_key{ token = "t" })
    assert.is_true(credentials.has_key{ username = "u", password = "p" })
    assert.is_false(credentials.has_key{ username = "u" })
    assert.is_false(credentials.has_key{ api_key = "k" })
  end)
end)
