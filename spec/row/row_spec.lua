--- row_spec.lua - builds operations from rows
-- SPDX-License-Identifier: MIT
local row_of = require("rackspace.row.row")

local service = { name = "things", endpoint = "customer", auth = "token",
  records = {}, types = { Thing = { { name = "id", type = "integer" } } }, xml = "text/x" }

local function define(row)
  return row_of.define(row, service)
end

local function problem(row)
  local ok, message = pcall(define, row)
  assert.is_false(ok)
  return message
end

describe("a row", function()
  it("is an operation with its parts named, and its service's", function()
    local row = { "list", "GET /things/{thing}", fallback = "GET /thing/{thing}",
      args = { { "thing", "id" } }, query = { { "limit", "integer", min = 1, "How many." },
        { "value", "Thing", needs = "limit" } }, items = "things", pages = "link" }
    local op = define(row)
    assert.same({ "things.list", "GET", "/things/{thing}", "GET", "/thing/{thing}", "customer",
      "token", "text/x", false }, { op.full_name, op.method, op.path, op.fallback_method,
      op.fallback_path, op.endpoint, op.auth, op.xml, op.writes })
    assert.same({ name = "limit", type = "integer", min = 1, doc = "How many." }, op.query[1])
    assert.same({ op.query[2] }, op.demands)
    local names = {}
    for i, option in ipairs(op.options) do
      names[i] = option.name
      assert.equal(option, op.option[option.name])
    end
    assert.equal("limit value cursor timeout deadline retries format",
      table.concat(names, " "))
    assert.is_nil(row.name)
  end)

  it("writes when it is no GET, unless it says that it doesn't", function()
    assert.is_true(define{ "drop", "DELETE /things" }.writes)
    assert.is_false(define{ "ask", "POST /things", writes = false }.writes)
  end)

  it("is another operation in the OpenAPI dialect", function()
    local op = define{ "get", "GET /things/{thing}", fallback = "GET /thing/{thing}",
      args = { { "thing", "id" } }, query = { { "old", "string" } },
      openapi = { "GET /v2/{thing}", query = { { "new", "string" } } } }
    assert.same({ "things.get", "/v2/{thing}" }, { op.openapi.full_name, op.openapi.path })
    assert.is_nil(op.openapi.fallback_path)
    assert.is_nil(op.openapi.option.old)
    assert.is_not_nil(op.openapi.elsewhere.old)
  end)

  it("is refused when it can't be called, with its name", function()
    assert.equal("row 'get' has no route such as 'GET /path'", problem{ "get" })
    assert.equal("row 'get' has no route such as 'GET /path'", problem{ "get", "/things" })
    assert.equal("row 'get' has no route such as 'GET /path'",
      problem{ "get", "GET /a", fallback = "b" })
    assert.equal("row 'get' has no argument for {thing}", problem{ "get", "GET /t/{thing}" })
    assert.equal("row 'get' has no argument for {other}",
      problem{ "get", "GET /t", fallback = "GET /t/{other}" })
    assert.equal("field 'x' is of an unknown type 'strin'",
      problem{ "get", "GET /t", query = { { "x", "strin" } } })
    assert.equal("field 'x' is of an unknown type 'nil'",
      problem{ "get", "GET /t", query = { { "x" } } })
    assert.equal("a field has no name", problem{ "get", "GET /t", query = { {} } })
  end)
end)
