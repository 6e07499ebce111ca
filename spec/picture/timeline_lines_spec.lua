--- timeline_lines_spec.lua - an account's timeline as lines of a terminal
-- SPDX-License-Identifier: MIT
local timeline_lines = require("rackspace.picture.timeline_lines")
local paint = require("rackspace.show.paint")
local width = require("rackspace.show.width")

local list = {
  { date = "2012-07-15T18:00:00.000Z", what = "status", to = "Pending Approval", reason = "NEW",
    who = "service_account_admin", usertype = "SYSTEM" },
  { date = "2012-07-15T18:00:00.000Z", what = "rcn", to = "RCN-859-524-767", reason = "NEW",
    who = "service_account_admin", usertype = "SYSTEM" },
  { date = "2013-02-02T18:00:00.000Z", what = "rcn", from = "RCN-859-524-767",
    to = "RCN-241-490-778", reason = "MERGE", who = "xyz123", usertype = "RACKER" },
  { date = "2013-08-23T18:00:00.000Z", what = "status", from = "Pending Approval",
    to = "Delinquent", who = "abc2224", usertype = "RACKER" },
}

describe("timeline_lines", function()
  it("has 80 columns, a day once, and two lines where one is too short", function()
    assert.same({
      "2012-07-15 ● Status    Pending Approval, new                 service_account_ad…",
      "           ● Customer  RCN-859-524-767, new                  service_account_ad…",
      "2013-02-02 ● Customer  RCN-859-524-767                       xyz123 (racker)",
      "           │           → RCN-241-490-778, merged",
      "2013-08-23 ● Status    Pending Approval → Delinquent         abc2224 (racker)",
    }, timeline_lines.lines(list, {}))
  end)

  it("leaves out who did it where there is no room, then why", function()
    assert.same({
      "Blue Harbor",
      "2012-07-15 ● Status    Pending Approval…",
      "           ● Customer  RCN-859-524-767,…",
      "2013-02-02 ● Customer  RCN-859-524-767",
      "           │           → RCN-241-490-778",
      "2013-08-23 ● Status    Pending Approval",
      "           │           → Delinquent",
    }, timeline_lines.lines(list, { width = 40, title = "Blue Harbor" }))
  end)

  it("is never wider than the terminal, whatever the texts", function()
    local long = ("東京"):rep(40)
    local all = { { date = long, what = long, from = long, to = long, who = long,
      usertype = long, reason = long }, list[3] }
    for columns = 40, 132, 4 do
      for _, line in ipairs(timeline_lines.lines(all, { width = columns, title = long })) do
        assert.is_true(width.of(line) <= columns, line)
      end
    end
  end)

  it("colours what a change means, with a paint that does", function()
    local lines = timeline_lines.lines(list, { paint = paint.new(true) })
    assert.truthy(lines[4]:find("RCN-241-490-778", 1, true))
    assert.truthy(lines[5]:find("\27[1;33mPending Approval → Delinquent", 1, true))
    for i, line in ipairs(timeline_lines.lines(list, {})) do
      assert.equal(line, (lines[i]:gsub("\27%[[%d;]*m", "")))
    end
  end)

  it("obeys no control code in a string", function()
    local lines = timeline_lines.lines({ { date = "\27[2J", what = "\27]0;x\7", from = "a\r",
      to = "\194\155b\27[31m", who = "\226\128\174w", usertype = "\n" } }, { title = "\27c" })
    assert.is_nil(table.concat(lines):find("[%z\1-\31\127]"))
    assert.is_nil(table.concat(lines):find("\194\155", 1, true))
    assert.is_nil(table.concat(lines):find("\226\128\174", 1, true))
  end)

  it("says when nothing happened", function()
    assert.same({ "Nothing is known to have happened." }, timeline_lines.lines({}, {}))
  end)
end)
