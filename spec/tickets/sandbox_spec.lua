--- sandbox_spec.lua - the sandbox's tickets, asked by curl
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

local no_ticket = [[
{
    "status": 404,
    "message": "Ticket with this ID could not be found",
    "faultCode": "ticketNotFound",
    "moreInfo": "docs/ticketing/general-api-info/faults/#ticketNotFound"
}]]

local good = '{"accountId":"10101","subject":"S","category":"Incident",' ..
  '"subcategory":"General"'

describe("the sandbox's tickets", function()
  local box, token

  setup(function()
    box = assert(support.serve("--limits off"))
    token = support.token(box)
  end)

  teardown(function()
    assert.equal(0, (box:finish()))
  end)

  local function ask(method, target, body, media_type)
    return curl("-X", method, "-H", "X-Auth-Token: " .. token,
      "-H", "Accept: " .. (media_type or "application/vnd.ticketing.v2+json"),
      "-H", "Content-Type: " ..
        (media_type or "application/vnd.ticketing.v2+json"),
      "-d", body or "", box.url .. target)
  end

  local function get(target)
    return curl("-H", "X-Auth-Token: " .. token, box.url .. target)
  end

  local function create(rest)
    local answer = ask("POST", "/tickets", good .. (rest or "") .. "}")
    assert.equal(200, answer.status, answer.body)
    return jq(answer.body, ".ticketId"), answer
  end

  it("say of a missing one what is documented, byte for byte", function()
    for _, answer in ipairs{ get("/tickets/1"),
      ask("PATCH", "/tickets/1", '{"status":"Closed"}'),
      ask("POST", "/tickets/1/comments", '{"comment":{"text":"x"}}') } do
      assert.equal(404, answer.status)
      assert.equal(no_ticket, answer.body)
      assert.equal("application/json", answer.headers["content-type"])
    end
  end)

  it("have the documented shape", function()
    local id, answer = create(',"comment":{"text":"We need more!"},' ..
      '"recipients":["RPN-3322-23","e@mail.com"],"resources":["https://' ..
      'resources.api.rackspace.com/resources/dedicated:00001"]')
    assert.equal('["accountId","category","classification","comments",' ..
      '"created","createdBy","favorite","modified","modifiedBy",' ..
      '"permission","recipients","resources","severity","status",' ..
      '"subcategory","subject","ticketId"]', jq(answer.body, "keys"))
    assert.equal('[{"type":"contact","value":"RPN-3322-23"},' ..
      '{"type":"email","value":"e@mail.com"}]', jq(answer.body, ".recipients"))
    assert.equal('["author","created","id","text"]',
      jq(answer.body, ".comments[0] | keys"))
    assert.equal('["id","name","roles","type"]',
      jq(answer.body, ".comments[0].author | keys"))
    assert.equal("Other Normal Incident",
      jq(answer.body, '.subcategory + " " + .severity + " " + .classification'))
    assert.is_truthy(id:find("^%d%d%d%d%d%d%-%d+$"))
    assert.equal(jq(answer.body, "."), jq(get("/tickets/" .. id).body, "."))
  end)

  it("stand otherwise in a list", function()
    local id = create()
    local body = get("/tickets?limit=2&subject=s").body
    assert.equal(id, jq(body, ".tickets[0].ticketId"))
    assert.equal('["_links","tickets","total"]', jq(body, "keys"))
    assert.equal('["first","last","next","prev","self"]',
      jq(body, "._links | keys"))
    assert.equal("", jq(body, "._links.prev"))
    assert.equal(box.url .. "/tickets?limit=2&offset=2&subject=s",
      jq(body, "._links.next"))
    assert.equal("0001-01-01T00:00:00Z null true false", jq(body,
      '.tickets[0] | "\\(.createdAt) \\(.recipients) ' ..
      '\\(has("recipients")) \\(has("category"))"'))
    local last = get((jq(body, "._links.last"):gsub("^http://[^/]+", ""))).body
    assert.equal("", jq(last, "._links.next"))
  end)

  it("are changed with 204, by PATCH and by PUT", function()
    for _, method in ipairs{ "PATCH", "PUT" } do
      local id = create()
      local answer = ask(method, "/tickets/" .. id, '{"resources":["https://' ..
        'staging.resources.api.rackspace.com/resources/dedicated:0168720"]}')
      assert.equal(204, answer.status)
      assert.equal("", answer.body)
      assert.equal("1", jq(get("/tickets/" .. id).body, ".resources | length"))
      assert.equal(204, ask(method, "/tickets/" .. id,
        '{"resources":[]}').status)
      assert.equal("[]", jq(get("/tickets/" .. id).body, ".resources"))
      assert.equal(204, ask(method, "/tickets/" .. id,
        '{"status":"Closed"}').status)
      answer = ask(method, "/tickets/" .. id, '{"resources":[]}')
      assert.equal(400, answer.status)
      assert.equal("badRequest", jq(answer.body, ".faultCode"))
    end
    assert.equal("GET, HEAD, PATCH, PUT", curl("-X", "DELETE",
      box.url .. "/tickets/1").headers.allow)
  end)

  it("refuse what is wrong, each for its own reason", function()
    local id = create()
    local reasons = {
      { "POST", "/tickets", "{", "JSON" },
      { "POST", "/tickets", "[]", "accountId is required" },
      { "POST", "/tickets", good:gsub('"S"', '" "') .. "}",
        "subject is required" },
      { "POST", "/tickets", good:gsub("Incident", "Incidents") .. "}",
        "category is invalid" },
      { "POST", "/tickets", good:gsub("General", "Generals") .. "}",
        "subcategory is invalid" },
      { "POST", "/tickets", good .. ',"severity":"Emergency"}',
        "severity is invalid" },
      { "POST", "/tickets", good .. ',"resources":"x"}',
        "resources are invalid" },
      { "POST", "/tickets", good .. ',"recipients":[5]}',
        "recipients are invalid" },
      { "POST", "/tickets", good .. ',"comment":{}}', "text is required" },
      { "POST", "/tickets", good .. ',"comment":{"text":"x",' ..
        '"attachments":{"filename":"x"}}}', "attachments are invalid" },
      { "PATCH", "/tickets/" .. id, "{}", "are required" },
      { "PATCH", "/tickets/" .. id, '{"status":"Solved"}',
        "status is invalid" },
      { "PATCH", "/tickets/" .. id, '{"resources":[5]}',
        "resources are invalid" },
      { "POST", "/tickets/" .. id .. "/comments", '{"text":"x"}',
        "text is required" },
      { "GET", "/tickets?limit=0", "", "limit is invalid" },
      { "GET", "/tickets?offset=x", "", "offset is invalid" },
    }
    for _, case in ipairs(reasons) do
      local answer = ask(case[1], case[2], case[3])
      assert.equal(400, answer.status, case[4])
      assert.matches(case[4], jq(answer.body, ".message"), 1, true)
      assert.equal("400", jq(answer.body, ".status"))
      assert.equal("badRequest", jq(answer.body, ".faultCode"))
    end
    assert.equal(406, ask("POST", "/tickets", good .. "}", "text/xml").status)
    assert.equal(415, curl("-H", "Content-Type: text/xml", "-H",
      "X-Auth-Token: " .. token, "-d", good .. "}",
      box.url .. "/tickets").status)
    assert.equal(200, ask("POST", "/tickets", good .. "}",
      "application/json").status)
    local answer = curl(box.url .. "/tickets")
    assert.equal("401 unauthorized", jq(answer.body,
      '"\\(.status) \\(.faultCode)"'))
    answer = get("/tickets/search/none")
    assert.equal("404 notFound", jq(answer.body, '"\\(.status) \\(.faultCode)"'))
  end)

  it("can be for the accounts, categories and devices that it tells", function()
    local accounts = get("/accounts").body
    assert.equal('["id","name","npsOptOut","permission","rcn","serviceLevel",' ..
      '"severities","tags","type"]', jq(accounts, ".accounts[0] | keys"))
    assert.equal('["cloud","faws","hybrid"]',
      jq(accounts, "[.accounts[].type.id] | unique"))
    assert.equal("[4,5]",
      jq(accounts, "[.accounts[].severities | length] | unique"))
    local categories = get("/categories").body
    assert.equal('["Account","Billing and Payments","Change",' ..
      '"Incident","Request for Information"]',
      jq(categories, "[.categories[].name] | sort"))
    assert.equal('{"allowedProducts":["hybrid"],"name":"General"}',
      jq(categories, ".categories[0].subcategories[0]"))
    local resources = get("/resources?limit=1").body
    assert.equal('["_links","accountId","id","location","name","network",' ..
      '"platform","type"]', jq(resources, ".resources[0] | keys"))
  end)
end)

describe("the sandbox's tickets, with limits", function()
  it("are refused with 429 and a time, until that has passed", function()
    local box = assert(support.serve())
    local token = support.token(box)
    local function create()
      return curl("-H", "X-Auth-Token: " .. token, "-H",
        "Content-Type: application/json", "-d", good .. "}",
        box.url .. "/tickets")
    end
    assert.equal(200, create().status)
    local answer = create()
    assert.equal(429, answer.status)
    local seconds = tonumber(answer.headers["retry-after"])
    assert.is_true(seconds > 50 and seconds <= 60)
    assert.equal("tooManyRequests", jq(answer.body, ".faultCode"))
    assert.equal(204, curl("-H", "Content-Type: application/json", "-d",
      ('{"seconds":%d}'):format(seconds), box.url .. "/sandbox/advance").status)
    assert.equal(200, create().status)
    assert.equal(0, (box:finish()))
  end)
end)
