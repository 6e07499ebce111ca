--- help_spec.lua - what something is, for who asks at a prompt
-- SPDX-License-Identifier: MIT
local help = require("rackspace.manual.help")
local rackspace = require("rackspace")

describe("help", function()
  local rs

  setup(function()
    rs = assert(rackspace.new{ sandbox = true })
    rs:service{ name = "widgets", endpoint = "customer", doc = "Things of mine.",
      { "spin", "GET /v1/widgets/{id}", args = { { "id", "id", "Which." } },
        doc = "Turns one.", returns = "any" } }
  end)

  teardown(function()
    rs:close()
  end)

  local function said(value)
    return table.concat(help.value(value, { width = 80 }, rs), "\n")
  end

  it("knows a call by its function and by its name", function()
    local expected = said("tickets.create")
    assert.is_truthy(expected:find("^rs%.tickets:create{"))
    assert.equal(expected, said(rs.tickets.create))
    assert.equal(expected, said("rs.tickets:create"))
  end)

  it("knows a service, bundled or the script's own", function()
    assert.is_truthy(said(rs.tickets):find("^rs%.tickets\nSupport tickets"))
    assert.equal(said(rs.tickets), said("tickets"))
    assert.is_truthy(said("widgets"):find("Things of mine.", 1, true))
    assert.is_truthy(said(rs.widgets.spin):find("^rs%.widgets:spin%(id%)\nTurns one%."))
    assert.is_truthy(said("widgets.spin"):find("GET /v1/widgets/{id}", 1, true))
  end)

  it("knows its topics", function()
    assert.is_truthy(said("concepts"):find("RCN", 1, true))
    assert.is_truthy(said("errors"):find("not_found  there is no such thing", 1, true))
    assert.is_truthy(said("settings"):find("read_only", 1, true))
    for _, name in ipairs(help.topics()) do
      assert.is_table(help.named(name, {}, rs), name)
    end
    assert.is_nil(help.named("nothing such", {}, rs))
    assert.is_nil(help.named("tickets.none", {}, rs))
  end)

  it("describes any value", function()
    assert.is_truthy(said(rs):find("^session %(demo%), with the services\n"))
    assert.equal("a function of C's", said(print))
    assert.is_truthy(said(function() end):find("^a function, .*help_spec%.lua:%d+$"))
    assert.equal("a list of 2", said{ 1, 2 })
    assert.equal("a table of 2 fields: a, b", said{ b = 1, a = 2 })
    assert.equal("a string of 7 bytes", said("no such"))
    assert.equal("a number: 7", said(7))
    assert.equal("a nil: nil", said(nil))
  end)
end)
