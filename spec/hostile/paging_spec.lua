--- paging_spec.lua - lists whose pages lead astray
-- SPDX-License-Identifier: MIT
local hostile = require("spec.support.hostile")

describe("a list", function()
  local stranger

  before_each(function()
    stranger = hostile.stranger()
  end)

  after_each(function()
    hostile.assert_unseen(stranger)
    hostile.close_all()
  end)

  --- A peer that gives page after page: `code` sets `items` and `href` by the
  -- page's number `n` and its `query`.
  local function pages(code, settings)
    return hostile.against(([[
      local n = 0
      while true do
        local request = connection:request()
        if not request then
          return
        end
        n = n + 1
        local query = request:match("^GET [^ ?]*%%??([^ ]*)")
        local items, href = '{"id":"' .. n .. '"}', nil
        local _ = query
        %s
        connection:send(reply(200, '{"customerAccount":[' .. items .. ']'
          .. (href and ',"link":[{"rel":"next","href":"' .. href .. '"}]' or "") .. "}"))
      end]]):format(code), settings)
  end

  --- The ids that a walk gives before its error, and the error.
  local function walk(rs)
    local ids, pager = {}, rs.accounts:list()
    local ok, err = pcall(function()
      for account in pager do
        ids[#ids + 1] = account.id
      end
    end)
    return ids, not ok and err or nil, pager
  end

  local function assert_ends(rs, count, text)
    local ids, err = walk(rs)
    assert.equal(count, #ids)
    assert.is_table(err)
    hostile.assert_failure("protocol", text, nil, err.message, err)
  end

  it("whose next page is on another host goes on at its own", function()
    local rs, peer = pages(([[
      if n == 1 then
        href = "%s/v1/customer_accounts?marker=2"
      elseif n == 2 then
        href = "//127.0.0.1:%s/elsewhere?marker=3"
      elseif n == 3 then
        href = "http://user:word@127.0.0.1:%s/?marker=4"
      end]]):format(stranger.url, stranger.port, stranger.port))
    assert.same({ "1", "2", "3", "4" }, (walk(rs)))
    local requests = peer:requests()
    assert.equal(4, #requests)
    for i, request in ipairs(requests) do
      assert.is_truthy(request:find("^GET /v1/customer_accounts" .. (i > 1 and "%?marker=" .. i
        or "") .. " HTTP/1.1\r\n"), request)
      assert.is_truthy(request:find("\r\nHost: 127.0.0.1:" .. peer.port .. "\r\n", 1, true))
    end
  end)

  it("whose next page is on http, a file or nowhere goes on at its own", function()
    local rs, peer = pages(([[
      href = ({ "http://127.0.0.1:%s?marker=2", "file:///etc/passwd?marker=3",
        "javascript:alert(1)?marker=4", "?marker=5" })[n] ]]):format(stranger.port))
    assert.same({ "1", "2", "3", "4", "5" }, (walk(rs)))
    assert.equal(5, #peer:requests())
  end)

  it("whose next page would break the request's line asks in one line", function()
    local rs, peer = pages([[
      if n == 1 then
        href = "?marker=2 HTTP/1.1\\r\\nX-Evil: 1\\r\\n\\r\\nGET /evil\\u0000#frag"
      end]])
    assert.same({ "1", "2" }, (walk(rs)))
    local requests = peer:requests()
    assert.equal(2, #requests)
    assert.is_truthy(requests[2]:find("^GET /v1/customer_accounts%?marker=2%%20HTTP/1.1%%0D%%0AX"))
    assert.is_nil(requests[2]:find("\nX-Evil", 1, true))
  end)

  it("whose next page is itself, and never the same, ends when it was read twice", function()
    local rs, peer = pages("href = '?marker=a'")
    assert_ends(rs, 3, "the next page is one that was read before; the walk ends here")
    assert.equal(3, #peer:requests())
    rs = pages("href = '/v1/customer_accounts'")
    assert_ends(rs, 2, "the next page is one that was read before")
  end)

  it("whose pages go round in a cycle of three ends, after the third", function()
    local rs, peer = pages("href = '?marker=' .. n % 3")
    assert_ends(rs, 4, "the next page is one that was read before")
    assert.equal(4, #peer:requests())
  end)

  it("whose pages are empty for ever ends", function()
    local rs, peer = pages("items, href = '', '?marker=' .. n")
    assert_ends(rs, 0, "1000 pages in a row hold nothing new; the walk ends here")
    assert.equal(1000, #peer:requests())
  end)

  it("whose pages bring the same for ever ends", function()
    local rs = pages([[
      items, href = '{"id":"1","type":"CLOUD"}', "?marker=" .. n]])
    assert_ends(rs, 1, "1000 pages in a row hold nothing new")
  end)

  it("whose pages are empty for ever ends page by page, too", function()
    local rs = pages("items, href = '', '?marker=' .. n")
    local count, err = 0, nil
    local ok = pcall(function()
      local each = rs.accounts:list():pages()
      while true do
        local fine, page = pcall(each)
        if not fine then
          err = page
          error(page, 0)
        end
        count = page and count + 1 or error("it ended", 0)
      end
    end)
    assert.is_false(ok)
    assert.equal(1000, count)
    hostile.assert_failure("protocol", "1000 pages in a row", nil, err.message, err)
  end)

  it("with some empty pages goes on", function()
    local rs = pages([[
      href = n < 400 and "?marker=" .. n or nil
      items = n % 100 == 0 and items or ""]])
    assert.same({ "100", "200", "300", "400" }, (walk(rs)))
  end)

  it("with a marker of a megabyte ends", function()
    local rs, peer = pages("href = '?marker=' .. ('x'):rep(1048576)")
    assert_ends(rs, 1, "the next page's query passes the bound of 65536 bytes; the walk ends here")
    assert.equal(1, #peer:requests())
  end)

  it("with a marker of a megabyte in its records ends", function()
    local rs, peer = hostile.against([[
      while connection:request() do
        connection:send(reply(200, '{"feed":{"entry":[{"id":"' .. ('x'):rep(1048576) .. '"}]}}'))
      end]])
    local pager = rs.tickets:events("10101", { limit = 1 })
    assert.equal(1048576, #assert(pager:totable(1))[1].id)
    hostile.assert_failure("protocol", "the next page's query passes the bound of 65536 bytes",
      pager:totable())
    assert.equal(1, #peer:requests())
  end)

  it("whose links are none ends as a list does", function()
    for _, link in ipairs{ "5", '"x"', "{}", "[5]", '[{"rel":5,"href":{}}]', '[{"rel":"next"}]',
      '[null]', '[{"rel":"next","href":null}]', "true" } do
      local rs = hostile.against(([[
        connection:request()
        connection:send(reply(200, '{"customerAccount":[{"id":"1"}],"link":%s}'))]]):format(link))
      assert.same({ "1" }, (walk(rs)))
    end
  end)

  it("that breaks off in a walk gives what came before, and then its error", function()
    local rs = pages([[
      kept.n = (kept.n or 0) + 1
      href = "?marker=" .. n
      if kept.n >= 3 then
        connection:reset()
        return
      end]])
    local ids, err, pager = walk(rs)
    assert.same({ "1", "2" }, ids)
    hostile.assert_failure("network", "", nil, err.message, err)
    assert.is_string(pager:cursor())
  end)
end)
