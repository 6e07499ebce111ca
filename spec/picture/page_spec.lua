--- page_spec.lua - a page of its own: no file beside it, no network
-- SPDX-License-Identifier: MIT
local judge = require("spec.support.judge")
local markup = require("rackspace.picture.markup")
local page = require("rackspace.picture.page")

local function whole(rows)
  return page.head("A & B") .. page.table("C <d>", { { title = "One" },
    { title = "Two", is_number = true } }, rows) .. page.foot()
end

describe("a page", function()
  it("is closed as it is opened, and has its title", function()
    local html = whole{ { "a", page.number(3) } }
    judge.html(html)
    assert.equal("A & B", judge.find(html, "string(/html/head/title)"))
    assert.equal("1", judge.find(html, "count(//main)"))
  end)

  it("has tables with a caption, that who has no mouse can scroll", function()
    local html = whole{ { "a", page.number(1234.4, "1,234") }, { markup.tag("b", {}, "<"), "" } }
    judge.html(html)
    assert.equal("C <d>", judge.find(html, "string(//table/caption)"))
    assert.equal("C <d>", judge.find(html, "string(//*[@role='region']/@aria-label)"))
    assert.equal("0", judge.find(html, "string(//*[@role='region']/@tabindex)"))
    assert.equal("1,234", judge.find(html, "string(//tr[1]/td[2])"))
    assert.equal("1234", judge.find(html, "string(//tr[1]/td[2]/@data-sort)"))
    assert.equal("<", judge.find(html, "string(//td/b)"))
    assert.equal("One", judge.find(html, "string(//th[1])"))
  end)

  it("says that it may load nothing, and run its own script alone", function()
    local policy = judge.find(page.head("A"), "string(//meta[@http-equiv]/@content)")
    assert.truthy(policy:find("default-src 'none'", 1, true))
    assert.truthy(policy:find("script-src 'sha256-", 1, true))
    assert.is_nil(policy:find("script-src[^;]*unsafe"))
  end)
end)
