--- picture_spec.lua - results as pictures: drawings, pages
-- SPDX-License-Identifier: MIT
local judge = require("spec.support.judge")
local support = require("spec.sandbox.support")
local writer = require("spec.support.writer")

local first = { date = "2015-01-01T00:00:00Z", what = "status", to = "Active" }
local second = { date = "2016-01-01T00:00:00Z", what = "status", from = "Active", to = "Closed" }

describe("a picture from the command line", function()
  it("is of all the pages, and titled by what was asked for", function()
    local sheet = { operation = "accounts.timeline", subject = "CLOUD/10101" }
    local svg = writer.pages("svg", { { first }, { second } }, sheet)
    judge.xml(svg)
    assert.equal("CLOUD/10101", judge.find(svg, "string(/*/*[1])", ""))
    assert.equal("2", judge.find(svg, "count(//*[local-name()='circle'])", ""))
    local html = writer.pages("html", { { first }, { second } }, sheet)
    judge.html(html)
    assert.equal("CLOUD/10101", judge.find(html, "string(//h1)"))
    assert.equal("2", judge.find(html, "count(//tbody/tr)"))
  end)

  it("is written by the program, whole", function()
    local code, svg, said = support.run("--sandbox accounts.timeline CLOUD/10101 --output svg")
    assert.same({ 0, "" }, { code, said })
    judge.xml(svg)
    assert.equal("img", judge.find(svg, "string(/*/@role)", ""))
    assert.equal("7", judge.find(svg, "count(//*[local-name()='circle'])", ""))
    local html
    code, html, said = support.run("--sandbox accounts.timeline CLOUD/10101 --output=html")
    assert.same({ 0, "" }, { code, said })
    judge.html(html)
    assert.equal("7", judge.find(html, "count(//tbody/tr)"))
  end)

  it("is refused of what has none, before anything is asked", function()
    for _, words in ipairs{ "accounts.list", "status", "call GET /v1/customer_accounts" } do
      local code, out, said = support.run("--sandbox=http://127.0.0.1:1 " .. words ..
        " --output=svg")
      assert.same({ 2, "" }, { code, out })
      assert.equal(("rackspace: %s: there is no svg of it, only of accounts.timeline\n")
        :format(words:match("^%S+")), said:match("^[^\n]*\n"))
    end
    local _, _, said = support.run(
      "--sandbox accounts.timeline CLOUD/10101 --output=html --fields=date")
    assert.equal("rackspace: accounts.timeline: --fields is not for pictures\n",
      said:match("^[^\n]*\n"))
  end)
end)
