--- proxy_spec.lua - the session as a confined script sees it
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local proxy = require("rackspace.embed.proxy")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")

describe("the proxy of a session", function()
  local session, rs

  before_each(function()
    session = assert(rackspace.new{ sandbox = true })
    rs = proxy.new{ session_of = function() return session end,
      charge = function() end, errors = {} }
  end)

  it("calls operations, and turns pages", function()
    assert.equal(10101, rs.accounts:get("CLOUD/10101").number)
    local count = 0
    for account in rs.accounts:list{ limit = 50 } do
      assert.is_string(account.type)
      count = count + 1
    end
    assert.equal(137, count)
    local pager = rs.accounts:list{ limit = 50 }
    assert.equal(50, #pager:pages()())
    assert.equal(50, #rs.accounts:list{ cursor = pager:cursor() }:totable(50))
    assert.is_false(pager:complete())
    assert.equal("pager (accounts.list)", tostring(pager))
    assert.matches("accounts%.list: what it gives comes page by page",
      raises(function() return pager[1] end))
    assert.is_number(rs.time())
  end)

  it("has nothing but the services and the time", function()
    for _, name in ipairs{ "auth", "settings", "transport", "scheduler",
      "service", "request", "perform", "close" } do
      assert.has_error(function() return rs[name] end,
        ("there is no rs.%s for a confined script"):format(name))
    end
    assert.is_nil(next(rs))
    assert.is_nil(next(rs.accounts))
    assert.is_false(getmetatable(rs))
  end)

  it("copies arguments and results", function()
    rs.identity:whoami().user = nil
    assert.is_table(rs.identity:whoami().user)
    local options = setmetatable({ limit = 1 }, { __index = function()
      error("the script's code ran")
    end })
    assert.is_table(rs.accounts:list(options)())
  end)

  it("takes no functions, userdata or threads", function()
    for kind, value in pairs{ ["function"] = print,
        userdata = core.secret("x"),
        thread = coroutine.create(function() end) } do
      local expected = "takes plain values, not a " .. kind
      local pager = rs.accounts:list()
      for _, argument in ipairs{ { limit = value }, { [value] = 1 },
          { limit = { { value } } } } do
        assert.equal(expected,
          raises(function() rs.accounts:list(argument) end))
      end
      assert.equal(expected, raises(function() rs.accounts:get(value) end))
      assert.equal(expected, raises(function() pager:totable(value) end))
    end
  end)

  it("shows a secret as a text", function()
    session.identity = nil
    rawset(session, "accounts", { get = function()
      return { key = core.secret("hidden"), call = print }
    end })
    assert.same({ key = "<secret>" }, rs.accounts:get("CLOUD/10101"))
  end)

  it("returns errors that hold no part of the session", function()
    local value, message, err = rs.accounts:get("CLOUD/1")
    assert.is_nil(value)
    assert.equal(message, tostring(err))
    assert.equal("not_found", err.kind)
    assert.is_nil(err.curl)
    assert.is_false(getmetatable(err))
  end)

  it("raises mistakes at the script's line", function()
    local ok, message = pcall(function()
      rs.accounts:get()
    end)
    assert.is_false(ok)
    assert.is_truthy(message:find(
      "proxy_spec.lua:%d+: accounts.get: 'account' is missing"))
    ok, message = pcall(function() rs.accounts.get("CLOUD/1") end)
    assert.is_false(ok)
    assert.is_truthy(message:find("call it with a colon", 1, true))
  end)

  it("refuses to name files", function()
    for _, attachment in ipairs{ "/etc/passwd", { path = "/etc/passwd" },
      { filename = "x" } } do
      assert.has_error(function()
        rs.tickets:create{ comment = { text = "x",
          attachments = { attachment } } }
      end)
    end
    for _, name in ipairs{ "attach", "download" } do
      local ok, message = pcall(function()
        rs.tickets[name](rs.tickets, "190101-00001", "/etc/passwd")
      end)
      assert.is_false(ok)
      assert.is_truthy(message:find("names no files", 1, true), message)
    end
  end)
end)
