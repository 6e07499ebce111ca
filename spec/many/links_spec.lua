--- links_spec.lua - links, records' keys and cursors' text
-- SPDX-License-Identifier: MIT
local links = require("rackspace.many.links")

describe("a page's links", function()
  it("are found by their rel in lower case", function()
    assert.same({ next = "/a?b", via = "c" }, links.by_rel{ { rel = "NEXT", href = "/a?b" },
      { rel = "via", href = "c" } })
  end)

  it("are passed over when they are none", function()
    assert.same({}, links.by_rel(nil))
    assert.same({}, links.by_rel("next"))
    assert.same({ next = "/x" }, links.by_rel{ "text", 5, {}, { rel = "next" },
      { rel = 5, href = "/y" }, { rel = "next", href = 5 }, { rel = "Next", href = {} },
      { rel = "next", href = "/x" } })
  end)
end)

describe("a page's links, written otherwise,", function()
  local function read(value)
    return { links.by_rel(value) }
  end

  it("are hrefs by their rel, or records with an href", function()
    assert.same({ { next = "/b", self = "/a" }, true },
      read{ self = "/a", Next = { href = "/b" } })
    assert.same({ { next = "/b" }, true }, read{ rel = "next", href = "/b" })
  end)

  it("tell of pages by an empty href, too", function()
    assert.same({ { self = "/a" }, true }, read{ self = "/a", next = "", prev = "" })
    assert.same({ { self = "/a" }, false }, read{ self = "/a" })
    assert.same({ {}, false }, read{})
  end)

  it("are found beside the list, or around it", function()
    local list = { { rel = "next", href = "/b" } }
    assert.equal(list, links.find({ link = list }, "accounts"))
    assert.equal(list, links.find({ _links = list }, "tickets"))
    assert.equal(list, links.find({ feed = { link = list } }, "feed.entry"))
    assert.is_nil(links.find({ feed = 5 }, "feed.entry"))
    assert.is_nil(links.find({ feed = { link = list } }, "accounts"))
  end)
end)

describe("the link that leads on", function()
  local both = { next = "/l?direction=backward&marker=n",
    previous = "/l?direction=forward&marker=p" }

  it("is next, when the walk has no direction", function()
    assert.equal(both.next, links.onward(both, nil))
    assert.is_nil(links.onward({ previous = both.previous }, nil))
  end)

  it("is the one that keeps the walk's direction", function()
    assert.equal(both.next, links.onward(both, "backward"))
    assert.equal(both.previous, links.onward(both, "forward"))
  end)

  it("is none when only the other direction has one", function()
    assert.is_nil(links.onward({ next = both.next }, "forward"))
    assert.is_nil(links.onward({ previous = both.previous }, "backward"))
  end)

  it("is a next that says nothing of directions", function()
    assert.equal("/l?marker=3", links.onward({ next = "/l?marker=3" }, "forward"))
  end)
end)

describe("a walk's filters", function()
  it("are added to a link that leaves them out", function()
    assert.equal("?marker=2&accountType=CLOUD&domain=d",
      links.carry_filters("/l?marker=2", "accountType=CLOUD&domain=d&limit=5"))
    assert.equal("?accountType=CLOUD", links.carry_filters("/l", "accountType=CLOUD"))
    assert.equal("?m=1&a=2", links.carry_filters("http://h/l?m=1#part", "a=2"))
  end)

  it("are not doubled, and where a page begins is no filter", function()
    local href = "/l?marker=2&accountType=CLOUD"
    assert.equal(href, links.carry_filters(href, "accountType=CLOUD"))
    assert.equal(href, links.carry_filters(href,
      "marker=1&limit=5&direction=forward&offset=1&size=2"))
  end)

  it("may have names of any characters", function()
    assert.equal("?marker=2&a%5B0%5D=1&b-c=2&d.e=3",
      links.carry_filters("/l?marker=2", "a%5B0%5D=1&b-c=2&d.e=3"))
    local href = "/l?a%5B0%5D=1&b-c=2"
    assert.equal(href, links.carry_filters(href, "a%5B0%5D=1&b-c=2"))
  end)

  it("are read by their whole name", function()
    assert.equal("1", links.parameter("xlimit=2&limit=1", "limit"))
    assert.equal("", links.parameter("limit=", "limit"))
    assert.is_nil(links.parameter("limits=1", "limit"))
    assert.is_nil(links.parameter("", "limit"))
  end)
end)

describe("records that others have, too", function()
  local function places(items, names, others)
    local _, records = links.find_doubles(others, names, {})
    return (links.find_doubles(items, names, records))
  end

  it("are told by their fields of the names", function()
    local names = { "type", "id" }
    local others = { { type = "A", id = "1" }, { type = "B", id = "2" } }
    assert.same({ 1, 3 }, places({ { id = "1", type = "A", more = 1 },
      { id = "2", type = "A" }, { id = "2", type = "B" },
      { id = "1", type = "B" } }, names, others))
    assert.same({ 2 }, places({ { id = 3 }, { id = 1 } }, { "id" },
      { { id = 2 }, { id = 1 } }))
    assert.same({}, places({}, names, others))
  end)

  it("are none within their own list", function()
    assert.same({}, places({ { id = 1 }, { id = 1 } }, { "id" }, { { id = 2 } }))
  end)

  it("are none that lack a field", function()
    local others = { { type = "A" }, { id = "1" }, "text", 17 }
    assert.same({}, places({ { type = "A" }, { id = "1" }, {}, "text", 17 },
      { "type", "id" }, others))
  end)
end)

describe("a cursor's text", function()
  it("is read as it was written", function()
    for _, case in ipairs{ { "", 0, {} }, { "limit=3&marker=CLOUD%3A1", 3, {} },
      { "a=1", 2, { 4, 10 } } } do
      local text = links.write_cursor("things.list", case[1], case[2], case[3])
      local query, base, dropped = links.read_cursor("things.list", text)
      assert.same(case, { query, base, dropped })
    end
  end)

  it("leaves out places that were passed already", function()
    assert.equal("t.l?q=1#3,5", links.write_cursor("t.l", "q=1", 3, { 1, 2, 5 }))
  end)

  it("is refused when it is none, or another list's", function()
    for _, text in ipairs{ "", "nonsense", "things.list", "things.list?a", "things.list?a#b",
      "?#1" } do
      local query, problem = links.read_cursor("things.list", text)
      assert.is_nil(query)
      assert.equal("'cursor' is none that pager:cursor() gave", problem)
    end
    local _, problem = links.read_cursor("things.list", "others.list?#1")
    assert.equal("'cursor' is one of others.list", problem)
  end)
end)
