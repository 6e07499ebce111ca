--- walk_spec.lua - from page to page, one ahead
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local paged = require("spec.support.paged")
local peer = require("spec.support.peer")
local rackspace = require("rackspace")
local sandbox = { new = require("rackspace").sandbox }
local stub = require("spec.support.stub")

local BASE, ids_of, session, walk = paged.BASE, paged.ids_of, paged.session, paged.walk

describe("a walk", function()
  it("gives every item of every page, in order, by the server's links", function()
    local rs, requests = session{ { "1 2", BASE .. "?marker=a&limit=2" },
      { "3 4", "?marker=b&limit=2" }, { "5" } }
    assert.equal("1 2 3 4 5", walk(rs.accounts:list{ limit = 2 }))
    assert.equal(BASE .. "?limit=2", requests[1].url)
    assert.equal(BASE .. "?marker=a&limit=2", requests[2].url)
    assert.equal(BASE .. "?marker=b&limit=2", requests[3].url)
    assert.equal(3, #requests)
  end)

  it("asks for nothing before its first item is wanted", function()
    local rs, requests = session{ { "1" } }
    local pager = rs.accounts:list()
    assert.equal("pager (accounts.list)", tostring(pager))
    assert.equal(0, #requests)
    assert.equal("1", pager().id)
    assert.is_nil(pager())
    assert.is_nil(pager())
    assert.equal(1, #requests)
  end)

  it("may have nothing in it", function()
    assert.equal("", walk(session{ { "" } }.accounts:list()))
    assert.same({}, session{ { "" } }.accounts:list():totable())
  end)

  it("takes a rel in any case, and passes over links that are none", function()
    assert.equal("1 2", walk(session{ { "1", "?marker=a", "nExt" }, { "2" } }.accounts:list()))
    assert.equal("1", walk(session{ { "1", 5 } }.accounts:list()))
    assert.equal("1", walk(session{ { "1", { "?marker=a" } } }.accounts:list()))
    assert.equal("1", walk(session{ { "1", "?marker=a", "via" } }.accounts:list()))
  end)

  it("takes only the query of a link, and keeps to its own path", function()
    local rs, requests = session{ { "1", "https://evil.example:99/other/path?marker=a#x" },
      { "2" } }
    assert.equal("1 2", walk(rs.accounts:list()))
    assert.equal(BASE .. "?marker=a", requests[2].url)
  end)

  it("carries filters over that a link leaves out", function()
    local rs, requests = session{ { "1", "?marker=a" }, { "2", "?marker=b&accountType=CLOUD" },
      { "3" } }
    walk(rs.accounts:list{ accountType = "CLOUD", domain = "d&é", limit = 1 })
    assert.equal(BASE .. "?marker=a&domain=d%26%C3%A9&accountType=CLOUD", requests[2].url)
    assert.equal(BASE .. "?marker=b&accountType=CLOUD&domain=d%26%C3%A9", requests[3].url)
  end)

  it("goes on over an empty page that has a next one", function()
    assert.equal("1 2", walk(session{ { "1", "?marker=a" }, { "", "?marker=b" },
      { "", "?marker=c" }, { "2" } }.accounts:list()))
  end)

  it("gives an account once that two neighbouring pages share", function()
    assert.equal("1 2 3 4", walk(session{ { "1 2", "?marker=a" }, { "2 3", "?marker=b" },
      { "3 4" } }.accounts:list()))
    assert.equal("1 2", walk(session{ { "1 2", "?marker=a" }, { "2 1" } }.accounts:list()))
  end)

  it("gives one again that an earlier page had, or that a page has twice", function()
    assert.equal("1 2 3 1 5 5", walk(session{ { "1", "?marker=a" }, { "2 3", "?marker=b" },
      { "1 5 5" } }.accounts:list()))
  end)

  it("ends when a page comes again, after that page's own items", function()
    local rs, requests = session{ { "1", "?marker=a" }, { "2", "?marker=b" },
      { "3", "?limit=9&marker=a" } }
    local pager, seen = rs.accounts:list(), {}
    local ok, err = pcall(function()
      for account in pager do
        seen[#seen + 1] = account
      end
    end)
    assert.is_false(ok)
    assert.equal("1 2 3", ids_of(seen))
    assert.equal("protocol", err.kind)
    assert.equal("accounts.list", err.operation)
    assert.matches("read before", tostring(err))
    assert.equal(3, #requests)
    ok, err = pcall(pager)
    assert.is_false(ok)
    assert.equal("protocol", err.kind)
  end)

  it("raises its error as a table, with the page's failure, each time", function()
    local rs, requests = session{ { "1", "?marker=a" },
      function() return stub.reply(503, { fault = { message = "down" } }) end }
    local pager = rs.accounts:list()
    assert.equal("1", pager().id)
    for _ = 1, 2 do
      local ok, err = pcall(pager)
      assert.is_false(ok)
      assert.equal("server", err.kind)
      assert.equal(503, err.status)
      assert.equal("accounts.list: 503 down", tostring(err))
    end
    assert.equal(2, #requests)
  end)

  it("has no count where the service has none, and asks nothing for it", function()
    local rs, requests = session{ { "1" } }
    local pager = rs.accounts:list()
    assert.is_nil(pager:total())
    assert.equal(0, #requests)
  end)
end)

describe("a walk's direction", function()
  local box = sandbox.new{ accounts = 40 }
  local rs = assert(rackspace.new{ sandbox = box })

  local function pages_of(options)
    local pages = {}
    for page in rs.accounts:list(options):pages() do
      pages[#pages + 1] = ids_of(page)
    end
    return pages
  end

  it("is backward, towards older ones, when it is not said", function()
    assert.same(pages_of{ limit = 9 }, pages_of{ limit = 9, direction = "backward" })
  end)

  it("forward goes the other way, over the same accounts", function()
    local all = rs.accounts:list():totable()
    local seen, count = {}, 0
    for account in rs.accounts:list{ limit = 9, direction = "forward" } do
      assert.is_nil(seen[account.id])
      seen[account.id], count = true, count + 1
    end
    assert.equal(#all, count)
    local forward = pages_of{ limit = 9, direction = "forward" }
    assert.matches(all[#all].id .. "$", forward[1])
    assert.matches("^" .. all[1].id, forward[#forward])
  end)

  it("from the last page on there is nothing more, but forward everything", function()
    local all = rs.accounts:list():totable()
    local last = rs.accounts:list{ limit = 9, marker = "last" }:totable()
    assert.equal(all[#all].id, last[#last].id)
    assert.is_true(#last < #all)
    local back = rs.accounts:list{ limit = 9, marker = "last", direction = "forward" }:totable()
    assert.equal(#all, #back)
  end)
end)

describe("reading ahead", function()
  after_each(child.close_all)

  local PAGES = [[
    local page = tonumber(request.target:match("marker=(%d+)") or 1)
    local link = page < 4 and '{"rel":"next","href":"?marker=' .. page + 1 .. '"}' or ""
    return reply(200, ('{"customerAccount":[{"type":"C","id":"%d"},{"type":"C","id":"%d.5"}],'
      .. '"link":[%s]}'):format(page, page, link))]]

  it("has the next page's request in flight while a page is worked on, and no other", function()
    local service = peer.start(PAGES)
    local rs = assert(rackspace.new(service:settings()))
    local pager = rs.accounts:list()
    assert.equal("1", pager().id)
    -- nothing of the session runs from here on
    assert.equal(2, #service:wait_for(2))
    assert.equal("/v1/customer_accounts?marker=2", service:requests()[2].target)
    assert.equal("1.5", pager().id)
    assert.equal(2, #service:requests())
    assert.equal("2", pager().id)
    assert.equal(3, #service:wait_for(3))
    assert.equal(5, #pager:totable())
    assert.equal(4, #service:requests())
    rs:close()
  end)

  it("has it for whole pages too", function()
    local service = peer.start(PAGES)
    local rs = assert(rackspace.new(service:settings()))
    assert.equal(2, #rs.accounts:list():pages()())
    assert.equal(2, #service:wait_for(2))
    rs:close()
  end)

  it("lets one log-in serve both, when the token is refused on the way", function()
    local service = peer.start([[
      if request.method == "POST" then
        kept.logins = (kept.logins or 0) + 1
        return access("token-" .. kept.logins)
      elseif request.target:find("marker=2") and not kept.refused then
        kept.refused = true
        return reply(401, "")
      end]] .. PAGES)
    local rs = assert(rackspace.new(service:settings{ token = false, username = "u",
      api_key = "the-api-key" }))
    local pager = rs.accounts:list()
    pager()
    service:wait_for(3)
    assert(rs.accounts:list():totable(1))
    assert.equal(7, #pager:totable())
    local logins = 0
    for _, request in ipairs(service:requests()) do
      logins = logins + (request.method == "POST" and 1 or 0)
    end
    assert.equal(2, logins)
    rs:close()
  end)
end)
