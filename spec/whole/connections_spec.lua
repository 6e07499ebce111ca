--- connections_spec.lua - how many connections calls take, by nginx's own count
-- SPDX-License-Identifier: MIT
local nginx = require("spec.support.nginx")
local rackspace = require("rackspace")

local locations = [[
    location / {
      default_type application/json;
      return 200 '{"type":"CLOUD","id":"1","name":"$connection"}';
    }]]

describe("a session's connections", function()
  local server

  setup(function()
    server = nginx.start(locations)
  end)

  teardown(function()
    server:close()
  end)

  local function session(url, settings)
    settings = settings or {}
    settings.token, settings.limits = "a-token-of-the-spec", false
    settings.endpoints = { customer = url }
    settings.ca_file = server.ca_file
    return assert(rackspace.new(settings))
  end

  -- The calls that each connection carried, most first.
  local function calls_of(results)
    local by_connection, list = {}, {}
    for _, account in results do
      local number = assert(account).name
      by_connection[number] = (by_connection[number] or 0) + 1
    end
    for _, count in pairs(by_connection) do
      list[#list + 1] = count
    end
    table.sort(list, function(a, b) return a > b end)
    return list
  end

  local function numbers(count)
    local list = {}
    for i = 1, count do
      list[i] = i
    end
    return list
  end

  local function get(rs)
    return function(number)
      return rs.accounts:get("CLOUD/" .. number)
    end
  end

  it("are one for 64 calls at once over HTTP/2", function()
    local rs = session(server.tls)
    assert.same({ 256 }, calls_of(rs:map(numbers(256), get(rs), { concurrency = 64 })))
    rs:close()
  end)

  it("are one for calls one after another, until the server ends it", function()
    local rs = session(server.plain)
    local one = { concurrency = 1 }
    assert.same({ 990 }, calls_of(rs:map(numbers(990), get(rs), one)))
    assert.same({ 90, 10 }, calls_of(rs:map(numbers(100), get(rs), one)))
    rs:close()
  end)

  it("are no more than calls at once, and kept for the next ones", function()
    local rs = session(server.plain)
    local calls = calls_of(rs:map(numbers(200), get(rs), { concurrency = 8 }))
    assert.is_true(#calls <= 8)
    rs:close()
  end)

  it("are shared by sessions that share their loop", function()
    local first = session(server.tls)
    local second = session(server.tls, { loop = first })
    local function by_turns(number)
      return get(number % 2 == 0 and first or second)(number)
    end
    assert.same({ 64 }, calls_of(first:map(numbers(64), by_turns, { concurrency = 64 })))
    first:close()
    assert.equal(1, #calls_of(second:map(numbers(2), get(second))))
    second:close()
  end)
end)
