--- sandbox_events_spec.lua - the sandbox's feed, asked by curl
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

describe("the sandbox's feed of events", function()
  local box, token

  setup(function()
    box = assert(support.serve("--limits off"))
    token = support.token(box)
  end)

  teardown(function()
    assert.equal(0, (box:finish()))
  end)

  local function get(target, other)
    return curl("-H", "X-Auth-Token: " .. (other or token), "-H",
      "Accept: application/vnd.rackspace.atom+json",
      box.url .. "/consolidated_ticketing/events/" .. target)
  end

  local function create()
    assert.equal(200, curl("-H", "X-Auth-Token: " .. token, "-H",
      "Content-Type: application/json", "-d", '{"accountId":"10101",' ..
      '"subject":"S","category":"Change","subcategory":"Other"}',
      box.url .. "/tickets").status)
  end

  local function ids(answer)
    return jq(answer.body, "[.feed.entry[].id]")
  end

  it("has the documented shape", function()
    local answer = get("10101")
    assert.equal(200, answer.status)
    assert.equal("application/vnd.rackspace.atom+json",
      answer.headers["content-type"])
    assert.equal('["category","content","id","published","title","updated"]',
      jq(answer.body, ".feed.entry[0] | keys"))
    assert.equal("ConsolidatedTicketing",
      jq(answer.body, '.feed.entry[0].title["@text"]'))
    assert.equal('["rid","tid","type"]', jq(answer.body,
      '[.feed.entry[0].category[].term | split(":")[0]] | sort'))
    assert.is_truthy(jq(answer.body, ".feed.entry[0].id"):find("^urn:uuid:"))
  end)

  it("is cut by marker, limit and direction", function()
    for _ = 1, 4 do
      create()
    end
    local all = get("10101")
    local third = jq(all.body, ".feed.entry[2].id")
    local fifth = jq(all.body, ".feed.entry[4].id")
    assert.equal(jq(all.body, "[.feed.entry[:2][].id]"),
      ids(get("10101?marker=" .. third)))
    assert.equal(jq(all.body, "[.feed.entry[3:4][].id]"),
      ids(get("10101?limit=1&direction=backward&marker=" .. third)))
    assert.equal(jq(all.body, "[.feed.entry[2:4][].id]"),
      ids(get("10101?limit=2&direction=forward&marker=" .. fifth)))
    assert.equal(jq(all.body, "[.feed.entry[:2][].id]"),
      ids(get("10101?limit=2")))
  end)

  it("refuses what can't be", function()
    assert.equal(400, get("10101?limit=0").status)
    assert.equal(400, get("10101?limit=1001").status)
    assert.equal(400, get("10101?direction=up").status)
    assert.equal(404, get("10101?marker=urn:uuid:none").status)
    assert.equal(403, get("999").status)
    local answer = get("10101", support.token(box, 2))
    assert.equal(403, answer.status)
    assert.is_truthy(answer.body:find("cloudfeeds:observer", 1, true))
    assert.equal(401, get("10101", "none").status)
  end)
end)
