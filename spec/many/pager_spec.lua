--- pager_spec.lua - lists that go over pages, and where they stand
-- SPDX-License-Identifier: MIT
local paged = require("spec.support.paged")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local sandbox = { new = require("rackspace").sandbox }
local stub = require("spec.support.stub")

local BASE, ids_of, session, walk = paged.BASE, paged.ids_of, paged.session, paged.walk

describe("pages with a limit", function()
  it("have so many items in all, and no more is asked for", function()
    local function sizes(limit, begun)
      local rs, requests = session{ { "1 2 3", "?marker=a" }, { "4 5 6", "?marker=b" },
        { "7" } }
      local pager, list = rs.accounts:list(), {}
      for _ = 1, begun or 0 do
        pager()
      end
      for page in pager:pages(limit) do
        list[#list + 1] = ids_of(page)
      end
      return table.concat(list, ",") .. " by " .. #requests, pager
    end
    assert.equal("1 2 by 1", (sizes(2)))
    assert.equal("1 2 3 by 1", (sizes(3)))
    assert.equal("1 2 3,4 by 2", (sizes(4)))
    assert.equal("1 2 3,4 5 6,7 by 3", (sizes(100)))
    assert.equal("2 3,4 by 2", (sizes(3, 1)))
    local _, pager = sizes(4)
    assert.equal("5 6 7", walk(pager))
    assert.matches("pages: the limit must be a whole number",
      raises(function() pager:pages("x") end))
  end)
end)

describe("a list's table", function()
  it("has at most as many as are wanted, and the next has the rest", function()
    local rs = session{ { "1 2 3", "?marker=a" }, { "4 5 6", "?marker=b" }, { "7" } }
    local pager = rs.accounts:list()
    assert.equal("1 2", ids_of(pager:totable(2)))
    assert.equal("", ids_of(pager:totable(0)))
    assert.equal("3 4", ids_of(pager:totable(2)))
    assert.equal("5", pager().id)
    assert.equal("6 7", ids_of(pager:totable()))
    assert.same({}, pager:totable())
  end)

  it("asks for no page that it doesn't need", function()
    local rs, requests = session{ { "1 2 3", "?marker=a" }, { "4 5 6", "?marker=b" } }
    rs.accounts:list():totable(3)
    assert.equal(1, #requests)
  end)

  it("fails as a call does", function()
    local rs = session{ { "1", "?marker=a" }, function() return stub.reply(500) end }
    local list, message, err = rs.accounts:list():totable()
    assert.is_nil(list)
    assert.equal("accounts.list: 500 the service failed", message)
    assert.equal("server", err.kind)
  end)

  it("is of a whole number of items", function()
    local pager = session{ { "1" } }.accounts:list()
    assert.equal("totable: the limit must be a whole number",
      raises(function() pager:totable("5") end))
    assert.equal("totable: the limit must be a whole number",
      raises(function() pager:totable(1.5) end))
  end)
end)

describe("whole pages", function()
  it("carry the server's links by lower-case rel, and their response's meta", function()
    local rs = session{ { "1 2", "?marker=a" }, { "3", "/x?y", "LAST" } }
    local seen = {}
    for page in rs.accounts:list():pages() do
      seen[#seen + 1] = ids_of(page)
      assert.equal("t" .. #seen, rs:meta(page).request_id)
      assert.equal("accounts.list", rs:meta(page).operation)
      assert.is_nil(page.total)
      assert.same(#seen == 1 and { next = "?marker=a" } or { last = "/x?y" }, page.links)
    end
    assert.same({ "1 2", "3" }, seen)
  end)

  it("are given when they are empty, too", function()
    local rs = session{ { "", "?marker=a" }, { "1" } }
    local counts = {}
    for page in rs.accounts:list():pages() do
      counts[#counts + 1] = #page
    end
    assert.same({ 0, 1 }, counts)
  end)

  it("begin with the rest of a page that was begun item by item", function()
    local rs = session{ { "1 2 3", "?marker=a" }, { "4" } }
    local pager = rs.accounts:list()
    pager()
    local next_page = pager:pages()
    local rest = next_page()
    assert.equal("2 3", ids_of(rest))
    assert.equal("t1", rs:meta(rest).request_id)
    assert.equal("?marker=a", rest.links.next)
    assert.equal("4", ids_of(next_page()))
    assert.is_nil(next_page())
    assert.is_nil(pager())
  end)

  it("raise as items do", function()
    local rs = session{ { "1", "?marker=a" }, function() return stub.reply(500) end }
    local next_page = rs.accounts:list():pages()
    assert.equal("1", ids_of(next_page()))
    local ok, err = pcall(next_page)
    assert.is_false(ok)
    assert.equal("server", err.kind)
  end)
end)

describe("a cursor", function()
  -- Stops after that many items, then goes on in another session.
  local function resume(box, options, count, stop)
    local rs = assert(rackspace.new{ sandbox = box })
    local pager = rs.accounts:list(options)
    local first = assert(stop(pager, count))
    local cursor = pager:cursor()
    if not cursor then
      return ids_of(first)
    end
    local rest = assert(rackspace.new{ sandbox = box }).accounts:list{ cursor = cursor }
    return ids_of(first) .. (#first > 0 and " " or "") .. walk(rest)
  end

  local function by_item(pager, count)
    local list = {}
    for i = 1, count do
      list[i] = pager()
    end
    return list
  end

  local function by_table(pager, count)
    return pager:totable(count)
  end

  local function exact(options, stop)
    local counts = {}
    for _, inclusive in ipairs{ false, true } do
      local box = sandbox.new{ accounts = 18, inclusive = inclusive }
      local all = assert(rackspace.new{ sandbox = box }).accounts:list(options):totable()
      counts[#counts + 1] = #all
      for count = 0, #all do
        assert.equal(ids_of(all), (resume(box, options, count, stop)),
          ("after %d, inclusive = %s"):format(count, tostring(inclusive)))
      end
    end
    assert.is_true(counts[1] > 10)
    assert.equal(counts[1], counts[2])
  end

  it("goes on after any item, without loss and without a double", function()
    exact({ limit = 5 }, by_item)
    exact({ limit = 5 }, by_table)
  end)

  it("does so in a forward walk", function()
    exact({ limit = 5, direction = "forward" }, by_item)
    exact({ limit = 5, direction = "forward" }, by_table)
  end)

  it("does so when pages are asked for, before it and after it", function()
    for _, inclusive in ipairs{ false, true } do
      local box = sandbox.new{ accounts = 18, inclusive = inclusive }
      local rs = assert(rackspace.new{ sandbox = box })
      local all = ids_of(rs.accounts:list():totable())
      for count = 1, 8 do
        local pager = rs.accounts:list{ limit = 5 }
        local first = ids_of(pager:totable(count))
        local seen = { first }
        local rest = rs.accounts:list{ cursor = pager:cursor() }
        for page in rest:pages() do
          assert.is_true(#page > 0)
          seen[#seen + 1] = ids_of(page)
        end
        assert.equal(all, table.concat(seen, " "))
      end
      local pager = rs.accounts:list{ limit = 5 }
      local next_page, seen = pager:pages(), {}
      seen[1] = ids_of(next_page())
      seen[2] = ids_of(next_page())
      assert.equal(all, table.concat(seen, " ") .. " " ..
        walk(rs.accounts:list{ cursor = pager:cursor() }))
    end
  end)

  it("goes on from a cursor that went on from a cursor, before and after it reads", function()
    local box = sandbox.new{ accounts = 18, inclusive = true }
    local rs = assert(rackspace.new{ sandbox = box })
    local all, ids = rs.accounts:list():totable(), {}
    local cursor = rs.accounts:list{ limit = 5 }:cursor()
    while cursor do
      local pager = rs.accounts:list{ cursor = cursor }
      assert.equal(cursor, pager:cursor())
      local account = pager()
      ids[#ids + 1] = account and account.id
      cursor = pager:cursor()
    end
    assert.equal(ids_of(all), table.concat(ids, " "))
  end)

  it("is none when there is nothing left", function()
    local rs = session{ { "1 2", "?marker=a" }, { "3" } }
    local pager = rs.accounts:list()
    pager:totable()
    assert.is_nil(pager:cursor())
  end)

  it("holds the filters, and the place after an error", function()
    local rs = session{ { "1 2", "?marker=a" }, function() return stub.reply(503) end }
    local pager = rs.accounts:list{ accountType = "CLOUD" }
    assert.is_nil(pager:totable())
    local cursor = pager:cursor()
    local other, requests = session{ { "1 2", "?marker=a" }, { "3" } }
    assert.equal("3", walk(other.accounts:list{ cursor = cursor }))
    assert.equal(BASE .. "?accountType=CLOUD", requests[1].url)
    assert.equal(BASE .. "?marker=a&accountType=CLOUD", requests[2].url)
  end)

  it("is refused at the caller's line when it is none", function()
    local rs = session{}
    assert.equal("accounts.list: 'cursor' is none that pager:cursor() gave",
      raises(function() rs.accounts:list{ cursor = "x" } end))
    assert.equal("accounts.list: 'cursor' is one of tickets.list",
      raises(function() rs.accounts:list{ cursor = "tickets.list?#0" } end))
    local long = "accounts.list?" .. ("x"):rep(70000) .. "#0"
    assert.matches("^accounts%.list: the query passes the bound",
      raises(function() rs.accounts:list{ cursor = long } end))
  end)

  it("of somebody else's making asks for no more than a page of this list", function()
    local rs, requests = session{ { "1" } }
    walk(rs.accounts:list{ cursor = "accounts.list?a b\r\nX-Evil: 1&c=\"#0" })
    assert.is_nil(requests[1].url:find("[%c ]"))
    assert.equal(BASE .. "?", requests[1].url:sub(1, #BASE + 1))
    rs = session{ { "1" } }
    assert.equal("", walk(rs.accounts:list{ cursor = "accounts.list?#99999999999999999999" }))
  end)
end)
