--- cursor_spec.lua - cursors: where a walk over pages stands
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local LOOP = "the next page is one that was read before"
local TOO_LONG = "the next page's query passes the bound of 65536 bytes"

-- Goes from page to page by links; returns the number of pages.
local function walk(cursor, next_href)
  local pages = 1
  while true do
    local more, message = cursor:follow_link(next_href(cursor:query()))
    if not more then
      return pages, message
    end
    pages = pages + 1
  end
end

describe("core.cursor", function()
  it("stands at its first page", function()
    assert.equal("limit=2&marker=a", core.cursor("limit=2&marker=a"):query())
    assert.equal("", core.cursor():query())
    assert.equal("a=%20%00%C3%A9", core.cursor("a= \0\195\169"):query())
  end)

  it("is bounded", function()
    assert.equal(65536, #core.cursor(("a"):rep(65536)):query())
    assert.error_matches(function()
      core.cursor(("a"):rep(65537))
    end, "the query passes the bound of 65536 bytes")
    assert.has_error(function() core.cursor({}) end)
  end)

  it("hides what it holds", function()
    local cursor = core.cursor("marker=hush")
    assert.matches("^cursor: ", tostring(cursor))
    assert.not_matches("hush", tostring(cursor))
    assert.is_false(getmetatable(cursor))
    assert.has_error(function() cursor.query(io.stdout) end)
  end)

  describe("follow_link", function()
    it("takes only the query, whoever is named before it", function()
      local cursor = core.cursor("limit=2")
      for _, href in ipairs({
        "https://evil.example/v1?marker=b", "//evil.example?marker=c",
        "/v1/customers?marker=d", "?marker=e", "v1?marker=f#g?marker=h",
        "javascript:alert(1)?marker=i",
      }) do
        assert.is_true(cursor:follow_link(href))
        assert.equal(href:match("%?([^#]*)"), cursor:query())
      end
    end)

    it("ends without a link", function()
      local cursor = core.cursor("limit=2")
      assert.is_false(cursor:follow_link(nil))
      assert.is_false(cursor:follow_link())
      assert.equal("limit=2", cursor:query())
    end)

    it("sees a page again", function()
      local cursor = core.cursor("limit=2&marker=a")
      local more, message = cursor:follow_link("?marker=a")
      assert.is_nil(more)
      assert.equal(LOOP, message)
      assert.equal("limit=2&marker=a", cursor:query())
    end)

    it("sees a cycle of three", function()
      local after = { [""] = "?marker=1", ["marker=1"] = "?marker=2",
        ["marker=2"] = "?marker=3", ["marker=3"] = "?marker=1" }
      local pages, message = walk(core.cursor(), function(query)
        return after[query]
      end)
      assert.equal(4, pages)
      assert.equal(LOOP, message)
    end)

    it("walks further than it remembers", function()
      local pages, message = walk(core.cursor("marker=0"), function(query)
        local number = tonumber(query:match("%d+"))
        return number < 4999 and ("?marker=%d"):format(number + 1) or nil
      end)
      assert.equal(5000, pages)
      assert.is_nil(message)
    end)

    it("sees a cycle of 4,096 and none of 4,097", function()
      local function after(count)
        return function(query)
          return ("?marker=%d"):format((tonumber(query:match("%d+")) + 1) % count)
        end
      end
      local pages, message = walk(core.cursor("marker=0"), after(4096))
      assert.equal(4096, pages)
      assert.equal(LOOP, message)
      local longer, steps = after(4097), 0
      pages, message = walk(core.cursor("marker=0"), function(query)
        steps = steps + 1
        return steps < 5000 and longer(query) or nil
      end)
      assert.equal(5000, pages)
      assert.is_nil(message)
    end)

    it("stays where it is when a link is too long", function()
      local cursor = core.cursor("limit=2")
      for _ = 1, 2 do
        local more, message = cursor:follow_link("?" .. ("a"):rep(65537))
        assert.is_nil(more)
        assert.equal(TOO_LONG, message)
        assert.equal("limit=2", cursor:query())
      end
      assert.is_true(cursor:follow_link("?marker=b"))
    end)

    it("takes a text or nil", function()
      assert.has_error(function() core.cursor():follow_link({}) end)
      assert.has_error(function() core.cursor():follow_link(true) end)
    end)
  end)

  describe("follow_marker", function()
    it("sets the marker in the query", function()
      local cursor = core.cursor("limit=2")
      assert.is_true(cursor:follow_marker("marker", "a b/\195\169"))
      assert.equal("limit=2&marker=a%20b%2F%C3%A9", cursor:query())
      assert.is_true(cursor:follow_marker("marker", "c"))
      assert.equal("limit=2&marker=c", cursor:query())
    end)

    it("ends without a marker", function()
      assert.is_false(core.cursor("limit=2"):follow_marker("marker", nil))
    end)

    it("sees a marker again", function()
      local cursor = core.cursor("limit=2")
      assert.is_true(cursor:follow_marker("marker", "a"))
      assert.is_true(cursor:follow_marker("marker", "b"))
      local more, message = cursor:follow_marker("marker", "a")
      assert.is_nil(more)
      assert.equal(LOOP, message)
      assert.equal("limit=2&marker=b", cursor:query())
    end)

    it("refuses a marker of a megabyte", function()
      local cursor = core.cursor("limit=2")
      local more, message = cursor:follow_marker("marker", ("m"):rep(1048576))
      assert.is_nil(more)
      assert.equal(TOO_LONG, message)
      assert.is_true(cursor:follow_marker("marker", "b"))
      assert.equal("limit=2&marker=b", cursor:query())
    end)
  end)

  describe("follow_offset", function()
    it("stops where the total is reached, without one more request", function()
      local cursor = core.cursor("size=50")
      assert.is_true(cursor:follow_offset("offset", 50, 100))
      assert.equal("size=50&offset=50", cursor:query())
      assert.is_false(cursor:follow_offset("offset", 50, 100))
    end)

    it("asks for the one item that is left", function()
      local cursor = core.cursor("size=50&offset=50")
      assert.is_true(cursor:follow_offset("offset", 50, 101))
      assert.equal("size=50&offset=100", cursor:query())
      assert.is_false(cursor:follow_offset("offset", 1, 101))
    end)

    it("goes on after a short page when the total is not known", function()
      local cursor = core.cursor("size=50")
      assert.is_true(cursor:follow_offset("offset", 50))
      assert.is_true(cursor:follow_offset("offset", 50, nil))
      assert.equal("size=50&offset=100", cursor:query())
      assert.is_true(cursor:follow_offset("offset", 49))
      assert.equal("size=50&offset=149", cursor:query())
      assert.is_false(cursor:follow_offset("offset", 0))
    end)

    it("stops at an empty page, whatever the total", function()
      assert.is_false(core.cursor("size=50"):follow_offset("offset", 0, 1000))
      assert.is_false(core.cursor("size=50"):follow_offset("offset", 0))
      assert.is_false(core.cursor("size=50"):follow_offset("offset", 0 / 0))
      assert.is_false(core.cursor("size=50"):follow_offset("offset", math.huge))
    end)

    it("goes on by what came, not by what was asked for", function()
      local cursor = core.cursor("size=50")
      assert.is_true(cursor:follow_offset("offset", 20, 100))
      assert.equal("size=50&offset=20", cursor:query())
    end)
  end)

  it("frees what it holds", function()
    local dropped = setmetatable({}, { __mode = "v" })
    for i = 1, 100 do
      dropped[i] = core.cursor(("a"):rep(60000))
    end
    collectgarbage()
    collectgarbage()
    assert.is_nil(next(dropped))
  end)
end)
