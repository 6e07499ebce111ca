--- 83-credentials-as-people-write-them_spec.lua - read, or refused with a reason
-- SPDX-License-Identifier: MIT
local credentials = require("rackspace.login.credentials")
local file = require("spec.support.file")
local ini = require("rackspace.base.ini")
local profile = require("rackspace.command.profile")
local rackspace = require("rackspace")

local MARK = "\239\187\191"

describe("a file of profiles", function()
  local home, path

  before_each(function()
    home = file.folder()
    path = home .. "/.config/rackspace/config"
  end)

  after_each(file.clean)

  local function gather(text, options, variables)
    if text then
      file.write(path, text)
    end
    local found, problem, kind = credentials.gather(options or {}, function(name)
      return name == "HOME" and home or (variables or {})[name]
    end, { "identity_url" })
    for name, value in pairs(found or {}) do
      found[name] = type(value) == "userdata" and value:reveal() or value
    end
    return found, problem, kind
  end

  it("is read with marks of byte order, any line's end, and comments", function()
    local wanted = { username = "u", api_key = "k", region = "UK" }
    for _, text in ipairs{
      MARK .. "[default]\nusername=u\napi_key=k\nregion=UK\n",
      "[default]\r\nusername=u\r\napi_key=k\r\nregion=UK\r\n",
      "[default]\rusername=u\rapi_key=k\rregion=UK",
      "[default] # mine\nusername = u # me\napi_key = k ; the key\nregion = UK  # London\n",
      "[default]\nusername = \"u\" # me\napi_key = 'k' ; it\nregion: UK\n",
      "# x\n" .. MARK .. "[default]\n" .. MARK .. "username=u\napi-key=k\nregion=UK\n" } do
      assert.same(wanted, (gather(text)))
    end
  end)

  it("is refused with the line and what to do: UTF-16, a NUL byte", function()
    for text, problem in pairs{
      ["\255\254[\0d\0]\0"] = "line 1 is UTF-16: save the file as UTF-8",
      ["\254\255\0[\0d\0]"] = "line 1 is UTF-16: save the file as UTF-8",
      ["[d]\nusername=a\0b\n"] = "line 2 holds a NUL byte: save the file as UTF-8" } do
      local found, said, kind = gather(text)
      assert.is_nil(found)
      assert.equal(path .. ": " .. problem, said)
      assert.equal("file", kind)
    end
  end)

  it("is refused where a password may hold a comment, unless it is quoted", function()
    local _, problem = gather("[default]\nusername=u\npassword = pass #word\n")
    assert.equal(path .. ": line 3: is what follows the space a comment, or part of the "
      .. "password? Put quotes around the password", problem)
    assert.equal("pass #word", gather('[default]\nusername=u\npassword = "pass #word"\n').password)
    assert.equal("pass#word", gather("[default]\nusername=u\npassword = pass#word\n").password)
  end)

  it("is refused with the nearest name of a key that is unknown", function()
    local _, problem, kind = gather("[default]\nusrname = u\napi_key = k\n")
    assert.equal(path .. ": line 2: a profile has no 'usrname' (did you mean 'username'?)",
      problem)
    assert.equal("file", kind)
    _, problem = gather("[work]\nusername=u\n0d3e0000000000000000c0de1 = demo\n",
      { profile = "work" })
    assert.matches("line 3: no profile has this key; there are ", problem, 1, true)
    assert.is_nil(problem:find("0d3e", 1, true))
    assert.same({ username = "u", api_key = "k", identity_url = "https://i" },
      (gather("[default]\nusername=u\napi_key=k\nidentity_url=https://i\n[x]\nodd=1\n")))
  end)

  it("says whether a session may write", function()
    for text, value in pairs{ ["true"] = true, Yes = true, on = true, ["1"] = true,
        ["false"] = false, no = false, OFF = false, ["0"] = false } do
      assert.equal(value, gather("[default]\nusername=u\napi_key=k\nread_only=" .. text
        .. "\n").read_only)
    end
    local _, problem = gather("[default]\nusername=u\nread_only = maybe\n")
    assert.equal(path .. ": line 3: 'read_only' must be true or false", problem)
  end)

  it("is not asked of other programs, which have keys of their own", function()
    file.write(home .. "/.rack/config", "[default]\nusername=u\napi-key=k\nuse-service-net=true\n")
    assert.equal("u", gather().username)
  end)
end)

describe("credentials that can't be sent", function()
  local function said(options, variables)
    local found, problem, kind = credentials.gather(options, function(name)
      return (variables or {})[name]
    end)
    assert.is_nil(found)
    assert.equal("config", kind)
    return problem
  end

  it("are told before anything is sent", function()
    assert.equal("the username of the arguments is empty", said{ username = "", api_key = "k" })
    assert.equal("the username of the arguments is empty", said{ username = " ", api_key = "k" })
    assert.equal("the password of the arguments is not UTF-8",
      said{ username = "u", password = "caf\233" })
    assert.equal("RACKSPACE_PASSWORD is not UTF-8",
      said({}, { RACKSPACE_USERNAME = "u", RACKSPACE_PASSWORD = "caf\233" }))
    assert.equal("the token of the arguments and the username of the arguments stand beside "
      .. "each other: a token is used without a user name; remove one of them",
      said{ username = "u", token = "t" })
    assert.equal("RACKSPACE_TOKEN and RACKSPACE_USERNAME stand beside each other: a token is "
      .. "used without a user name; remove one of them",
      said({}, { RACKSPACE_USERNAME = "u", RACKSPACE_API_KEY = "k", RACKSPACE_TOKEN = "t" }))
  end)

  it("are told by a session as an error, not by a service", function()
    local rs, message, err = rackspace.new{ username = "", api_key = "k" }
    assert.is_nil(rs)
    assert.equal("rackspace.new: the username of the arguments is empty", message)
    assert.equal("config", err.kind)
  end)
end)

describe("credentials that are half there", function()
  it("are told by the one thing that is missing", function()
    local settings_of = require("rackspace.session.settings")
    local declared = require("rackspace.services").endpoints()
    local function said(options, variables)
      local settings = assert(settings_of.check(options, declared))
      local _, problem = settings_of.complete(settings, declared, function(name)
        return variables[name]
      end)
      return problem
    end
    local start = "there are no credentials: "
    assert.equal(start .. "RACKSPACE_USERNAME is set, RACKSPACE_API_KEY is not",
      said({}, { RACKSPACE_USERNAME = "u" }))
    assert.equal(start .. "RACKSPACE_API_KEY is set, RACKSPACE_USERNAME is not",
      said({}, { RACKSPACE_API_KEY = "k" }))
    assert.equal(start .. "RS_USERNAME is set, RS_API_KEY is not", said({}, { RS_USERNAME = "u" }))
    assert.equal(start .. "RACKSPACE_EMAIL_USER_KEY is set, RACKSPACE_EMAIL_SECRET_KEY is not",
      said({}, { RACKSPACE_EMAIL_USER_KEY = "u" }))
    assert.equal(start .. "there is a username in the arguments, but not an api_key or a password",
      said({ username = "u" }, {}))
  end)
end)

describe("a profile's text", function()
  it("has its section replaced, after a mark of byte order and before a comment", function()
    local values = { username = "new", api_key = "k" }
    assert.equal("[default] # mine\nusername = new\napi_key = k\nregion = UK\n",
      profile.set(MARK .. "[default] # mine\r\nusername = old\r\napi-key = x\r\nregion = UK\r\n",
        "default", values))
    assert.equal("[ work ]\nusername = new\napi_key = k\n",
      profile.set(MARK .. "[ work ]\npassword = old\n", "work", values))
    assert.is_nil((profile.set("\255\254[\0", "default", values)))
  end)

  it("reads back any password that was written", function()
    for _, value in ipairs{ "a #b", "a ;b", '"', "'x", '"a" # b', "a#b", " a ", "a\"b" } do
      local text = profile.set("", "p", { username = "u", password = value })
      assert.equal(value, ini.parse(text).p.password)
    end
  end)
end)
