--- prism_spec.lua - what the client makes of answers that Prism makes up
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local json = require("rackspace.base.json")
local node = require("spec.support.node")
local rackspace = require("rackspace")

local DOCUMENT, SEEDS = "spec/support/openapi.yaml", 50
local RCN = "RCN-123-456-789"

local function whole(body)
  return body
end

--- What there is under a name, in the order of the answer.
local function under(name)
  return function(body)
    return body[name]
  end
end

--- The entries by their keys, with the parts of those.
local function sorted_metadata(body)
  for _, entry in ipairs(body.metadata) do
    entry.namespace = entry.key and entry.key:match("^([^:]*):")
    entry.name = entry.key and entry.key:gsub("^[^:]*:", "")
  end
  table.sort(body.metadata, function(a, b) return a.key < b.key end)
  return body.metadata
end

local function values_by_key(body)
  local values = {}
  for _, entry in ipairs(body.metadata) do
    values[entry.key] = entry.value
  end
  return values
end

-- Calls of every operation of the document: what a session is asked, and what
-- an answer's body is to be for its caller.
local calls = {
  { "accounts.list", function(rs) return rs.accounts:list():totable() end,
    under("customer_accounts") },
  { "accounts.get", function(rs) return rs.accounts:get(RCN) end, whole },
  { "accounts.status_history", function(rs) return rs.accounts:status_history(RCN) end,
    under("history") },
  { "accounts.history", function(rs) return rs.accounts:history(RCN) end, under("history") },
  { "accounts.customer_history", function(rs) return rs.accounts:customer_history(RCN) end,
    under("history") },
  { "contacts.list", function(rs) return rs.contacts:list(RCN):totable() end,
    under("contacts") },
  { "contacts.get", function(rs) return rs.contacts:get(RCN, "7") end, whole },
  { "metadata.list", function(rs) return rs.metadata:list(RCN) end, values_by_key },
  { "metadata.entries", function(rs) return rs.metadata:entries(RCN) end, sorted_metadata },
  { "metadata.get", function(rs) return rs.metadata:get(RCN, "k") end, under("value") },
  { "metadata.details", function(rs) return rs.metadata:details(RCN, "k") end, whole },
}

--- Starts a mock for each seed, whose answers have a status. An optional
-- property is in an answer with the probability.
local function start(status, probability)
  local mock = node.start("prism.js", DOCUMENT, SEEDS, probability, status)
  return child.wait_until(function()
    local urls = mock:lines()
    return #urls == SEEDS and urls
  end, "Prism's mocks")
end

--- A session with a mock, and a function that returns the last response.
local function session_with(url)
  local wire = assert(rackspace.new{ token = "a-token" })
  local last
  local rs = assert(rackspace.new{ token = "a-token", dialect = "openapi", retries = 0,
    endpoints = { customer = url }, transport = function(request)
      local message, kind, sent
      last, message, kind, sent = wire.transport(request)
      return last, message, kind, sent
    end })
  rs:on("warning", function() end) -- a made-up total is never right
  return rs, function() return last end, wire
end

--- Calls judge(name, result, message, err, response, expect) for each call to
-- each mock, or for those of one name.
local function call_all(urls, judge, only)
  for _, url in ipairs(urls) do
    local rs, last, wire = session_with(url)
    for _, call in ipairs(calls) do
      if not only or call[1] == only then
        local result, message, err = call[2](rs)
        judge(call[1], result, message, err, last(), call[3])
      end
    end
    rs:close()
    wire:close()
  end
end

--- Whether Prism and its packages are here; else the spec is pending.
local function is_here()
  local problem = node.problem()
  if problem then
    pending(problem)
  end
  return not problem
end

describe("the client, of answers that Prism makes up,", function()
  after_each(child.close_all)

  it("returns all that is in them, over fifty seeds", function()
    if not is_here() then
      return
    end
    local count = 0
    call_all(start(200, 1), function(name, result, message, _, response, expect)
      assert.equal(200, response.status, name .. ": " .. response.body)
      assert.is_nil(message)
      assert.same(expect(json.decode(response.body)), result, name)
      count = count + 1
    end)
    assert.equal(SEEDS * #calls, count)
  end)

  it("returns what is there of optional properties, and requires none", function()
    if not is_here() then
      return
    end
    local count = 0
    call_all(start(200, 0.5), function(name, result, message, _, response, expect)
      assert.equal(200, response.status, name .. ": " .. response.body)
      assert.is_nil(message)
      assert.not_nil(result)
      local is_whole, expected = pcall(expect, json.decode(response.body))
      assert.same(is_whole and expected or result, result, name)
      count = count + 1
    end)
    assert.equal(SEEDS * #calls, count)
  end)

  it("tells a fault by its own words", function()
    if not is_here() then
      return
    end
    call_all(start(404, 1), function(_, result, message, err, response)
      assert.is_nil(result)
      assert.equal("not_found", err.kind)
      assert.equal(404, response.status)
      assert.truthy(message:find(json.decode(response.body).message, 1, true), message)
    end, "accounts.get")
  end)
end)
