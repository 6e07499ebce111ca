--- sandbox_answers_spec.lua - the sandbox's tickets, asked in this process
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local in_process = require("spec.support.in_process")

local function ticket(changes)
  local fields = { accountId = "10101", subject = "S", category = "Incident",
    subcategory = "Other" }
  for name, value in pairs(changes or {}) do
    fields[name] = value
  end
  return fields
end

describe("the sandbox's tickets", function()
  local box

  before_each(function()
    box = in_process.start{ limits = false }
  end)

  after_each(file.clean)

  local function create(changes, username)
    return box:ask(username or "demo", "POST", "/tickets", ticket(changes))
  end

  it("are some from the start, of which each user sees their own", function()
    local all = box:get("demo", "/tickets").tickets
    assert.equal(6, #all)
    assert.equal(1, box:get("second", "/tickets").total)
    local seen = 0
    for _, one in ipairs(all) do
      local target = "/tickets/" .. one.ticketId
      assert.equal(one.ticketId, box:get("demo", target).ticketId)
      seen = seen + (box:ask("second", "GET", target).status == 200 and 1 or 0)
    end
    assert.equal(1, seen)
    assert.equal(0, in_process.start{ accounts = 0 }:get("demo", "/tickets").total)
  end)

  it("are kept in the state's file, once each", function()
    local path = file.folder() .. "/state"
    box = in_process.start{ state = path }
    local opened = create{ subject = "Zoë", comment = { text = "x" } }.value
    box.sandbox:close()
    box = in_process.start{ state = path }
    assert.same(opened, box:get("demo", "/tickets/" .. opened.ticketId))
    assert.equal(7, box:get("demo", "/tickets").total)
  end)

  it("are of accounts that the user sees", function()
    for _, id in ipairs{ "x", ":", "hybrid:", "hybrid:1" } do
      assert.not_equal(200, create{ accountId = id }.status)
    end
    assert.equal(200, create().status)
    assert.not_equal(200, create({}, "second").status)
  end)

  it("name the role that is missing", function()
    local visible = box:get("second", "/accounts").accounts[1].id
    local refused = create({ accountId = visible }, "second")
    assert.equal(403, refused.status)
    assert.matches("This takes the role ", refused.value.message, 1, true)
    refused = box:ask("second", "GET", "/resources")
    assert.matches("identity:user-admin", refused.value.message, 1, true)
    refused = box:ask("careful", "POST", "/tickets", ticket{ accountId = "hybrid:5342844" })
    assert.same({ 403, "This takes the role account_admin or edit_ticket" },
      { refused.status, refused.value.message })
  end)

  it("have the severities and the subcategory of their account's product", function()
    assert.equal(200, create{ accountId = "hybrid:5342844", severity = "Emergency" }.status)
    assert.equal(400, create{ severity = "Emergency" }.status)
    assert.equal(400, create{ severity = "low" }.status)
    for _, given in ipairs{ "General", "Other" } do
      assert.equal("Other", create{ subcategory = given }.value.subcategory)
      assert.equal("General", create{ accountId = "hybrid:5342844",
        subcategory = given }.value.subcategory)
    end
    assert.equal(400, create{ subcategory = "general" }.status)
  end)

  it("are not changed when they are closed", function()
    local target = "/tickets/" .. create().value.ticketId
    assert.equal(204, box:ask("demo", "PATCH", target, { status = "Closed" }).status)
    local refused = box:ask("demo", "PATCH", target, { status = "Closed" })
    assert.same({ 400, "The ticket is closed" }, { refused.status, refused.value.message })
  end)

  it("are listed in pages that lead to each other, with their filter", function()
    for _ = 1, 5 do
      create{ subject = "a b" }
    end
    local function page(offset)
      return box:get("demo", "/tickets?subject=a%20b&other=x&limit=2&offset=" .. offset)
    end
    local function at(offset)
      return "http://localhost/tickets?limit=2&offset=" .. offset .. "&subject=a%20b"
    end
    assert.same({ self = at(2), first = at(0), last = at(4), prev = at(0), next = at(4) },
      page(2)._links)
    assert.same({ self = at(4), first = at(0), last = at(4), prev = at(2), next = "" },
      page(4)._links)
    assert.same({ 2, 2, 1, 0 },
      { #page(0).tickets, #page(2).tickets, #page(4).tickets, #page(6).tickets })
    assert.equal(5, page(4).total)
    assert.equal(11, #box:get("demo", "/tickets?limit=501").tickets)
    for _, bad in ipairs{ "limit=0", "limit=-1", "limit=1.5", "limit=", "offset=-1" } do
      assert.equal(400, box:ask("demo", "GET", "/tickets?" .. bad).status)
    end
  end)
end)

describe("the sandbox's devices", function()
  local box

  setup(function()
    box = in_process.start()
  end)

  local function find(query, username)
    return box:get(username or "demo", "/resources?limit=500&" .. query).resources
  end

  it("are the dedicated accounts'", function()
    local all = find("status=all")
    assert.is_true(#all > 0)
    for _, device in ipairs(all) do
      assert.matches("^hybrid:%d+$", device.accountId)
      assert.equal("http://localhost/resources/" .. device.id, device._links.self)
    end
  end)

  it("are found by any of their texts", function()
    local one = find("")[5]
    for _, text in ipairs{ one.id, one.name:upper(), one.network.privateIp } do
      assert.same(one, find("q=" .. text)[1])
    end
    assert.equal(0, #find("q=none+such"))
    for _, device in ipairs(find("q=" .. one.location)) do
      assert.equal(one.location, device.location)
    end
  end)

  it("are online, offline or both", function()
    local on, off = find("status=online"), find("status=offline")
    assert.is_true(#on > 0 and #off > 0)
    assert.equal(#on + #off, #find("status=all"))
    assert.same(on, find(""))
  end)

  it("come in the order that is asked for", function()
    for _, key in ipairs{ "id", "name" } do
      local up, down = find("sort=asc&sortBy=" .. key), find("sort=desc&sortBy=" .. key)
      for i = 2, #up do
        assert.is_true(up[i - 1][key] < up[i][key])
        assert.equal(up[i].id, down[#up - i + 1].id)
      end
    end
  end)
end)
