--- settings_spec.lua - the settings of a session
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local services = require("rackspace.services")
local settings = require("rackspace.session.settings")

local USER = { username = "u", api_key = "k" }

local function check(options)
  return settings.check(options, services.endpoints())
end

local function complete(options, variables)
  local given = {}
  for name, value in pairs(options) do
    given[name] = value
  end
  for name, value in pairs(USER) do
    given[name] = given[name] or value
  end
  return settings.complete(assert(check(given)), services.endpoints(), function(name)
    return (variables or {})[name]
  end)
end

local function problem(options)
  local found, message = check(options)
  assert.is_nil(found)
  return message
end

describe("settings", function()
  it("have finite time-outs and bounds when nothing is said", function()
    local found = check({})
    assert.same({ 120, 10, 60, 64 * 1048576 },
      { found.timeout, found.connect_timeout, found.stall_timeout, found.max_body })
  end)

  it("are a copy: the script's table is never written", function()
    local given = { username = "u", api_key = "k", endpoints = { customer = "https://c/" } }
    local found = complete(given)
    assert.same({ username = "u", api_key = "k", endpoints = { customer = "https://c/" } }, given)
    assert.are_not.equal(given.endpoints, found.endpoints)
  end)

  it("are refused when they are unknown, with the nearest name", function()
    assert.equal("unknown setting 'apikey' (did you mean 'api_key'?)", problem{ apikey = "k" })
    assert.equal("unknown setting '1'", problem{ "k" })
    assert.equal("'endpoints' has no field 'custmer' (did you mean 'customer'?)",
      problem{ endpoints = { custmer = "https://x" } })
  end)

  it("are refused when they are of another type or out of bounds", function()
    for message, options in pairs{
      ["'username' must be a string, not a number"] = { username = 5 },
      ["'api_key' must be a string, not a table"] = { api_key = {} },
      ["'api_key' is empty"] = { api_key = " " },
      ["'password' holds a line break or a NUL byte"] = { password = "a\nb" },
      ["'tenant' is empty"] = { tenant = "" },
      ["'passcode' must be a function, not a string"] = { passcode = "123456" },
      ["'timeout' must be a number, not a string"] = { timeout = "5" },
      ["'timeout' must be at least 0.001"] = { timeout = 0 },
      ["'timeout' is not a number"] = { timeout = 0 / 0 },
      ["'stall_timeout' must be at most 1000000"] = { stall_timeout = math.huge },
      ["'max_body' must be a whole number, not 1.5"] = { max_body = 1.5 },
      ["'endpoints' must be a table, not a string"] = { endpoints = "https://x" },
      ["'endpoints' has a field 'customer' that must be a string, not a number"] =
        { endpoints = { customer = 5 } },
      ["'transport' must be a function, not a table"] = { transport = {} },
      ["'loop' must be a session or a loop of rackspace.loop.*"] = { loop = {} },
      ["'loop' has a clock of its own: 'clock' can't stand beside it"] = {
        loop = { scheduler = {} }, clock = { time = print, monotonic = print, sleep = print } },
      ["'sandbox' must be true, a URL or a sandbox, not a number"] = { sandbox = 5 },
      ["'cache' must be true, false or a folder's path, with a slash, not 'off'"] =
        { cache = "off" },
      ["'clock' must have time(), monotonic() and sleep(seconds)"] = { clock = {} },
      ["'email' has no 'secret_key', which it needs"] = { email = { user_key = "k" } },
      ["'user_agent' is empty or holds a control character"] = { user_agent = "a\tb" },
      ["'ca_file' holds a line break or a NUL byte"] = { ca_file = "/a\0b" },
      ["'proxy' holds a line break or a NUL byte"] = { proxy = "http://p\r\n" },
    } do
      assert.equal(message, problem(options))
    end
  end)

  it("may be false where that means none", function()
    assert.is_false(check{ sandbox = false }.sandbox)
  end)

  it("never show a secret in what they say", function()
    for _, name in ipairs{ "api_key", "password", "token" } do
      assert.is_nil(problem{ [name] = "hush\r\nhush" }:find("hush", 1, true))
    end
  end)

  it("have endpoints by the arguments, the environment and the region", function()
    local function of(name, options, variables)
      return complete(options, variables).endpoints[name]
    end
    local variables = { RACKSPACE_CUSTOMER_URL = "https://other", RS_AUTH_URL = "https://auth/v2.0",
      RACKSPACE_IDENTITY_URL = "https://own/v2.0" }
    assert.equal("https://mine", of("customer", { endpoints = { customer = "https://mine" } },
      variables))
    assert.equal("https://other", of("customer", {}, variables))
    assert.equal("https://own/v2.0", of("identity", {}, variables))
    for _, case in ipairs{ { { region = "uk" } }, { {}, { RS_REGION_NAME = "LON" } } } do
      assert.equal("https://lon.identity.api.rackspacecloud.com/v2.0",
        of("identity", case[1], case[2]))
    end
    local found, message = complete{ endpoints = { customer = "http://example.com" } }
    assert.is_nil(found)
    assert.matches("^the endpoint 'customer' can't be used: .*plain http", message)
  end)

  it("are refused without credentials, saying where these were looked for", function()
    local found, message = settings.complete(check({}), services.endpoints(), function(name)
      return name == "HOME" and "/nowhere" or nil
    end)
    assert.is_nil(found)
    for _, place in ipairs{ "the arguments", "RACKSPACE_* in the environment",
      "RS_* in the environment", "/nowhere/.config/rackspace/config", "/nowhere/.rack/config",
      "/nowhere/.rackspace_cloud_credentials", "sandbox = true", "RACKSPACE_SANDBOX=1" } do
      assert.matches(place, message, 1, true)
    end
  end)

  it("are complete with the keys of Email & Apps alone", function()
    local found = settings.complete(
      check{ email = { user_key = "uk", secret_key = "sk" } }, services.endpoints(),
      function() end)
    assert.equal("uk", found.credentials.user_key:reveal())
    assert.equal("<secret>", tostring(found.credentials.secret_key))
  end)

  it("call the session by its versions, the script's own name first", function()
    local agent = complete({}).user_agent
    assert.matches("^rackspace%-lua/" .. core._VERSION:gsub("%p", "%%%0") .. " %(Lua", agent)
    assert.matches("libcurl/%d", agent)
    assert.equal("billing/2 " .. agent, complete{ user_agent = "billing/2" }.user_agent)
  end)

  it("forget the secrets that the session keeps elsewhere", function()
    local found = complete{ password = "p" }
    found.token = "t"
    settings.forget_secrets(found)
    assert.same({}, { found.api_key, found.password, found.token, found.email })
  end)
end)
