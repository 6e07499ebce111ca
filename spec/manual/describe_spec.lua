--- describe_spec.lua - the rows, put in order for those who print them
-- SPDX-License-Identifier: MIT
local description = require("rackspace.manual.describe")
local fault = require("rackspace.base.fault")
local modules = require("rackspace.services").modules
local service = require("rackspace.session.service")
local settings = require("rackspace.session.settings")
local stub = require("spec.support.stub")

local definition = service.define{
  name = "things", endpoint = "identity", auth = "token", version = "v7",
  doc = "Things.", source = "Things API reference", contract = "7.1",
  errors = { 404, 413 }, faults = { ["Not today"] = "throttled" },
  types = { Thing = { { "id", "id", "Its id." } }, Part = { { "of", "Thing", "Whose." } } },
  { "list", "GET /{version}/things", items = "things", pages = "link", returns = "Thing",
    query = { { "size", "integer", min = 1, "How many." } }, doc = "All of them.",
    limit = { 3, per = 60 }, role = "things:admin",
    openapi = { "GET /v8/things", query = {}, items = "all", returns = "Part", errors = {} } },
  { "find", "GET /things", returns = "Thing", fallback = "GET /thing",
    query = { { "name", "string", required = true, "Its name." } }, doc = "One.",
    errors = { 401 }, example = "rs.things:find{ name = 1 }" },
  { "parts", "GET /things/{id}/parts", args = { { "id", "id", "Whose." } }, items = "parts",
    returns = "Part", doc = "Parts." },
  { "delete", "DELETE /things/{id}", args = { { "id", "id", "Which." } }, doc = "Away." },
}

local described = description.service(definition)

local function operation(name)
  for _, op in ipairs(described.operations) do
    if op.name == name then
      return op
    end
  end
end

describe("a service's description", function()
  it("says what the definition says of it", function()
    assert.same({ "things", "Things.", "Things API reference", "7.1" },
      { described.name, described.doc, described.source, described.contract })
    assert.equal("https://identity.api.rackspacecloud.com/v2.0", described.url)
  end)

  it("has the records by name", function()
    assert.same({ "Part", "Thing" }, { described.types[1].name, described.types[2].name })
    assert.equal("Whose.", described.types[1].fields[1].doc)
  end)

  it("keeps the rows' order", function()
    local names = {}
    for i, op in ipairs(described.operations) do
      names[i] = op.name
    end
    assert.same({ "list", "find", "parts", "delete" }, names)
  end)
end)

describe("an operation's description", function()
  it("has whole paths, with the version and the endpoint's own part", function()
    assert.same({ { method = "GET", path = "/v2.0/v7/things" } }, operation("list").routes)
    assert.same({ { method = "GET", path = "/v2.0/things" },
      { method = "GET", path = "/v2.0/thing" } }, operation("find").routes)
  end)

  it("describes the result", function()
    assert.same({ kind = "pager", type = "Thing" }, operation("list").result)
    assert.same({ kind = "value", type = "Thing" }, operation("find").result)
    assert.same({ kind = "list", type = "Part" }, operation("parts").result)
    assert.same({ kind = "done" }, operation("delete").result)
  end)

  it("lists the errors with their kinds, and the messages that have one", function()
    assert.same({ { status = 404, kind = "not_found" }, { status = 413, kind = "throttled" },
      { text = "Not today", kind = "throttled" } }, operation("list").errors)
    assert.same({ status = 401, kind = "auth" }, operation("find").errors[1])
  end)

  it("says whether it is paged, and whether options are required", function()
    assert.is_true(operation("list").is_paged)
    assert.is_false(operation("list").needs_options)
    assert.is_false(operation("find").is_paged)
    assert.is_true(operation("find").needs_options)
  end)

  it("has the limit, the role, the example and the source", function()
    local op = operation("list")
    assert.same({ requests = 3, per = 60 }, op.limit)
    assert.equal("things:admin", op.role)
    assert.equal("Things API reference", op.source)
    assert.equal("rs.things:find{ name = 1 }", operation("find").example)
  end)

  it("has the other dialect's rendering beside it", function()
    local other = operation("list").openapi
    assert.same({ { method = "GET", path = "/v2.0/v8/things" } }, other.routes)
    assert.same({ kind = "pager", type = "Part" }, other.result)
    assert.same({}, other.parameters)
    assert.equal("Customer Service OpenAPI document", other.source)
    assert.is_nil(operation("find").openapi)
  end)
end)

describe("the description of everything", function()
  local all = description.all(modules)

  it("has every service, by name", function()
    local names, expected = {}, {}
    for i, described_service in ipairs(all.services) do
      names[i] = described_service.name
    end
    for name in pairs(modules) do
      expected[#expected + 1] = name
    end
    table.sort(expected)
    assert.same(expected, names)
  end)

  it("has every kind of error and every setting", function()
    local count = 0
    for _, kind in ipairs(all.kinds) do
      assert.equal(fault.kinds[kind.name], kind.doc)
      count = count + 1
    end
    for _ in pairs(fault.kinds) do
      count = count - 1
    end
    assert.equal(0, count)
    assert.equal(settings.known, all.settings)
  end)

  it("finds every row complete enough to be printed", function()
    for _, described_service in ipairs(all.services) do
      assert.is_string(described_service.doc)
      assert.is_string(described_service.contract, described_service.name)
      for _, op in ipairs(described_service.operations) do
        assert.truthy(op.doc and op.doc:find("%.$"), op.full_name .. " has no sentence")
        assert.is_string(op.source, op.full_name)
        for _, fields in ipairs{ op.args, op.parameters } do
          for _, field in ipairs(fields) do
            assert.truthy(field.doc and field.doc:find("%S"),
              ("%s: '%s' has no doc"):format(op.full_name, field.name))
          end
        end
      end
      for _, record in ipairs(described_service.types) do
        for _, field in ipairs(record.fields) do
          assert.truthy(field.doc and field.doc:find("%S"),
            ("%s.%s has no doc"):format(record.name, field.name))
        end
      end
    end
  end)

  it("names no type that is not there", function()
    local types = require("rackspace.row.types")
    for _, module in pairs(modules) do
      local rows = require(module)
      for _, op in ipairs(rows.operations) do
        assert.is_true(op.returns == nil or op.returns == "map" or
          types.is_known(op.returns, rows.types),
          ("%s gives '%s'"):format(op.full_name, tostring(op.returns)))
        local other = op.openapi and op.openapi.returns
        assert.is_true(other == nil or other == "map" or
          types.is_known(other, rows.types), op.full_name)
      end
    end
  end)

  it("knows every field that an error can have", function()
    local known = {}
    for _, field in ipairs(description.error_fields) do
      known[field.name] = true
    end
    local rs = stub.session(function()
      return stub.reply(403, { forbidden = { message = "no", code = 403, details = "x" } },
        { ["x-request-id"] = "1", ["retry-after"] = "3",
          ["www-authenticate"] = "OS-MF sessionId='abc', factor='PASSCODE'" })
    end)
    local _, _, err = rs.accounts:get("CLOUD/1")
    for name in pairs(err) do
      assert.is_true(known[name], name)
    end
    assert.truthy(err.challenge and err.request_id and err.retry_after)
  end)
end)
