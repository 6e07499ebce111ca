--- operation_spec.lua - builds requests from arguments
-- SPDX-License-Identifier: MIT
local operation = require("rackspace.row.operation")
local service = require("rackspace.session.service")

local definition = service.define{
  name = "things", endpoint = "customer", auth = "token",
  references = require("rackspace.customer.references"),
  types = {
    Part = { { "name", "string", required = true }, { "count", "integer" } },
    Thing = { { "parts", "Part[]" } },
  },
  { "get", "GET /things/{accountType}/{accountId}/{key}", fallback =
    "GET /thing/{accountType}/{accountId}/{key}",
    args = { { "account", "account" }, { "key", "id" } }, returns = "Thing" },
  { "list", "GET /things", items = "things", pages = "link", returns = "Thing",
    query = { { "limit", "integer", min = 1 }, { "name", "string" }, { "open", "boolean" },
      { "since", "number", wire = "from" }, { "value", "string", needs = "name" } } },
  { "make", "POST /things",
    body = { { "title", "string", required = true }, { "parts", "Part[]" },
      { "extra", "table" } },
    options = { { "watch", "function" } } },
}

local function build(name, ...)
  return operation.build(definition.by_name[name], ...)
end

local function problem(...)
  local request, message = build(...)
  assert.is_nil(request)
  return message
end

describe("an option of a row", function()
  it("is checked and kept for its run, and not sent", function()
    local function watch() end
    local request = build("make", { title = "x", watch = watch })
    assert.equal('{"title":"x"}', request.body)
    assert.equal(watch, request.values.watch)
    assert.equal("'watch' must be a function, not a number",
      problem("make", { title = "x", watch = 5 }))
  end)
end)

describe("a request", function()
  it("has its path's variables encoded", function()
    local request = build("get", "CLOUD/1", "billing:some key é%")
    assert.equal("/things/CLOUD/1/billing%3Asome%20key%20%C3%A9%25", request.path)
    assert.equal("/thing/CLOUD/1/billing%3Asome%20key%20%C3%A9%25", request.fallback)
    assert.is_nil(request.query)
    assert.is_nil(request.body)
  end)

  it("has its query in the row's order, and only what was given", function()
    assert.is_nil(build("list").query)
    assert.is_nil(build("list", {}).query)
    assert.equal("limit=5&name=a%26b%3D%C3%A9&open=false&from=0.5&value=",
      build("list", { value = "", since = 0.5, open = false, name = "a&b=é", limit = 5 }).query)
  end)

  it("has whole numbers as digits, small or large", function()
    assert.equal("limit=19293384938", build("list", { limit = 19293384938 }).query)
    assert.equal("limit=9007199254740991", build("list", { limit = 2 ^ 53 - 1 }).query)
    assert.equal("from=1000000000000000", build("list", { since = 1e15 }).query)
  end)

  it("has its body as JSON, records and lists in it", function()
    assert.equal('{"parts":[{"count":2,"name":"p"}],"title":"t"}',
      build("make", { title = "t", parts = { { name = "p", count = 2 } } }).body)
    assert.equal('{"parts":[],"title":"t"}', build("make", { title = "t", parts = {} }).body)
  end)

  it("does not write the script's tables", function()
    local given = { title = "t", parts = { { name = "p" } } }
    build("make", given)
    assert.same({ title = "t", parts = { { name = "p" } } }, given)
  end)
end)

describe("an argument", function()
  it("is named when it is missing, wrong or too many", function()
    assert.equal("'account' is missing", problem("get"))
    assert.equal("'key' is missing", problem("get", "CLOUD/1"))
    assert.equal("'key' is empty", problem("get", "CLOUD/1", ""))
    assert.equal("'key' contains a slash", problem("get", "CLOUD/1", "a/b"))
    assert.equal("'account' has an id that is empty", problem("get", "CLOUD/", "k"))
    assert.equal("takes at most 3 arguments, got 4", problem("get", "CLOUD/1", "k", {}, 4))
    assert.equal("takes at most 1 arguments, got 2", problem("list", {}, {}))
    assert.equal("the parameters must be a table, not a string", problem("list", "name"))
  end)

  it("is a parameter that is known, of its type, with what it needs", function()
    assert.equal("unknown parameter 'lmit' (did you mean 'limit'?)", problem("list", { lmit = 1 }))
    assert.equal("unknown parameter '1'; it takes limit, name, open, since, value, cursor",
      problem("list", { 5 }))
    assert.equal("'limit' must be a whole number, not a string", problem("list", { limit = "5" }))
    assert.equal("'limit' must be at least 1", problem("list", { limit = 0 }))
    assert.equal("'value' needs 'name' beside it", problem("list", { value = "x" }))
    assert.equal("'title' is missing", problem("make", {}))
    assert.equal("'title' is missing", problem("make"))
    assert.equal("'parts' has an item 1 that has no field 'nmae' (did you mean 'name'?)",
      problem("make", { title = "t", parts = { { nmae = "p" } } }))
  end)

  it("that has no JSON is refused, and not left out", function()
    assert.equal("JSON has no function", problem("make", { title = "t", extra = { f = print } }))
  end)

  it("may be an option of any call: timeout, deadline; of a list, cursor", function()
    local request = build("get", "CLOUD/1", "k", { timeout = 2, deadline = 5 })
    assert.equal(2, request.values.timeout)
    assert.equal(5, request.values.deadline)
    assert.is_nil(request.query)
    assert.equal("x", build("list", { cursor = "x" }).values.cursor)
    assert.equal("unknown parameter 'cursor'", problem("get", "CLOUD/1", "k", { cursor = "x" }))
    assert.equal("'timeout' must be at least 0.001", problem("list", { timeout = 0 }))
    assert.equal("'timeout' is not a number", problem("list", { timeout = 0 / 0 }))
  end)
end)
