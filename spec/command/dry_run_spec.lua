--- dry_run_spec.lua - the request that a call would send
-- SPDX-License-Identifier: MIT
local arguments = require("rackspace.command.arguments")
local dry_run = require("rackspace.command.dry_run")
local examples = require("spec.support.examples")
local modules = require("rackspace.services").modules
local rackspace = require("rackspace")
local walk = require("spec.support.walk")

local unpack = table.unpack or unpack -- luacheck: ignore 143

local function session()
  return assert(rackspace.new{ token = "0123456789abcdef", transport = function()
    error("something was sent")
  end })
end

local function lines(name, words)
  local service, method = name:match("^(.*)%.(.*)$")
  local op = require(modules[service]).by_name[method]
  local rs = session()
  local request = assert(dry_run.build(rs, op, assert(arguments.read(op, words))))
  return table.concat(dry_run.lines(rs, op, request), "\n")
end

describe("a dry run", function()
  it("has the request as it would go", function()
    assert.equal("GET https://customer.api.rackspacecloud.com/v1/customer_accounts"
      .. "?accountType=A%26B&limit=5\nAccept: application/json\n"
      .. "X-Auth-Token: <hidden>",
      lines("accounts.list", { "limit=5", "accountType=A&B" }))
    assert.equal("# first put up: smart.log\n"
      .. "POST https://ticketing.api.rackspace.com/tickets/7/comments\n"
      .. "Accept: application/vnd.ticketing.v2+json\n"
      .. "Content-Type: application/vnd.ticketing.v2+json\n"
      .. "X-Auth-Token: <hidden>\n\n"
      .. [[{"comment":{"attachments":[{"filename":"smart.log","path":"smart.log"}],"text":"a/b"}}]],
      lines("tickets.comment", { "7", "text=a/b", "attachments=smart.log" }))
    assert.matches("\nX%-Api%-Signature: <hidden>\n\nname=x%%20y",
      lines("email_customers.create", { "name=x y" }))
  end)

  it("shows no secret, and sends nothing, whatever is called", function()
    local count = 0
    local rs = session()
    walk.each_operation(function(op)
      local args = examples.arguments(examples.by_name[op.full_name], nil, {}, "1")
      local list = { unpack(args) }
      list.n = #args
      local request = dry_run.build(rs, op, list)
      if request then
        local text = table.concat(dry_run.lines(rs, op, request), "\n")
        assert.is_nil(text:find("0123456789abcdef", 1, true), op.full_name)
        assert.is_truthy(text:find("\n?" .. op.method .. " "), op.full_name)
        assert.is_nil(text:match("\n?%u+ [^\n]*[{}]"), text)
        count = count + 1
      end
    end)
    assert.is_true(count > 40, count)
    rs:close()
  end)
end)
