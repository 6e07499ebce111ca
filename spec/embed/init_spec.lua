--- init_spec.lua - the Lua side of librackspace, as src/host calls it
-- SPDX-License-Identifier: MIT
local embed = require("rackspace.embed")
local json = require("rackspace.base.json")

local function new(settings, allow)
  settings.sandbox = "true"
  return embed.new{ settings = settings, allow = allow, is_confined = true,
    charge = function() end }
end

local function error_of(fn, ...)
  local ok, err = pcall(fn, ...)
  assert.is_false(ok)
  return err
end

describe("a call by name", function()
  local host = new{}

  it("takes its arguments by position or by name", function()
    local by_place = host:call("accounts.get", '["CLOUD/10101"]')
    assert.equal(10101, json.decode(by_place).number)
    assert.equal(by_place, host:call("accounts.get",
      '{"account": "CLOUD/10101"}'))
  end)

  it("returns a page of a list, and its cursor", function()
    local page = json.decode(host:call("accounts.list", '{"limit": 5}'))
    assert.equal(5, #page.items)
    local after = json.decode(host:call("accounts.list",
      json.encode{ cursor = page.cursor }))
    assert.are_not.equal(page.items[1].id, after.items[1].id)
  end)

  it("raises tables with a kind", function()
    for arguments, kind in pairs{ ['["CLOUD/1"]'] = "not_found",
      ["[]"] = "usage", ["{"] = "usage", ["7"] = "usage",
      ['{"account": "CLOUD/10101", "never": 1}'] = "usage" } do
      assert.equal(kind, error_of(host.call, host, "accounts.get",
        arguments).kind, arguments)
    end
    assert.equal("usage", error_of(host.call, host, "never.get").kind)
    assert.equal("usage", error_of(host.pages, host, "accounts.get",
      '["CLOUD/10101"]').kind)
    local broken = new{ timeout = "never" }
    assert.equal("config", error_of(broken.call, broken, "accounts.list").kind)
  end)

  it("returns pages one by one", function()
    local next_page, count = host:pages("accounts.list", '{"limit": 50}'), 0
    for page in next_page do
      count = count + #json.decode(page)
    end
    assert.equal(137, count)
  end)

  it("can be started", function()
    host:start("accounts.get", '["CLOUD/10101"]', 7)
    host:start("accounts.get", '["CLOUD/1"]', 8)
    host:step()
    local ended = {}
    for _ = 1, 2 do
      local id, text, err = host:take()
      ended[id] = { text, err and err.kind }
    end
    assert.is_string(ended[7][1])
    assert.same({ nil, "not_found" }, ended[8])
    assert.is_nil(host:take())
    assert.is_nil(host:watch())
  end)
end)

describe("the Lua side of a rackspace", function()
  it("keeps its sandbox and its functions over a reset", function()
    local host = new{}
    host:register("double", function(text)
      return json.encode(json.decode(text)[1] * 2)
    end)
    local made = json.decode(host:call("tickets.create", json.encode{
      accountId = "hybrid:5342844", subject = "Disk", category = "Incident",
      subcategory = "General", comment = { text = "sda" } }))
    host:reset()
    assert.equal(8, host:new_globals().double(4))
    assert.equal("Disk", json.decode(host:call("tickets.get",
      json.encode{ made.ticketId })).subject)
  end)

  it("allows only the operations of its list", function()
    local host = new({}, { "accounts.*" })
    assert.equal("refused", error_of(host.call, host, "tickets.list").kind)
    assert.equal("refused", select(3,
      host:new_globals().rs.tickets:create{}).kind)
  end)
end)
