--- token_cache_spec.lua - tokens kept on disk
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local core = require("rackspace.core")
local file = require("spec.support.file")
local json = require("rackspace.base.json")
local rackspace = require("rackspace")
local sandbox = require("spec.support.sandbox")
local strings = require("spec.support.strings")
local stub = require("spec.support.stub")
local token_cache = require("rackspace.login.token_cache")

local ENDPOINT = "https://identity.example/v2.0"
local KEY = core.secret("the-api-key-of-this-spec")
local TOKEN = core.secret("the-token-of-this-spec")
local USER = { username = "demo", api_key = KEY }
local LIFE = { issued = 1000, skew = 0, expires = 87400 }
local ACCESS = { token = { expires = "1970-01-02T00:16:40Z" },
  user = { id = "1", name = "demo", roles = json.array{}, ["RAX-AUTH:phonePin"] = "246810",
    enabled = false },
  serviceCatalog = json.array{ { name = "cloudFeeds" } }, other = "left out" }

local folder, warnings

before_each(function()
  folder, warnings = file.folder(), {}
end)

after_each(function()
  child.close_all()
  file.clean()
end)

local function warn(message)
  warnings[#warnings + 1] = message
end

local function cache(credentials, endpoint)
  return token_cache.new(folder, endpoint or ENDPOINT, credentials or USER, warn)
end

local function files()
  local list = {}
  local pipe = io.popen("ls -A '" .. folder .. "'")
  for name in pipe:lines() do
    list[#list + 1] = name
  end
  pipe:close()
  return list
end

describe("the folder for tokens", function()
  local function choose(choice, variables, transport)
    return token_cache.folder({ cache = choice, transport = transport },
      function(name) return variables[name] end)
  end

  it("is in the user's cache, or where the environment has caches", function()
    assert.equal("/home/u/.cache/rackspace", choose(nil, { HOME = "/home/u" }))
    assert.equal("/xdg/rackspace", choose(true, { HOME = "/home/u", XDG_CACHE_HOME = "/xdg" }))
    assert.equal("/home/u/.cache/rackspace",
      choose(nil, { HOME = "/home/u", XDG_CACHE_HOME = "relative" }))
    assert.is_false(choose(nil, {}))
    assert.is_false(choose(nil, { HOME = "." }))
  end)

  it("is none, or another one, when the environment says so", function()
    assert.is_false(choose(nil, { HOME = "/home/u", RACKSPACE_TOKEN_CACHE = "off" }))
    assert.equal("./here",
      choose(nil, { HOME = "/home/u", RACKSPACE_TOKEN_CACHE = "./here" }))
    assert.equal("/home/u/.cache/rackspace",
      choose(nil, { HOME = "/home/u", RACKSPACE_TOKEN_CACHE = "" }))
    local found, problem = choose(nil, { HOME = "/home/u", RACKSPACE_TOKEN_CACHE = "of" })
    assert.is_nil(found)
    assert.equal("RACKSPACE_TOKEN_CACHE must be off or a folder's path, with a slash, not 'of'",
      problem)
  end)

  it("is what the script says, before all", function()
    assert.is_false(choose(false, { HOME = "/h", RACKSPACE_TOKEN_CACHE = "/there" }))
    assert.equal("/mine", choose("/mine", { HOME = "/h", RACKSPACE_TOKEN_CACHE = "off" }))
    assert.equal("/h/.cache/rackspace",
      choose(true, { HOME = "/h", RACKSPACE_TOKEN_CACHE = "off" }))
    assert.equal("/there", choose(true, { HOME = "/h", RACKSPACE_TOKEN_CACHE = "/there" }))
  end)

  it("is none for a transport of the script's own, unless it says so", function()
    assert.is_false(choose(nil, { HOME = "/h", RACKSPACE_TOKEN_CACHE = "/there" }, print))
    assert.equal("/there", choose(true, { HOME = "/h", RACKSPACE_TOKEN_CACHE = "/there" }, print))
  end)

  it("can't be another thing", function()
    for message, choice in pairs{
      ["'cache' must be true, false or a folder's path, with a slash, not 'on'"] = "on",
      ["'cache' must be true, false or a folder's path, with a slash, not a table"] = {} } do
      assert.equal(message, token_cache.problem{ cache = choice })
    end
    for _, choice in ipairs{ true, false, "./x" } do
      assert.is_nil(token_cache.problem{ cache = choice })
    end
  end)
end)

describe("a kept token", function()
  it("is read as it was written, without the user's telephone PIN", function()
    cache():write(TOKEN, ACCESS, LIFE)
    local kept = cache():read()
    assert.is_true(TOKEN == kept.secret)
    assert.same(LIFE, kept.life)
    assert.same({ token = ACCESS.token, serviceCatalog = { { name = "cloudFeeds" } },
      user = { id = "1", name = "demo", roles = {}, enabled = false } }, kept.access)
    assert.is_true(json.is_array(kept.access.user.roles))
    assert.equal("246810", ACCESS.user["RAX-AUTH:phonePin"])
    assert.same({}, warnings)
  end)

  it("is in a file of its owner's only, whose name and text tell no key", function()
    folder = folder .. "/deeper/rackspace"
    cache():write(TOKEN, ACCESS, LIFE)
    -- printf 'https://identity.example/v2.0\ndemo\n' | sha256sum
    local name = "3d82b3d09e6f10d5425cdb158d3a98ac26ee7f8a7765f35fc086845c2e08cf33"
    assert.same({ name }, files())
    assert.equal(tonumber("700", 8), core.file.mode(folder))
    assert.equal(tonumber("600", 8), core.file.mode(folder .. "/" .. name))
    local text = file.read(folder .. "/" .. name)
    assert.equal(TOKEN:reveal(), json.decode(text).token)
    assert.is_nil(text:find(KEY:reveal(), 1, true) or text:find("246810", 1, true))
  end)

  it("is only that of the same user, endpoint, tenant and key", function()
    cache():write(TOKEN, ACCESS, LIFE)
    for _, other in ipairs{
      cache{ username = "demo2", api_key = KEY },
      cache{ username = "demo", api_key = KEY, tenant = 5 },
      cache(USER, "https://lon.identity.example/v2.0"),
      cache{ username = "demo", api_key = core.secret("another-key") },
      cache{ username = "demo", password = KEY } } do
      assert.is_nil(other:read())
    end
    assert.is_table(cache{ username = "demo", api_key = core.secret(KEY:reveal()) }:read())
    assert.same({}, warnings)
  end)

  it("is none of a user who gives no name, or no key", function()
    assert.is_nil(cache{ token = TOKEN, tenant = 5 })
    assert.is_nil(cache{ username = "demo" })
    assert.is_nil(cache{ user_key = "k", secret_key = KEY })
  end)

  it("is removed when it is refused, and only then", function()
    cache():write(TOKEN, ACCESS, LIFE)
    cache():evict(core.secret("another-token"))
    assert.equal(1, #files())
    cache():evict(TOKEN)
    assert.same({}, files())
    cache():evict(TOKEN)
    assert.same({}, warnings)
  end)

  it("is ignored with a warning when it is cut short anywhere", function()
    cache():write(TOKEN, ACCESS, LIFE)
    local path = cache().path
    local text = file.read(path)
    for length = 0, #text - 2 do
      local out = assert(io.open(path, "wb"))
      out:write(text:sub(1, length))
      out:close()
      assert.is_nil(cache():read())
      assert.equal(length + 1, #warnings)
    end
    assert.equal(("the kept token of %s is ignored: it holds no token, or only a part of one")
      :format(path), warnings[1])
  end)

  it("is ignored with a warning when it makes no sense", function()
    local path = cache().path
    local whole = { form = 1, check = "0000", token = "t", life = LIFE, access = ACCESS }
    for i, change in ipairs{ { form = 2 }, { check = 5 }, { token = "" }, { token = "a\r\nX: y" },
      { token = "a b" }, { token = 5 }, { life = 5 }, { life = { issued = 1, skew = 0 } },
      { life = { issued = 1, skew = 0, expires = "2026" } }, { access = "x" } } do
      local copy = {}
      for name, value in pairs(whole) do
        copy[name] = value
      end
      for name, value in pairs(change) do
        copy[name] = value
      end
      file.write(path, json.encode(copy))
      assert.is_nil(cache():read())
      assert.equal(i, #warnings)
      cache():evict(core.secret("t"))
      table.remove(warnings)
    end
    file.write(path, '{"form":1e999}')
    assert.is_nil(cache():read())
    file.write(path, ("["):rep(100000))
    assert.is_nil(cache():read())
    file.write(path, ("x"):rep(1048577))
    assert.is_nil(cache():read())
    assert.matches("it is too long$", warnings[#warnings])
  end)

  it("is ignored with a warning when others can reach it, or it is a link", function()
    cache():write(TOKEN, ACCESS, LIFE)
    local path = cache().path
    file.run("chmod 640 '%s'", path)
    assert.is_nil(cache():read())
    assert.equal(("the kept token of %s is ignored: it is open to others (chmod 600 closes it)")
      :format(path), warnings[1])
    file.run("chmod 600 '%s' && mv '%s' '%s/other' && ln -s other '%s'", path, path, folder, path)
    assert.is_nil(cache():read())
    cache():write(TOKEN, ACCESS, LIFE)
    assert.equal(("the token can't be kept in %s: it is no plain file"):format(folder),
      warnings[3])
    file.run("rm '%s'", path)
    cache():write(TOKEN, ACCESS, LIFE)
    assert.is_table(cache():read())
    file.run("chmod 755 '%s'", folder)
    assert.is_nil(cache():read())
    cache():write(TOKEN, ACCESS, LIFE)
    assert.equal(("the token can't be kept in %s: it is open to others (chmod 700 closes it)")
      :format(folder), warnings[5])
  end)

  it("that can't be kept is a warning", function()
    folder = "/dev/null/folder"
    cache():write(TOKEN, ACCESS, LIFE)
    assert.same({ "the token can't be kept in /dev/null/folder: Not a directory" }, warnings)
    folder = file.folder()
    cache():write(TOKEN, { user = { f = print } }, LIFE)
    assert.equal(("the token can't be kept in %s: JSON has no function"):format(folder),
      warnings[2])
    cache():write(TOKEN, { user = { f = ("x"):rep(1048576) } }, LIFE)
    assert.equal(("the token can't be kept in %s: it is too long"):format(folder), warnings[3])
    assert.same({}, files())
  end)
end)

describe("a session", function()
  local box

  before_each(function()
    box = sandbox.start()
  end)

  local function open(settings)
    settings = settings or {}
    if settings.cache == nil then
      settings.cache = folder
    end
    local rs = assert(rackspace.new(box:settings(settings)))
    local heard = stub.warnings(rs)
    return rs, heard
  end

  it("logs in only where no token is kept for its user", function()
    local rs = open()
    assert.same({}, files())
    local me = assert(rs.identity:whoami())
    assert.equal(1, #files())
    rs:close()
    rs = open()
    assert.equal(10101, assert(rs.accounts:get("CLOUD/10101")).number)
    assert.same(me, assert(rs.identity:whoami()))
    assert.equal("demo", assert(rs.identity:validate()).user.name)
    assert.is_true(#assert(rs.identity:tenants()) > 0)
    assert.is_true(#assert(rs.identity:endpoints()) > 0)
    assert.equal(1, box:logins())
    assert.is_false(strings.shows(rs.auth.access, rs.auth.secret:reveal()))
    rs:close()
  end)

  it("logs in with a new key, though the old one's token is there", function()
    local rs = open()
    assert(rs.identity:whoami())
    rs:close()
    rs = open{ api_key = "wrong" }
    local _, _, err = rs.identity:whoami()
    assert.equal("auth", err.kind)
    assert.equal(401, err.status)
    rs:close()
  end)

  it("logs in once when the kept token is refused, and keeps the next", function()
    local rs = open()
    assert(rs.accounts:get("CLOUD/10101"))
    local before = file.read(folder .. "/" .. files()[1])
    rs:close()
    box:control("POST", "revoke")
    local heard
    rs, heard = open()
    assert(rs.accounts:get("CLOUD/10101"))
    assert.equal(2, box:logins())
    rs:close()
    assert.are_not.equal(before, file.read(folder .. "/" .. files()[1]))
    rs = open()
    assert(rs.accounts:get("CLOUD/10101"))
    assert.equal(2, box:logins())
    assert.same({}, heard)
    rs:close()
  end)

  it("leaves no token that was refused, also where there can't be another", function()
    local rs = open()
    assert(rs.accounts:get("CLOUD/10101"))
    box:control("POST", "revoke")
    box:control("POST", "faults", '{"operation":"identity.authenticate","status":401}')
    local _, _, err = rs.accounts:get("CLOUD/10101")
    assert.equal("auth", err.kind)
    assert.same({}, files())
    rs:close()
  end)

  it("leaves no token that it revoked", function()
    local rs = open()
    assert(rs.identity:login())
    assert.equal(1, #files())
    assert(rs.identity:revoke())
    assert.same({}, files())
    rs:close()
  end)

  it("does not use a kept token that ends soon", function()
    local rs = open()
    assert(rs.identity:whoami())
    rs:close()
    local clock = stub.clock(core.now() + 2 * 86400)
    rs = open{ clock = { time = clock.time, monotonic = core.monotonic, sleep = core.sleep } }
    assert(rs.identity:whoami())
    assert.equal(2, box:logins())
    rs:close()
  end)

  it("keeps none when it is turned off", function()
    local rs = open{ cache = false }
    assert(rs.identity:whoami())
    rs:close()
    assert.same({}, files())
  end)

  it("goes on with a warning where none can be kept", function()
    local rs, heard = open{ cache = "/dev/null/folder" }
    assert(rs.accounts:get("CLOUD/10101"))
    assert(rs.accounts:get("CLOUD/10101"))
    assert.equal(1, box:logins())
    assert.same({ "the kept token of /dev/null/folder/" .. rs.auth.store.name ..
      " is ignored: Not a directory",
      "the token can't be kept in /dev/null/folder: Not a directory" }, heard)
    rs:close()
  end)

  -- Runs a script in another process, with the settings of this sandbox.
  local function start(code, wrap)
    local path = file.write(file.folder() .. "/script.lua", ([[
      local rackspace = require("rackspace")
      local settings = { username = %q, api_key = %q, cache = %q, endpoints = {
        identity = %q, customer = %q } }
      ]]):format(box.credentials.username, box.credentials.api_key, folder,
      box.endpoints.identity, box.endpoints.customer) .. code)
    local program = os.getenv("RACKSPACE_PROGRAM") or "rackspace"
    return child.start((wrap or "%s"):format(
      ("env -u LD_PRELOAD RACKSPACE_LUA_PATH=lua %s %s"):format(program, path)))
  end

  it("shares its token with another process that runs at the same time", function()
    local code = [[
      local warnings = 0
      for i = 1, 40 do
        local rs = assert(rackspace.new(settings))
        rs:on("warning", function() warnings = warnings + 1 end)
        if i % 4 == 0 then
          assert(rs.identity:login())
        end
        assert(rs.accounts:get("CLOUD/10101"))
        rs:close()
      end
      print("warnings", warnings)]]
    local first, second = start(code), start(code)
    assert.equal("warnings\t0", first:first_line())
    assert.equal("warnings\t0", second:first_line())
    assert.equal(1, #files())
    local logins = box:logins()
    assert.is_true(logins >= 20 and logins <= 22)
    local rs = open()
    assert(rs.accounts:get("CLOUD/10101"))
    assert.equal(logins, box:logins())
    rs:close()
  end)

  it("goes on when the disk is full, and leaves nothing of what it began", function()
    local code = [[
      local rs = assert(rackspace.new(settings))
      local text
      rs:on("warning", function(event) text = event.message end)
      local account = assert(rs.accounts:get("CLOUD/10101"))
      io.stdout:write(account.number, " ", tostring(text), "\n")]]
    -- A limit of zero bytes for files acts like a full disk. It does not apply
    -- to the pipe that carries the response.
    local process = start(code, "env -u LD_PRELOAD sh -c " ..
      "'trap \"\" XFSZ; (ulimit -f 0; exec %s) | cat'")
    assert.equal(("10101 the token can't be kept in %s: File too large"):format(folder),
      process:first_line())
    assert.same({}, files())
  end)
end)

describe("no token is kept", function()
  local function session_of(settings)
    local rs = assert(rackspace.new(settings))
    assert(rs.accounts:get("CLOUD/10101"))
    return rs
  end

  it("of a sandbox in the process or elsewhere, unless requested", function()
    local box = sandbox.start()
    for _, choice in ipairs{ true, box.url } do
      local rs = session_of{ sandbox = choice }
      assert.is_false(rs.settings.cache)
      rs:close()
      rs = session_of{ sandbox = choice, cache = folder }
      assert.equal(choice == true and 1 or 2, #files())
      rs:close()
    end
  end)

  it("of a transport of the script's own, unless requested", function()
    local function answer(request)
      return request.operation == "identity.login" and
        stub.access("a-token", "2099-01-01T00:00:00Z") or stub.reply(200, { id = "1" })
    end
    local user = { token = false, username = "demo", api_key = "k" }
    local rs = stub.session(answer, user)
    assert(rs.accounts:get("CLOUD/1"))
    assert.is_false(rs.settings.cache)
    user.cache = folder
    rs = stub.session(answer, user)
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal(1, #files())
    local requests
    rs, requests = stub.session(answer, user)
    assert(rs.accounts:get("CLOUD/1"))
    assert.equal(1, #requests)
  end)

  it("of which the end is unknown", function()
    local rs = stub.session(function(request)
      return request.operation == "identity.login" and stub.access("a-token", "soon") or
        stub.reply(200, { id = "1" })
    end, { token = false, username = "demo", api_key = "k", cache = folder })
    assert(rs.accounts:get("CLOUD/1"))
    assert.same({}, files())
  end)
end)
