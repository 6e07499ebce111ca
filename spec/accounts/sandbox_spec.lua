--- sandbox_spec.lua - the sandbox's customer accounts, asked by curl
-- SPDX-License-Identifier: MIT
local sandbox = { new = require("rackspace").sandbox }
local support = require("spec.sandbox.support")
local tokens = require("rackspace.sandbox.tokens")
local users = require("rackspace.sandbox.users")

local curl, jq = support.curl, support.jq

local list = "/v1/customer_accounts"
local first = list .. "/CLOUD/10101"

describe("the sandbox's accounts", function()
  local box, token, second

  setup(function()
    box = assert(support.serve("--accounts 137"))
    token, second = support.token(box), support.token(box, 2)
  end)

  teardown(function()
    assert.same({ 0, "", "" }, { box:finish() })
  end)

  local function get(target, ...)
    local url = target:find("^http") and target or box.url .. target
    return curl(url, "-H", "X-Auth-Token: " .. token, ...)
  end

  local function read(target, filter)
    local answer = get(target)
    assert.equal(200, answer.status)
    return support.pick(answer.body, filter)
  end

  local function fault(target)
    local answer = get(target)
    local name, code = support.fault(answer)
    return ("%d %s %s"):format(answer.status, name, code)
  end

  local function href(target, rel)
    return read(target, function(page)
      for _, link in ipairs(page.link) do
        if link.rel == rel then
          return link.href
        end
      end
      return ""
    end)
  end

  --- The names of a page's accounts.
  local function names(page)
    local found = {}
    for i, account in ipairs(page.customerAccount) do
      found[i] = account.type .. ":" .. account.id
    end
    return table.concat(found, " ")
  end

  --- The types of a page's accounts, each once.
  local function kinds(page)
    local found, seen = {}, {}
    for _, account in ipairs(page.customerAccount) do
      found[#found + 1] = not seen[account.type] and account.type or nil
      seen[account.type] = true
    end
    return table.concat(found, " ")
  end

  it("have the documented shape", function()
    assert.equal('["domain","id","lastUpdatedBy","lastUpdatedDate","link",'
      .. '"name","nickname","number","rcn","serviceLevel","status","tenantId",'
      .. '"type"]', read(list, ".customerAccount[0] | keys"))
    assert.equal('["customerAccount","link"]', read(list, "keys"))
    assert.equal("true", read(list .. "?limit=100",
      [[[.customerAccount[] | (.link | length) == 1 and
        .link[0].rel == "via" and (.number == null or
        (.number | tostring) == .id)] | all]]))
    assert.equal('{"domain":"10101","id":"10101","lastUpdatedBy":"user1",'
      .. '"lastUpdatedDate":"2015-04-21T18:00:00.000Z",'
      .. '"name":"MyRackspaceAcct","nickname":"MyRackspace","number":10101,'
      .. '"rcn":"RCN-123-456-789","serviceLevel":"managed_legacy",'
      .. '"status":"Active","tenantId":"10101","type":"CLOUD"}',
      read(first, "."))
  end)

  it("are each where its link says", function()
    for i, id in ipairs{ "10101", "5342844", "75842862" } do
      local via = read(list, (".customerAccount[%d].link[0].href"):format(i - 1))
      assert.equal(id, read(via, ".id"))
    end
  end)

  it("write long numbers without a point", function()
    local body = get(list .. "?limit=100").body
    assert.is_truthy(body:find('"number":19293385070,', 1, true))
    assert.is_nil(body:find("%d%.0[,}]") or body:find("%de%+"))
  end)

  it("are linked from page to page, from the first to the last", function()
    local seen, pages, target = {}, 0, list .. "?limit=50"
    while target ~= "" do
      pages = pages + 1
      for name in read(target, names):gmatch("%S+") do
        assert.is_nil(seen[name])
        seen[name], seen[#seen + 1] = true, name
      end
      target = href(target, "NEXT")
    end
    assert.same({ 3, 137 }, { pages, #seen })
  end)

  it("are linked back to the first page", function()
    local last = list .. "?limit=50&marker=last&direction=backward"
    assert.equal("37", read(last, ".customerAccount | length"))
    local before = href(last, "PREVIOUS")
    assert.is_truthy(before:find("direction=forward", 1, true))
    assert.equal(read(href(list, "NEXT"), names), read(before, names))
    local top = href(before, "PREVIOUS")
    assert.equal(read(list, names), read(top, names))
    assert.equal("", href(top, "PREVIOUS"))
  end)

  it("spell rel and href as the documents do", function()
    local second_page = href(list .. "?limit=10", "NEXT")
    assert.equal("CURRENT SELF PREVIOUS LAST NEXT",
      read(second_page, '[.link[].rel] | join(" ")'))
    assert.equal("CURRENT SELF LAST NEXT",
      read(list, '[.link[].rel] | join(" ")'))
    local account = read(list .. "?limit=10", ".customerAccount[9]")
    local marker = jq(account, '.type + "%3A" + .id')
    assert.equal(box.url .. list .. "?limit=10&marker=" .. marker
      .. "&direction=backward", second_page)
    assert.equal(box.url .. list, href(list, "CURRENT"))
    assert.equal(box.url .. list .. "?limit=50&direction=backward",
      href(list, "SELF"))
    assert.equal(box.url .. list .. "?limit=50&marker=last&direction=backward",
      href(list, "LAST"))
    assert.equal(box.url .. list .. "?limit=50&direction=backward",
      href(list .. "?direction=sideways", "SELF"))
  end)

  it("take a limit up to 100; any other is the default, silently", function()
    for limit, count in pairs{ ["1"] = 1, ["100"] = 100, ["50"] = 50,
      ["0"] = 50, ["-1"] = 50, ["101"] = 50, ["999999999999"] = 50,
      ["ten"] = 50, [""] = 50, ["1.5"] = 50, ["0x10"] = 50, ["1e1"] = 50,
      ["007"] = 7 } do
      assert.equal(tostring(count),
        read(list .. "?limit=" .. limit, ".customerAccount | length"))
    end
    assert.equal("50", read(list, ".customerAccount | length"))
  end)

  it("take a marker: a known one, the last, one past the end", function()
    local function page(marker, more)
      return read(list .. "?limit=2&marker=" .. marker .. (more or ""), names)
    end
    local expected = "MANAGED_HOSTING:5342844 FANATICAL_SUPPORT_FOR_AWS:75842862"
    assert.equal(expected, page("CLOUD:10101"))
    assert.equal(expected, page("CLOUD%3A10101"))
    local at_end = read(list .. "?limit=1&marker=last", names)
    assert.equal("", page(at_end))
    assert.equal("", href(list .. "?marker=" .. at_end, "NEXT"))
    assert.equal("", page("CLOUD:99999"))
    assert.equal("", page("RPC_V:999999999"))
    assert.equal("", page("CLOUD:10101", "&direction=forward"))
    assert.equal("", page("CLOUD:RAN99999"))
  end)

  it("refuse a marker that is none of the list", function()
    for _, marker in ipairs{ "CLOUD:10102", "CLOUD:10100", "10101", "x", ":",
      "", "CLOUD:", "UNKNOWN:10101", "LAST",
      "MANAGED_HOSTING:5342844&accountType=CLOUD" } do
      assert.equal("400 badRequest 400", fault(list .. "?marker=" .. marker))
    end
  end)

  it("walk forward, from the end to the beginning", function()
    local seen, target = 0, list .. "?limit=60&direction=forward"
    local ends = read(list .. "?limit=100&marker=last&direction=forward", names)
    assert.is_truthy(ends:find(read(target, names), 1, true))
    repeat
      seen = seen + tonumber(read(target, ".customerAccount | length"))
      target = href(target, "PREVIOUS")
    until target == ""
    assert.equal(137, seen)
  end)

  it("are filtered, and the filters stay in the links", function()
    assert.equal("RPC_V", read(list .. "?accountType=RPC_V", kinds))
    assert.equal("", read(list .. "?accountType=NONE", names))
    assert.equal("CLOUD:10101 FANATICAL_SUPPORT_FOR_AWS:75842862",
      read(list .. "?domain=10101", names))
    assert.equal("MANAGED_HOSTING:5342844",
      read(list .. "?domain=dedicated%3A5342844", names))
    assert.equal("", read(list .. "?domain=10101&accountType=RPC_V", names))
    local query = list .. "?accountType=CLOUD&metadataKey=some:key&limit=5"
      .. "&metadataValue=Gr%C3%B6%C3%9Fe%3A+5+%E2%82%AC+%26+%3Cmore%3E"
    local count, target = 0, query
    repeat
      assert.equal("CLOUD", read(target, kinds))
      count = count + tonumber(read(target, ".customerAccount | length"))
      target = href(target, "NEXT")
    until target == ""
    assert.is_true(count > 5)
    assert.equal("", read(list .. "?metadataKey=none", names))
    assert.equal("", read(list .. "?metadataKey=internal:score", names))
  end)

  it("refuse a metadata value without its key", function()
    assert.equal("400 badRequest 400", fault(list .. "?metadataValue=x"))
    assert.equal("400 badRequest 400", fault(list .. "?metadataValue="))
    assert.is_truthy(jq(get(list .. "?metadataValue=x").body,
      ".badRequest.message"):find("metadataKey", 1, true))
  end)

  it("have histories, in both spellings of the path", function()
    local plural = get(first .. "/status_history")
    local singular = get("/v1/customer_account/CLOUD/10101/status_history")
    assert.equal(200, plural.status)
    assert.equal(plural.body, singular.body)
    assert.equal("Active Delinquent Pending Approval",
      jq(plural.body, '[.statusChange[].status] | join(" ")'))
    assert.equal("RCN_UPDATE MERGE NEW", read(first .. "/customer_history",
      '[.accountRCNChange[].accountChangeType] | join(" ")'))
    assert.equal('["customerAccountHistory"]', read(first .. "/history", "keys"))
    assert.equal("true", read(first .. "/history", "[.customerAccountHistory"
      .. "[].updatedDate] | . == sort and length == 6"))
  end)

  it("filter the changes of an account by type", function()
    local filter = '[.customerAccountHistory[].accountChangeType] | join(" ")'
    assert.equal("LEGACY_ACCOUNT_STATUS LEGACY_ACCOUNT_STATUS",
      read(first .. "/history?changeType=LEGACY_ACCOUNT_STATUS", filter))
    assert.equal("MERGE", read(first .. "/history?changeType=MERGE", filter))
    assert.equal('{"customerAccountHistory":[]}',
      read(first .. "/history?changeType=NONE", "."))
  end)

  it("are not there when they are nobody's, or somebody else's", function()
    for _, target in ipairs{ "/CLOUD/10102", "/NONE/10101", "/CLOUD/10101:x",
      "/CLOUD/10101%3Ax", "/CLOUD/10101/x", "/cloud/10101" } do
      assert.equal("404 notFound 404", fault(list .. target))
    end
    local own = token
    token = second
    local seen = read(list .. "?limit=100", names)
    for _, target in ipairs{ first, first .. "/history",
      first .. "/status_history", first .. "/customer_history",
      "/v1/customer_account/CLOUD/10101/status_history" } do
      assert.equal("404 notFound 404", fault(target))
    end
    local kind, id = seen:match("^(%S+):(%S+)")
    assert.equal(200, get(("%s/%s/%s"):format(list, kind, id)).status)
    assert.equal("400 badRequest 400", fault(list .. "?marker=CLOUD:10101"))
    token = own
    assert.is_true(#seen > 0)
    assert.is_nil((" " .. seen .. " "):find(" CLOUD:10101 ", 1, true))
  end)

  it("refuse an unknown token as the proxy in front does", function()
    for _, header in ipairs{ "X-Auth-Token: none", "X-Auth-Token;", "X-No: 1" } do
      local answer = curl("-H", header, box.url .. first)
      assert.equal(401, answer.status)
      assert.equal("", answer.body)
      assert.equal("0", answer.headers["content-length"])
      assert.equal("Keystone uri=https://identity.api.rackspacecloud.com/v2.0",
        answer.headers["www-authenticate"])
    end
  end)
end)

describe("the sandbox's pages", function()
  local function walk(box, query)
    local headers = { ["x-auth-token"] = tokens.issue(box, users.by_name.demo,
      { "APIKEY" }) }
    assert.is_true(box.store:commit())
    local seen, target, pages = {}, list .. query, 0
    while target do
      pages = pages + 1
      local body = box:handle{ method = "GET", target = target,
        headers = headers }.body
      for name in body:gmatch('customer_accounts\\/([%w_]+\\/%w+)","rel":"via"') do
        seen[#seen + 1] = name
      end
      target = body:match('localhost(\\/[^"]*)","rel":"NEXT"')
      target = target and target:gsub("\\/", "/")
    end
    return seen, pages
  end

  it("hold every account once, whatever their size", function()
    for _, count in ipairs{ 0, 1, 49, 50, 51, 100 } do
      local box = sandbox.new{ accounts = count }
      assert.equal(count, #walk(box, ""))
      local seen, pages = walk(box, "?limit=7")
      assert.same({ count, math.max(1, math.ceil(count / 7)) },
        { #seen, pages })
    end
  end)

  it("begin with the marker's account where markers include it", function()
    local box = sandbox.new{ accounts = 20, inclusive = true }
    local seen, pages = walk(box, "?limit=5")
    assert.same({ 5, 24 }, { pages, #seen })
    assert.equal(seen[5], seen[6])
  end)
end)
