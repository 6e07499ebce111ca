--- accounts_spec.lua - walks all accounts, and counts what a report tells
-- SPDX-License-Identifier: MIT
local accounts = require("rackspace.report.accounts")
local rackspace = require("rackspace")
local sandbox = { new = require("rackspace").sandbox }
local stub = require("spec.support.stub")

local function sink()
  local rows = {}
  return { rows = rows, write = function(_, text) rows[#rows + 1] = text end }
end

local function walk(rs, options)
  local rows, lacking = sink(), sink()
  options = options or {}
  options.concurrency = options.concurrency or 4
  options.progress = options.progress or function() end
  return accounts.walk(rs, rows, lacking, options), rows.rows, lacking.rows
end

local function count_of(tally, label)
  return tally.counts[label]
end

--- What the sandbox's own data says, counted without the client.
local function expected(box)
  local found = { types = {}, BILLING = 0, PRIMARY = 0, lacking = 0, keys = {} }
  for i = 0, box.data.count - 1 do
    local kind = box.data:account(i).type
    found.types[kind] = (found.types[kind] or 0) + 1
    local has = {}
    for _, contact in ipairs(box.data:contacts(i)) do
      for _, role in ipairs(contact.roles.role) do
        has[role] = true
      end
    end
    found.BILLING = found.BILLING + (has.BILLING and 0 or 1)
    found.PRIMARY = found.PRIMARY + (has.PRIMARY and 0 or 1)
    found.lacking = found.lacking + (has.BILLING and has.PRIMARY and 0 or 1)
  end
  return found
end

describe("a walk of the accounts", function()
  it("counts what the sandbox has", function()
    local box = sandbox.new{ accounts = 400 }
    local rs = assert(rackspace.new{ sandbox = box })
    local said = {}
    local found, rows, lacking = walk(rs, { progress = function(text) said[#said + 1] = text end })
    local wanted = expected(box)
    assert.equal(400, found.total)
    assert.equal(400, #rows)
    assert.same(wanted.types, found.by_type.counts)
    assert.is_true(wanted.BILLING > 0 and wanted.PRIMARY > 0)
    assert.same({ BILLING = wanted.BILLING, PRIMARY = wanted.PRIMARY }, found.missing)
    assert.equal(wanted.lacking, found.lacking)
    assert.equal(wanted.lacking, #lacking)
    local with_level = assert(rs.accounts:list{ metadataKey = "support:level" }:totable())
    assert.equal(#with_level, count_of(found.keys, "support:level"))
    assert.equal(0, found.unreadable)
    assert.equal("400 accounts", said[#said])
    rs:close()
  end)

  it("asks twice for an account, and for no more accounts than wanted", function()
    local box = sandbox.new{ accounts = 400 }
    local rs = assert(rackspace.new{ sandbox = box })
    local found = walk(rs, { most = 60 })
    assert.equal(60, found.total)
    assert.same({ 60, 60 }, { box:count("contacts.list"), box:count("metadata.entries") +
      box:count("metadata.list") })
    assert.is_true(box:count("accounts.list") <= 3)
    rs:close()
  end)

  it("takes what the OpenAPI dialect has in its records, and asks for nothing else", function()
    local box = sandbox.new{ accounts = 100, dialect = "openapi" }
    local rs = assert(rackspace.new{ sandbox = box, dialect = "openapi" })
    local found = walk(rs)
    assert.is_true(found.total > 10)
    assert.same({ 0, 0 }, { box:count("contacts.list"), box:count("metadata.entries") })
    assert.is_true(count_of(found.by_status, "Active") > 0)
    assert.is_nil(count_of(found.by_type, "(none)"))
    assert.is_true(#found.keys:items() > 0)
    rs:close()
  end)

  --- A session with one page of accounts, whose contacts and metadata answer
  -- as given.
  local function session_of(contacts, metadata)
    return (stub.session(function(request)
      if request.url:find("/contacts", 1, true) then
        return contacts
      elseif request.url:find("/metadata", 1, true) then
        return metadata
      end
      return stub.reply(200, { customerAccount = { { type = "CLOUD", id = "1", name = "<b>" },
        { type = "CLOUD", id = "2", status = "Active" } } })
    end))
  end

  it("goes on where an account's contacts or metadata can't be read", function()
    local found, rows, lacking = walk(session_of(stub.reply(403, { message = "not yours" }),
      stub.reply(200, { metadata = { a = "b" } })))
    assert.equal(2, found.unreadable)
    assert.equal("contacts.list: 403 not yours", found.problem)
    assert.equal(2, found.keys.counts.a)
    assert.same({}, lacking)
    assert.truthy(rows[1]:find("&lt;b&gt;", 1, true))
    assert.truthy(rows[1]:find("not known", 1, true))
    found = walk(session_of(stub.reply(200, { contact = {} }), stub.reply(404, {
      message = "gone" })))
    assert.same({ BILLING = 2, PRIMARY = 2 }, found.missing)
    assert.equal("metadata.entries: 404 gone", found.problem)
  end)

  it("asks nothing of an account that no call can name", function()
    local rs, requests = stub.session(function()
      return stub.reply(200, { customerAccount = { { type = "CLOUD", id = "../1" },
        { name = "nobody" } } })
    end)
    local found, rows, lacking = walk(rs)
    assert.same({ 2, 2, 0 }, { found.unreadable, #rows, #lacking })
    assert.equal("an account has an id that contains a slash", found.problem)
    assert.equal(1, #requests)
  end)

  it("ends where nothing more can be had", function()
    local ok, err = pcall(walk, session_of(stub.reply(401, { message = "no" }),
      stub.reply(200, { metadata = {} })))
    assert.is_false(ok)
    assert.equal("auth", err.kind)
  end)
end)
