--- scripts_spec.lua - every example, run against a sandbox over HTTP
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local needs_python = require("spec.support.python")
local support = require("spec.sandbox.support")

local program = support.quote(support.program)
local folder

--- A file of the spec's own.
local function file(name, text)
  return support.write(folder .. "/" .. name, text)
end

--- Starts an example with arguments, in the ordinary way.
local function start(box, name, arguments)
  return support.start(("env RACKSPACE_SANDBOX=%s %s examples/%s %s"):format(box.url, program,
    name, arguments), "/dev/null")
end

--- What curl is answered at a path, with more of its options.
local function curl(box, path, ...)
  box.token = box.token or support.token(box)
  return support.curl("-H", "X-Auth-Token: " .. box.token, box.url .. path, ...)
end

--- What jq's filter makes of it.
local function ask(box, path, filter)
  return support.jq(curl(box, path).body, filter)
end

local function post(box, path, body)
  return curl(box, path, "-H", "Content-Type: application/json", "-d", body).body
end

local function lines_of(text)
  local lines = {}
  for line in text:gmatch("([^\n]*)\n") do
    lines[#lines + 1] = line
  end
  return lines
end

--- The accounts of a small sandbox as curl and jq see them: "TYPE/ID" and name.
local function accounts_of(box)
  local names, list = {}, {}
  local text = ask(box, "/v1/customer_accounts",
    [[.customerAccount[] | "\(.type)/\(.id)\t\(.name)"]]) .. "\n"
  for key, name in text:gmatch("([^\t\n]+)\t([^\n]+)\n") do
    list[#list + 1], names[key] = key, name
  end
  return list, names
end

-- What each example is given, and what its output must show.
local checks = {
  ["01-accounts.lua"] = function(run, box)
    local out = run("")
    assert.is_truthy(out:find("CLOUD +10101 +Active +MyRackspaceAcct\n"))
    assert.is_truthy(out:find("CLOUD +19293385070 "))
    assert.is_truthy(out:find("CLOUD +RAN2891 "))
    assert.is_truthy(out:find("137 accounts in all", 1, true))
    local sum = 0
    for count in out:match("137 accounts in all([^\n]*)"):gmatch(
      "(%d+) %u") do
      sum = sum + count
    end
    assert.equal(137, sum)
    assert.is_truthy(out:find("RCN-123-456-789", 1, true))
    for _, change in ipairs{ "2014-10-01T18:00:00.000Z  Active ",
      "2012-07-15T18:00:00.000Z  Pending Approval ",
      "2013-02-02T18:00:00.000Z  MERGE", "2015-04-21T18:00:00.000Z  NICKNAME",
    } do
      assert.is_truthy(out:find(change, 1, true), change)
    end
    assert.equal("1 1 3", support.jq(support.curl(box.url
      .. "/sandbox/counts").body, '"\\(."identity.authenticate") '
      .. '\\(."accounts.status_history") \\(."accounts.list")"'))
  end,

  ["02-timeline.lua"] = function(run)
    assert.equal(support.read("doc/timeline.svg"), run("CLOUD/10101 svg"))
    assert.is_truthy(support.read("doc/guide/pictures.md"):find("\n    " .. run("")
      :gsub("\n", "\n    "):gsub(" +$", ""), 1, true))
    assert.is_truthy(run("CLOUD/10101 html"):find("</html>\n$"))
  end,

  ["03-without-billing.lua"] = function(run, box)
    local list, names = accounts_of(box)
    local expected = {}
    for _, account in ipairs(list) do
      if ask(box, ("/v1/customer_accounts/%s/contacts?role=BILLING"):format(account),
          ".contact | length") == "0" then
        expected[#expected + 1] = account .. "\t" .. names[account]
      end
    end
    assert.is_true(#expected > 0 and #expected < #list)
    expected[#expected + 1] = ("%d of %d accounts lack a BILLING contact"):format(#expected, #list)
    assert.same(expected, lines_of(run("")))
  end,

  ["04-accounts-csv.lua"] = function(run, box)
    needs_python(pending)
    local read = "python3 -c 'import csv, json, sys; "
      .. "print(json.dumps(list(csv.reader(open(sys.argv[1], newline=\"\")))))' "
    local rows = support.output(read .. file("accounts.csv", run("MANAGED_HOSTING")))
    local expected = { '["type","id","name","status","rcn","contact","email"]' }
    for _, account in ipairs((accounts_of(box))) do
      if account:find("^MANAGED_HOSTING/") then
        local row = ask(box, "/v1/customer_accounts/" .. account,
          "[.type, .id, .name, .status, .rcn]")
        local contact = ask(box, ("/v1/customer_accounts/%s/contacts?role=PRIMARY"):format(account),
          [[.contact[0] // empty |
            ["\(.firstName) \(.lastName)", .emailAddresses.emailAddress[0].address]
          ]])
        expected[#expected + 1] = row:sub(1, -2) .. "," ..
          (contact == "" and '"",""]' or contact:sub(2))
      end
    end
    assert.is_true(#expected > 2)
    assert.equal(table.concat(expected, "\n"), support.jq(rows, ".[]"))

    post(box, "/sandbox/faults", [[{ "operation": "accounts.list", "body": { "customerAccount": [
      { "type": "CLOUD", "id": "10101", "name": "=1+1, \"two\"" } ] } }]])
    assert.is_truthy(run(""):find([[CLOUD,10101,"'=1+1, ""two""",,,John Doe,]], 1, true))
  end,

  ["06-metadata-audit.lua"] = function(run, box)
    local missing, wrong, list = 0, 0, accounts_of(box)
    local out = run("support:level navigator", 1)
    for _, account in ipairs(list) do
      local path = ("/v1/customer_accounts/%s/metadata"):format(account)
      local value = ask(box, path, '.metadata["support:level"] // "none"')
      local line = out:match("%f[%w]" .. account .. "\t([^\n]*)")
      if value == "none" then
        missing = missing + 1
        assert.equal("has none", line)
      elseif value ~= "navigator" then
        wrong = wrong + 1
        assert.equal(ask(box, path .. "/support:level/detail",
          [["has '\(.value)', set by \(.lastUpdatedBy) on \(.lastUpdatedDate[0:10])"]]), line)
      else
        assert.is_nil(line)
      end
    end
    local last = "support:level: %d of %d accounts are not as they should be"
    assert.is_true(missing > 0 and wrong > 0)
    assert.equal(last:format(missing + wrong, #list), lines_of(out)[missing + wrong + 1])
    assert.is_truthy(run("support:level", 1):find(last:format(missing, #list), 1, true))
  end,

  ["07-status-changes.lua"] = function(run, box)
    post(box, "/sandbox/faults", [[{ "operation": "accounts.list", "body": { "customerAccount": [
      { "type": "CLOUD", "id": "10101" } ] } }]])
    local first = "2013-08-23  CLOUD/10101  Pending Approval -> Delinquent  abc2224\n"
    assert.equal(first .. "1 changes from 2013-08-23 until 2014-10-01\n",
      run("2013-08-23 2014-10-01"))
    assert.equal("2012-07-15  CLOUD/10101  (new) -> Pending Approval  service_account_admin\n" ..
      first .. "2014-10-01  CLOUD/10101  Delinquent -> Active  abc2222\n" ..
      "3 changes from 2012-07-15 until 2014-10-02\n", run("2012-07-15 2014-10-02"))
  end,

  ["08-close-stale.lua"] = function(run, box)
    local function statuses()
      return ask(box, "/tickets", "[.tickets[].status] | join(\", \")")
    end
    local before = statuses()
    assert.equal("stale\t180406-00003\t2018-04-06\tOpen port 8443\t\n" ..
      "stale\t180405-00002\t2018-04-05\tTwo invoices for May\t\n", run("30"))
    assert.equal(before, statuses())
    assert.equal("", run("36500 --close"))
    assert.equal("closed\t180406-00003\t2018-04-06\tOpen port 8443\t\n" ..
      "closed\t180405-00002\t2018-04-05\tTwo invoices for May\t\n", run("30 --close"))
    assert.equal((before:gsub("Solved", "Closed"):gsub("Pending Customer", "Closed")), statuses())
  end,

  ["09-contacts-vcard.lua"] = function(run, box)
    local out = run("CLOUD/10101")
    assert.equal(([[
BEGIN:VCARD
VERSION:4.0
UID:RPN-823-034-233
FN:John Doe
N:Doe;John;;Mr;Sr
ORG:MyRackspaceAcct
CATEGORIES:PRIMARY
EMAIL;PREF=1:john.doe.10101@example.com
TEL;PREF=1:2105550100
END:VCARD
]]):gsub("\n", "\r\n"), out:match("^.-END:VCARD\r\n"))
    assert.equal(ask(box, "/v1/customer_accounts/CLOUD/10101/contacts", ".contact | length"),
      tostring(select(2, out:gsub("BEGIN:VCARD\r\n", ""))))

    local name = "Größe; " .. ("Ω, "):rep(60) .. "\\"
    post(box, "/sandbox/faults", ([[{ "operation": "accounts.get", "body": { "type": "CLOUD",
      "id": "10101", "name": "%s" } }]]):format((name:gsub("\\", "\\\\"))))
    out = run("CLOUD/10101")
    for line in out:gmatch("([^\n]*)\r\n") do
      assert.is_true(#line <= 75)
      assert.equal(line, support.output(("printf %%s %s | iconv -f UTF-8 -t UTF-8"):format(
        support.quote(line))))
    end
    assert.is_truthy(out:gsub("\r\n ", ""):find("\r\nORG:Größe\\; " .. ("Ω\\, "):rep(60) ..
      "\\\\\r\n", 1, true))
  end,

  ["10-follow-events.lua"] = function(run, box)
    local path = folder .. "/marker"
    local first = "2018-04-04T16:44:27.644Z\t180404-00001\tCREATE\tPending Rackspace\t" ..
      "Help! We need more servers!\n"
    local second = "2018-04-04T16:45:27.644Z\t180404-00001\tUPDATE\tIn Progress\t" ..
      "Help! We need more servers!\n"
    assert.equal(first .. second, run("10101 " .. path))
    assert.equal("", run("10101 " .. path))
    support.write(path, ask(box, "/consolidated_ticketing/events/10101",
      ".feed.entry[-1].id") .. "\n")
    assert.equal(second, run("10101 " .. path))

    local job = start(box, "10-follow-events.lua", "10101 " .. path .. " 0.02")
    for subject in ("abc"):gmatch(".") do
      post(box, "/tickets", ([[{ "accountId": "10101", "subject": "%s", "category": "Incident",
        "subcategory": "Other" }]]):format(subject))
      assert.is_truthy(job:line():find("\tCREATE\tPending Rackspace\t" .. subject .. "$"))
    end
    local newest = ask(box, "/consolidated_ticketing/events/10101", ".feed.entry[0].id")
    child.wait_until(function()
      return support.read(path) == newest .. "\n"
    end, "the last event's id")
    job:signal("TERM")
    assert.equal(143, (job:finish()))
    assert.equal("", run("10101 " .. path))
  end,

  ["11-attach-log.lua"] = function(run, box)
    local out = run("180404-00001 'two files' README.md LICENSE")
    local uuids = {}
    for name, uuid in out:gmatch("180404%-00001\t(%S+)\t(%S+)\n") do
      uuids[#uuids + 1] = name .. " " .. uuid
    end
    assert.equal(2, #uuids)
    local comment = ".comments[-1]"
    assert.equal(table.concat(uuids, ","), ask(box, "/tickets/180404-00001", comment ..
      [[| [.attachments[] | "\(.filename) \(.uuid)"] | join(",")]]))
    local urls = ask(box, "/tickets/180404-00001", comment .. ".attachments[].url")
    for i, path in ipairs{ "README.md", "LICENSE" } do
      local url = lines_of(urls .. "\n")[i]
      assert.equal(support.read(path), support.output("curl -sS " .. support.quote(url)))
    end

    local code, printed, said = start(box, "11-attach-log.lua",
      "180404-00001 text README.md " .. folder .. "/none"):finish()
    assert.same({ 1, "" }, { code, printed })
    assert.is_truthy(said:find("^tickets.comment: [^\n]*/none"))
  end,

  ["12-reconcile.lua"] = function(run)
    assert.equal("only here  7  Nobody\nonly there  10  API Customer 50\n" ..
      "renamed  23  Another, one -> API Customer 39\n",
      run(file("list.csv", '49,API Customer 17\r\n23,"Another, one"\r\n7,Nobody\r\n'), 1))
    assert.equal("", run(file("list.csv",
      "49,API Customer 17\n23,API Customer 39\n10,API Customer 50\n")))
  end,

  ["13-details.lua"] = function(run, box)
    local out = run("")
    assert.equal(out, run("1"))
    local list, lines = accounts_of(box), lines_of(out)
    assert.equal(#list, #lines)
    for i, account in ipairs(list) do
      local counts = {}
      for place, what in ipairs{ "history", "status_history", "contacts", "metadata" } do
        counts[place] = ask(box, ("/v1/customer_accounts/%s/%s"):format(account, what),
          'del(.link) | [.[] | select(type | . == "array" or . == "object")][0] | length')
      end
      assert.equal(("%s %s changes, %s statuses, %s contacts, %s keys"):format(
        account:gsub("/", " "), counts[1], counts[2], counts[3], counts[4]),
        (lines[i]:gsub(" +", " ")))
    end
  end,

  ["core.lua"] = function(run, box)
    local out = run(("%s/sandbox %s/none http://127.0.0.1:1"):format(box.url,
      box.url))
    local seen = {}
    for line in out:gmatch("[^\n]+") do
      seen[#seen + 1] = line:gsub("^" .. box.url:gsub("%p", "%%%0"), "")
        :gsub(" in %d+%.%d+ s$", "")
    end
    table.sort(seen)
    assert.equal(3, #seen)
    assert.is_truthy(seen[1]:find(
      "^/none  404  %d+ bytes of application/json$"))
    assert.is_truthy(seen[2]:find(
      "^/sandbox  403  %d+ bytes of application/json$"))
    assert.is_truthy(seen[3]:find("^http://127%.0%.0%.1:1  network: "))
  end,
}

-- What is asked about one by one, by curl, is few.
local small = "--accounts 12 --limits off"
local options = { ["03-without-billing.lua"] = small, ["04-accounts-csv.lua"] = small,
  ["06-metadata-audit.lua"] = small, ["13-details.lua"] = small,
  ["08-close-stale.lua"] = "--limits off", ["10-follow-events.lua"] = "--limits off" }

-- spec/examples/open_tickets_spec.lua has it.
local elsewhere = { ["05-open-tickets.lua"] = true }

-- What no example takes.
local wrong = { ["01-accounts.lua"] = "x", ["02-timeline.lua"] = "CLOUD/10101 png",
  ["03-without-billing.lua"] = "x", ["04-accounts-csv.lua"] = "CLOUD x",
  ["07-status-changes.lua"] = "2014-01-01 soon", ["08-close-stale.lua"] = "30 --clos",
  ["13-details.lua"] = "many" }

describe("the examples", function()
  local box

  setup(function()
    folder = support.folder()
  end)

  teardown(function()
    support.remove(folder)
  end)

  for name, check in pairs(checks) do
    it("work: " .. name, function()
      box = assert(support.serve(options[name]))
      check(function(arguments, expected)
        local code, out, said = start(box, name, arguments):finish()
        assert.same({ expected or 0, "" }, { code, said })
        return out
      end, box)
      assert.same({ 0, "", "" }, { box:finish() })
    end)
  end

  it("are all of them checked, and say how they are called", function()
    local count = 0
    for name in support.output("ls examples | grep '[.]lua$'"):gmatch("[^\n]+") do
      assert.is_true(checks[name] ~= nil or elsewhere[name], name)
      local code, out, said = support.run(("examples/%s %s"):format(name, wrong[name] or ""))
      assert.same({ 2, "" }, { code, out })
      assert.is_truthy(said:find("^usage: " .. name:gsub("%p", "%%%0")), said)
      count = count + 1
    end
    for name in pairs(checks) do
      count = count - 1
      assert(io.open("examples/" .. name)):close()
    end
    assert.equal(1, count)
  end)
end)
