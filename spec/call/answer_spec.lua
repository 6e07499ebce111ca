--- answer_spec.lua - the value in a successful response
-- SPDX-License-Identifier: MIT
local stub = require("spec.support.stub")

local function answering(...)
  local answer = stub.reply(...)
  local rs = stub.session(function() return answer end)
  rs:service{ name = "things", endpoint = "customer",
    types = { Thing = { { "id", "id" } } },
    { "get", "GET /things/{thing}", args = { { "thing", "id" } }, returns = "Thing" },
    { "find", "GET /things", items = "things", returns = "Thing" },
    { "newest", "GET /newest", member = "thing", returns = "Thing" },
    { "drop", "DELETE /things/{thing}", args = { { "thing", "id" } } },
  }
  return rs
end

describe("a value", function()
  it("is the body, what its member holds, or the list in it", function()
    local rs = answering(200, { id = "1", thing = { id = "2" }, things = { { id = "3" } } })
    assert.equal("1", rs.things:get("1").id)
    assert.equal("2", rs.things:newest().id)
    assert.equal("3", rs.things:find()[1].id)
  end)

  it("may be an empty list, also when the service leaves it out", function()
    assert.same({}, answering(200, '{"things":[]}').things:find())
    assert.same({}, answering(200, "{}").things:find())
    assert.same({}, answering(200, '{"things":null}').things:find())
  end)

  it("is true for an operation that returns nothing, whatever comes", function()
    for _, body in ipairs{ "", "{}", "<html>", "nonsense" } do
      assert.is_true(answering(200, body).things:drop("1"))
    end
    assert.is_true(answering(204).things:drop("1"))
  end)

  it("is an empty list when there is no content, and a status that says so", function()
    assert.same({}, answering(204).things:find())
  end)

  it("is no record when there is no content", function()
    local value, message, err = answering(204).things:get("1")
    assert.is_nil(value)
    assert.equal("things.get: 204 the answer is empty", message)
    assert.equal("protocol", err.kind)
  end)

  it("may have a body that speaks of HTML", function()
    assert.equal("<html><body>", answering(200, { id = "<html><body>" }).things:get("1").id)
  end)
end)

describe("an answer that keeps no promise", function()
  local function refused(name, body, expected, ...)
    local rs = answering(200, body)
    local value, message, err = rs.things[name](rs.things, ...)
    assert.is_nil(value)
    assert.equal("protocol", err.kind)
    assert.matches("^things%." .. name .. ": ", message)
    assert.matches(expected, message, 1, true)
    return err
  end

  it("is a protocol error, told from others by its message", function()
    local err = refused("get", "", "the answer is empty", "1")
    assert.equal(200, err.status)
    refused("get", " \r\n ", "the answer is empty", "1")
    refused("get", "<!doctype html><html>", "an HTML page came instead of JSON", "1")
    refused("get", "{", "the answer is not JSON", "1")
    refused("get", "<fault/>", "the answer is not JSON", "1")
    refused("get", "17", "the answer is not JSON of an object", "1")
    refused("get", "null", "the answer is not JSON of an object", "1")
    refused("newest", "{}", "the answer has no 'thing'")
    refused("newest", "[1]", "the answer is a list instead of an object")
    refused("find", '{"things":5}', "the answer's 'things' is no list")
    refused("find", '{"things":{"id":1}}', "the answer's 'things' is no list")
    refused("find", '[{"id":1}]', "the answer is a list instead of an object")
  end)
end)
