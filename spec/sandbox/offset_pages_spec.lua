--- offset_pages_spec.lua - pages of the sandbox's lists by limit and offset
-- SPDX-License-Identifier: MIT
local offset_pages = require("rackspace.sandbox.offset_pages")

local function call(query)
  return { query = query, base = "http://localhost", path = "/tickets" }
end

describe("a page's range", function()
  it("is what the query asks for, or the default", function()
    assert.same({ 100, 0 }, { offset_pages.range(call{}, 100, 500) })
    assert.same({ 7, 14 }, { offset_pages.range(call{ limit = "7", offset = "14" }, 100, 500) })
    assert.same({ 500, 0 }, { offset_pages.range(call{ limit = "501" }, 100, 500) })
  end)

  it("is refused when it is no number", function()
    for _, bad in ipairs{ "0", "-1", "x", "1.5", "", " 1" } do
      assert.same({ nil, "The provided limit is invalid" },
        { offset_pages.range(call{ limit = bad }, 100, 500) })
    end
    assert.same({ nil, "The provided offset is invalid" },
      { offset_pages.range(call{ offset = "-1" }, 100, 500) })
    assert.same({ 100, 0 }, { offset_pages.range(call{ offset = "0" }, 100, 500) })
  end)
end)

describe("a page", function()
  local list = { "a", "b", "c", "d", "e" }

  it("has the items of its range, as a list", function()
    assert.same({ "b", "c" }, offset_pages.slice(list, 2, 1))
    assert.same({ "e" }, offset_pages.slice(list, 2, 4))
    assert.same({}, offset_pages.slice(list, 2, 5))
  end)

  it("leads to those around it, with its filters", function()
    local function at(offset)
      return "http://localhost/tickets?limit=2&offset=" .. offset .. "&subject=a%20b"
    end
    local query = call{ subject = "a b", other = "x" }
    assert.same({ self = at(2), first = at(0), last = at(4), prev = at(0), next = at(4) },
      offset_pages.links(query, 5, 2, 2, { "subject" }))
    assert.same({ self = at(0), first = at(0), last = at(0), prev = "", next = "" },
      offset_pages.links(query, 0, 2, 0, { "subject" }))
    assert.same({ self = at(4), first = at(0), last = at(4), prev = at(2), next = "" },
      offset_pages.links(query, 6, 2, 4, { "subject" }))
  end)
end)
