--- timeline_spec.lua - an account's three histories merged into one
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local json = require("rackspace.base.json")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local sandbox = { new = require("rackspace").sandbox }
local stub = require("spec.support.stub")
local timeline = require("rackspace.accounts.timeline")

local function sample(name)
  return assert(json.decode(file.read("spec/samples/" .. name .. ".json")))
end

--- Records in short: day, field, before, after, who, how many histories.
local function brief(records)
  local lines = {}
  for i, record in ipairs(records) do
    lines[i] = table.concat({ (record.date or "-"):sub(1, 16), record.what,
      tostring(record.from), tostring(record.to), tostring(record.who), #record.sources }, " ")
  end
  return lines
end

describe("a merged timeline", function()
  it("has the documents' samples in the order of time", function()
    local records = timeline.merge{
      status_history = sample("status_history").statusChange,
      customer_history = sample("customer_history").accountRCNChange,
      history = sample("account_history").customerAccountHistory,
    }
    local lines = brief(records)
    assert.same({
      "2012-07-15T18:00 status nil Pending Approval testUserName2 1",
      "2012-10-02T00:23 status Pending Approval Delinquent testUserName1 1",
      "2012-12-15T18:00 rcn nil RCN-000-000-002 john0987 1",
      -- At one instant: the account's history first. Its NEW is also what the
      -- other two say.
      "2012-12-31T18:00 status Delinquent Active abc123 2",
      "2012-12-31T18:00 rcn RCN-000-000-002 RCN-000-000-001 abc123 2",
      "2012-12-31T18:00 rcn RCN-000-000-001 RCN-123-456-789 user0123 1",
    }, { lines[1], lines[2], lines[3], lines[4], lines[5], lines[6] })
    assert.equal("FULL", records[4].accessPolicy)
    assert.same({ "history", "status_history" }, records[4].sources)
    assert.equal("SYSTEM", records[4].usertype)
    assert.equal("NEW", records[4].reason)
  end)

  it("says a change that two histories tell of once, whatever their form of date", function()
    local records = timeline.merge{
      history = { { accountChangeType = "LEGACY_ACCOUNT_STATUS", accountStatus = "Closed",
        updatedDate = "2015-01-01T00:00:00.250Z" } },
      status_history = { { status = "Closed", date = "2015-01-01T01:00:00+01:00",
        username = "abc456", accessPolicy = "TERMINATED" } },
    }
    assert.same({ "2015-01-01T01:00 status nil Closed abc456 2" }, brief(records))
    assert.equal("TERMINATED", records[1].accessPolicy)
  end)

  it("keeps what one history tells twice", function()
    local change = { status = "Active", date = "2015-01-01T00:00:00Z" }
    assert.equal(2, #timeline.merge{ status_history = { change, change } })
  end)

  it("keeps the order of what came at one time, oldest first", function()
    local function nick(name)
      return { accountChangeType = "NICKNAME", nickname = name,
        updatedDate = "2015-01-01T00:00:00Z" }
    end
    local lines = brief(timeline.merge{ history = { nick("a"), nick("b"), nick("c") } })
    assert.same({ "2015-01-01T00:00 nickname nil a nil 1",
      "2015-01-01T00:00 nickname a b nil 1", "2015-01-01T00:00 nickname b c nil 1" }, lines)
  end)

  it("leaves a change without a date behind the one before it", function()
    local lines = brief(timeline.merge{
      history = {
        { accountChangeType = "NICKNAME", nickname = "a", updatedDate = "2015-01-01T00:00:00Z" },
        { accountChangeType = "NICKNAME", nickname = "b", updatedDate = "soon" },
        { accountChangeType = "NICKNAME", nickname = "c" } },
      status_history = { { status = "Active", date = "2016-01-01T00:00:00Z" } },
    })
    assert.same({ "2015-01-01T00:00 nickname nil a nil 1", "soon nickname a b nil 1",
      "- nickname b c nil 1", "2016-01-01T00:00 status nil Active nil 1" }, lines)
  end)

  it("has changes of types that nobody knows", function()
    local records = timeline.merge{ history = { { accountChangeType = "PAINTED",
      updatedDate = "2015-01-01T00:00:00Z" }, { updatedDate = "2016-01-01T00:00:00Z" } } }
    assert.same({ "2015-01-01T00:00 PAINTED nil nil nil 1",
      "2016-01-01T00:00 unknown nil nil nil 1" }, brief(records))
  end)

  it("is an empty list of nothing, and leaves what it was given", function()
    assert.equal("[]", json.encode(timeline.merge{}))
    local list = { { status = "Active", date = "2015-01-01T00:00:00Z" } }
    timeline.merge{ status_history = list }
    assert.same({ { status = "Active", date = "2015-01-01T00:00:00Z" } }, list)
  end)
end)

describe("rs.accounts:timeline", function()
  it("has each change of the sandbox's account once, in both dialects", function()
    local found = {}
    for _, dialect in ipairs{ "reference", "openapi" } do
      local rs = assert(rackspace.new{ dialect = dialect,
        sandbox = sandbox.new{ dialect = dialect } })
      local records = assert(rs.accounts:timeline(
        dialect == "openapi" and "RCN-123-456-789" or "CLOUD/10101"))
      found[dialect] = brief(records)
      assert.equal("accounts.timeline", rs:meta(records).operation)
      rs:close()
    end
    -- From the sandbox's first story: NEW, MERGE, Delinquent, RCN_UPDATE,
    -- Active, NICKNAME, 202 days apart. NEW is two changes.
    assert.same({ "2012-07-15 status", "2012-07-15 rcn", "2013-02-02 rcn", "2013-08-23 status",
      "2014-03-13 rcn", "2014-10-01 status", "2015-04-21 nickname" }, (function()
        local list = {}
        for i, line in ipairs(found.reference) do
          list[i] = line:gsub("T%S+", ""):match("^%S+ %S+")
        end
        return list
      end)())
    assert.matches(" status Pending Approval Delinquent %S+ 2$", found.reference[4])
    assert.same(#found.reference, #found.openapi)
    assert.matches(" status Delinquent Active %S+ 2$", found.openapi[6])
  end)

  it("asks for the three at once, and with the call's own options", function()
    local rs, requests = stub.session(function()
      return stub.reply(200, '{"history":[]}')
    end, { dialect = "openapi" })
    assert.same({}, rs.accounts:timeline({ rcn = "RCN-1-2-3" }, { timeout = 7 }))
    local paths = {}
    for i, request in ipairs(requests) do
      paths[i] = request.url:match("localhost(.*)$")
      assert.equal(7, request.timeout)
    end
    assert.same({ "/v1/customer_accounts/RCN-1-2-3/history",
      "/v1/customer_accounts/RCN-1-2-3/status_history", "/v1/customers/RCN-1-2-3/history" }, paths)
  end)

  --- A session where each history answers what is given for it.
  local function session_of(answers)
    return stub.session(function(request)
      local name = request.url:match("([%w_]+)$")
      return answers[name] or stub.reply(404, { message = "no such history" })
    end)
  end

  it("takes a history that is not found as empty when there is another", function()
    local rs = session_of{ customer_history = stub.reply(200, { accountRCNChange = {
      { accountChangeType = "NEW", rcn = "RCN-1-2-3", date = "2015-01-01T00:00:00Z" } } }) }
    local records = assert(rs.accounts:timeline("CLOUD/1"))
    assert.same({ "2015-01-01T00:00 rcn nil RCN-1-2-3 nil 1" }, brief(records))
    assert.equal(200, rs:meta(records).status)
  end)

  it("fails as the account when no history is found", function()
    local records, message, err = session_of{}.accounts:timeline("CLOUD/1")
    assert.is_nil(records)
    assert.equal("accounts.timeline: 404 no such history", message)
    assert.equal("not_found", err.kind)
  end)

  it("fails when a history can't be read, and waits for the others", function()
    local rs, requests = session_of{ status_history = stub.reply(403, { message = "not you" }),
      history = stub.reply(200, { customerAccountHistory = {} }) }
    local _, message, err = rs.accounts:timeline("CLOUD/1")
    assert.equal("accounts.timeline: 403 not you", message)
    assert.equal("accounts.timeline", err.operation)
    assert.equal(3, #requests)
    assert.is_nil(next(rs.scheduler.living))
  end)

  it("raises for what is no account, at the caller's line", function()
    local rs = stub.session(function() end)
    assert.equal("accounts.timeline: 'account' is missing",
      raises(function() rs.accounts:timeline() end))
  end)
end)
