--- routes_spec.lua - what a method and a path mean
-- SPDX-License-Identifier: MIT
local routes = require("rackspace.sandbox.routes")

describe("routes", function()
  local table_of_routes = routes.new()
  table_of_routes:add("GET", "/accounts/{type}/{id}", "get")
  table_of_routes:add("PUT", "/accounts/{type}/{id}", "put")
  table_of_routes:add("GET", "/accounts/{type}/{id}/history", "history")
  table_of_routes:add("GET", "/accounts", "list")

  it("lead to their targets, with the path's variables", function()
    local target, variables = table_of_routes:find("GET", "/accounts/CLOUD/10")
    assert.equal("get", target)
    assert.same({ type = "CLOUD", id = "10" }, variables)
    assert.equal("put", (table_of_routes:find("PUT", "/accounts/CLOUD/10")))
    assert.equal("list", (table_of_routes:find("GET", "/accounts")))
    assert.equal("history",
      (table_of_routes:find("GET", "/accounts/CLOUD/10/history")))
  end)

  it("decode each segment once, after the path is split", function()
    local _, variables = table_of_routes:find("GET",
      "/accounts/a%3Ab/%25%2f%C3%B6%")
    assert.same({ type = "a:b", id = "%/ö%" }, variables)
    _, variables = table_of_routes:find("GET", "/accounts/a:b/c")
    assert.equal("a:b", variables.type)
    assert.equal("list", (table_of_routes:find("GET", "/%61ccounts")))
  end)

  it("name the methods that a path has", function()
    local target, allowed = table_of_routes:find("POST", "/accounts/CLOUD/10")
    assert.is_nil(target)
    assert.same({ "GET", "PUT" }, allowed)
  end)

  it("have no empty segments", function()
    for _, path in ipairs{ "/accounts/", "//accounts", "/accounts//10", "",
      "/accounts/CLOUD/", "/accounts//", "accounts", "/none", "*" } do
      local target, allowed = table_of_routes:find("GET", path)
      assert.is_nil(target)
      assert.is_nil(allowed)
    end
  end)

  it("are near to a path by the longest head in common", function()
    for path, expected in pairs{ ["/accounts/CLOUD/1/none"] = "list", ["/none"] = "list",
      ["/v1/things/5/none"] = "things", ["/v1"] = "list", ["/things"] = "list" } do
      local all = routes.new()
      all:add("GET", "/accounts", "list")
      all:add("GET", "/{version}/things", "things")
      assert.equal(expected, all:nearest(path), path)
    end
    assert.is_nil(routes.new():nearest("/"))
  end)
end)
