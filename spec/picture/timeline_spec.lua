--- timeline_spec.lua - what happened to an account: terminal, SVG, HTML
-- SPDX-License-Identifier: MIT
local judge = require("spec.support.judge")
local picture = require("rackspace.picture")
local rackspace = require("rackspace")
local timeline = require("rackspace.picture.timeline")

local evil = [[</text></title><script>alert("1")</script>'"&<!--]]

local list = {
  { date = "2015-01-01T00:00:00Z", what = "status", to = "Active", reason = "NEW", who = "abc",
    usertype = "SYSTEM" },
  { date = "2016-01-01T00:00:00Z", what = "status", from = "Active", to = "Closed", who = "def" },
  { date = "2015-06-01T00:00:00Z", what = "nickname", to = "Blue", who = "ghi" },
}

describe("a timeline's picture", function()
  it("is found by the operation's name", function()
    assert.equal(timeline, picture.of("accounts.timeline"))
    assert.is_nil(picture.of("accounts.get"))
  end)

  it("is titled by what is known of the account", function()
    local account = { type = "CLOUD", id = "10101", name = "My Acct", status = "Active" }
    local svg = timeline.svg(list, { account = account })
    assert.equal("My Acct", judge.find(svg, "string(/*/*[1])", ""))
    assert.truthy(svg:find("CLOUD · 10101 · Active · 3 changes from 2015-01-01 to 2015-06-01",
      1, true))
    assert.truthy(timeline.text(list, { account = "CLOUD/10101" }):find("^CLOUD/10101\n"))
    assert.truthy(timeline.html(list):find("<h1>Account timeline</h1>", 1, true))
    assert.truthy(timeline.text(list, { account = account, title = "T" }):find("^T\n2015"))
    assert.truthy(timeline.html({}, { account = { rcn = "RCN-1-2-3" } })
      :find("RCN-1-2-3 · no changes", 1, true))
  end)

  it("is well-formed, and describes all of it for screen readers", function()
    local svg = timeline.svg(list, { title = "A & B" })
    judge.xml(svg)
    assert.equal("img", judge.find(svg, "string(/*/@role)", ""))
    assert.equal("timeline-title timeline-description",
      judge.find(svg, "string(/*/@aria-labelledby)", ""))
    assert.equal("A & B", judge.find(svg, "string(//*[@id='timeline-title'])", ""))
    assert.equal("3 changes, oldest first. 2015-01-01 00:00: Status: Active, new. " ..
      "2016-01-01 00:00: Status: Active → Closed. 2015-06-01 00:00: Nickname: Blue.",
      judge.find(svg, "string(//*[@id='timeline-description'])", ""))
  end)

  it("draws the stretches to scale", function()
    -- From 2015-01-01 to 2016-01-01 are 365 days of 395.4, up to one twelfth
    -- after the last change: 738 of 800 pixels.
    local svg = timeline.svg({ list[1], list[2] })
    assert.equal("136", judge.find(svg, "string((//*[@class='g-good'])[1]/@x)", ""))
    assert.equal("737", judge.find(svg, "string((//*[@class='g-good'])[1]/@width)", ""))
    assert.equal("874", judge.find(svg, "string((//*[@class='g-idle'])[1]/@x)", ""))
    local now = rackspace.time("2017-01-01T00:00:00Z") -- 365 of 731 days
    assert.equal("535", judge.find(timeline.svg({ list[1], list[2] }, { now = now }),
      "string((//*[@class='g-idle'])[1]/@x)", ""))
  end)

  it("is a page with every change in a table", function()
    local html = timeline.html(list, { title = "A & B" })
    judge.html(html)
    assert.equal("A & B", judge.find(html, "string(//h1)"))
    assert.equal("3", judge.find(html, "count(//tbody/tr)"))
    local cells = {}
    for i = 1, 6 do
      cells[i] = judge.find(html, ("string(//tbody/tr[2]/td[%d])"):format(i))
    end
    assert.same({ "2016-01-01 00:00", "Status", "Active", "Closed", "", "def" }, cells)
    assert.equal("6", judge.find(html, "count(//th[@scope='col'])"))
    assert.equal("en", judge.find(html, "string(/html/@lang)"))
  end)

  it("asks for nothing outside itself", function()
    local html = timeline.html(list)
    assert.is_nil(html:gsub('xmlns="http://www.w3.org/2000/svg"', ""):find("https?://"))
    assert.is_nil(html:find("src="))
    assert.is_nil(html:find("@import"))
    assert.is_nil(html:find("url%("))
  end)

  it("escapes hostile strings everywhere", function()
    local account = { type = evil, id = evil, name = evil, status = evil }
    local all = { list[1], { date = evil, what = evil, from = evil, to = evil, who = evil,
      usertype = evil, reason = evil },
      { date = "2016-01-01T00:00:00Z", what = evil, from = evil, to = evil, who = evil } }
    local svg, html = timeline.svg(all, { account = account }),
      timeline.html(all, { account = account })
    judge.xml(svg)
    judge.html(html)
    assert.equal("0", judge.find(svg, "count(//*[local-name()='script'])", ""))
    assert.equal("1", judge.find(html, "count(//script)"))
    assert.equal(evil, judge.find(html, "string(//h1)"))
  end)

  it("can be empty", function()
    judge.xml(timeline.svg({}))
    judge.html(timeline.html({}))
    assert.truthy(timeline.svg({}):find("Nothing is known", 1, true))
  end)
end)
