--- json_spec.lua - what lua-cjson decodes, mended
-- SPDX-License-Identifier: MIT
local cjson = require("cjson.safe").new()
local json = require("rackspace.core").json

local function decode(text)
  return json.repair(cjson.decode(text), text, cjson.decode)
end

describe("core.json.repair", function()
  it("makes whole numbers print as they are written", function()
    local value = decode('{"id": 19293384938, "list": [1, -2, 0], "deep": {"n": 1e3}}')
    assert.equal("19293384938", tostring(value.id))
    assert.equal("1", tostring(value.list[1]))
    assert.equal("-2", tostring(value.list[2]))
    assert.equal("1000", tostring(value.deep.n))
  end)

  it("leaves other numbers", function()
    local value = decode('[0.5, -1.25, 1e300, 123456789.5]')
    assert.same({ 0.5, -1.25, 1e300, 123456789.5 }, value)
  end)

  if math.type then
    it("makes integers of what a float holds exactly", function()
      local value = decode("[9007199254740992, -9007199254740992, 1e15, 1e16, 0.5, -0.0]")
      local types = {}
      for i, number in ipairs(value) do
        types[i] = math.type(number)
      end
      assert.same({ "integer", "integer", "integer", "float", "float", "integer" }, types)
      assert.equal("integer", math.type(decode("5")))
    end)
  end

  it("makes null nil", function()
    local value = decode('{"a": null, "b": [null, 1, null], "c": {"d": null}, "e": false}')
    assert.same({ b = { 1 }, c = {}, e = false }, value)
    assert.is_nil(decode("null"))
    assert.is_nil(decode(" null "))
  end)

  it("leaves texts, booleans and other values", function()
    assert.equal("5", decode('"5"'))
    assert.is_true(decode("true"))
    assert.is_false(decode("false"))
    assert.equal(io.stdout, json.repair(io.stdout, "null", cjson.decode))
    local value = decode('{"1": "2", "x": "null", "y": "[]", "z": "1.0"}')
    assert.same({ ["1"] = "2", x = "null", y = "[]", z = "1.0" }, value)
  end)

  it("mends the table itself", function()
    local value = { 1.0, { cjson.null } }
    assert.equal(value, json.repair(value, "[1,[null]]", cjson.decode))
    assert.same({ 1, {} }, value)
  end)

  describe("with the text", function()
    it("tells [] from {}", function()
      local value = decode('{"array": [], "object": {}}')
      assert.is_true(json.is_array(value.array))
      assert.is_false(json.is_array(value.object))
      assert.is_false(json.is_array(value))
      assert.is_true(json.is_array(decode(" [ \n\t\r ] ")))
    end)

    it("finds every one of them", function()
      local value = decode('[ [], {"a": {"b": [ ]}, "c": [1, [], {"d": []}], "e": "[]"},\n'
        .. ' [[[]]], null, [], -1.5e-3, true, [], "\\\\", [], "\\"[", [] ]')
      assert.is_true(json.is_array(value[1]))
      assert.is_true(json.is_array(value[2].a.b))
      assert.is_true(json.is_array(value[2].c[2]))
      assert.is_true(json.is_array(value[2].c[3].d))
      assert.is_true(json.is_array(value[3][1][1]))
      for _, i in ipairs({ 4, 7, 9, 11 }) do
        assert.is_true(json.is_array(value[i]), "number " .. i)
      end
      assert.is_false(json.is_array(value[3]))
      assert.is_false(json.is_array(value[2].c))
    end)

    it("leaves no gap in a list where a null was", function()
      assert.same({ 1, 2, 3 }, decode("[null,1,null,null,2,null,3,null]"))
      assert.equal(3, #decode("[null,1,null,null,2,null,3,null]"))
      assert.same({ a = { {}, { 1 } } }, decode('{"a":[[null],null,[null,1]],"b":null}'))
      local value = decode("[[null,null],{\"a\":null}]")
      assert.is_true(json.is_array(value[1]))
      assert.is_false(json.is_array(value[2]))
      local many = decode("[" .. ("null,7,"):rep(5000) .. "null]")
      assert.equal(5000, #many)
      assert.equal(7, many[5000])
      assert.is_nil(many[5001])
    end)

    it("takes no number that is too large to be one", function()
      for _, text in ipairs({ "[1e999]", '{"a":[-1e999]}', "[" .. ("9"):rep(400) .. "]" }) do
        local ok, message = pcall(json.repair, cjson.decode(text), text, cjson.decode)
        assert.is_false(ok)
        assert.equal("a number is too large", message)
      end
      assert.same({ 1e308 }, decode("[1e308]"))
    end)

    it("reads keys of any text", function()
      local value = decode('{"": [], "a b": [], "\195\169": [], "x": {"[]": []}, "1": []}')
      for _, key in ipairs({ "", "a b", "\195\169", "1" }) do
        assert.is_true(json.is_array(value[key]))
      end
      assert.is_true(json.is_array(value.x["[]"]))
    end)

    it("reads keys with an escape", function()
      local value = decode('{"a\\"b": [], "c\\\\": {"d": null}, "\\u0065": 1.0,'
        .. '"\\ud83d\\ude00": [1, null]}')
      assert.is_true(json.is_array(value['a"b']))
      assert.is_nil(value["c\\"].d)
      assert.equal("1", tostring(value.e))
      assert.equal(1, #value["\240\159\152\128"])
    end)

    it("takes the last of two fields of one name", function()
      assert.is_true(json.is_array(decode('{"a": [1], "a": []}').a))
      assert.is_false(json.is_array(decode('{"a": [], "a": [1]}').a))
      assert.same({ { a = 1 } }, decode('{"a":[1,2],"a":[null,{"a":1,"b":null}]}').a)
      assert.same({ a = { b = "x" } }, decode('{"a":{"b":null},"a":{"b":"x","c":null}}'))
      assert.same({ 7, {} }, decode('{"a":[null],"a":[null,7,{"x":null},null]}').a)
      assert.same({ a = "x" }, decode('{"a":[[null]],"a":{"b":null},"a":"x"}'))
    end)

    it("survives a text that is another's", function()
      for _, text in ipairs({
        "", "[]", "{}", "[", "{", '{"a', '{"a"', '{"a":', '{"a":[', '{"a":[]', "[[[[[]",
        '[] ["\\', '["\\', '{"a\\', "[1 2 3]]]] []", "}{][", "[,,,[]]", '{"a" []}',
        "[}[]", "[:[]]", "nonsense [] nonsense", '{"b":{"c":{"d":[]}}}', "[]\0", "\0[]",
      }) do
        local value = { a = { 1.0 }, b = 2.0, { c = {} } }
        assert.equal(value, json.repair(value, text, cjson.decode))
        assert.equal(1, value.a[1])
        assert.equal(2, value.b)
      end
    end)

    it("marks nothing that holds something", function()
      local value = json.repair({ a = { 1 } }, '{"a": []}', cjson.decode)
      assert.is_false(json.is_array(value.a))
    end)
  end)

  it("goes as deep as lua-cjson, and no deeper", function()
    local text = ("["):rep(1000) .. ("]"):rep(1000)
    local value = decode(text)
    for _ = 2, 1000 do
      value = value[1]
    end
    assert.is_true(json.is_array(value))
    assert.error_matches(function()
      local deep = {}
      for _ = 1, 1000 do
        deep = { deep }
      end
      json.repair(deep, ("["):rep(1001) .. ("]"):rep(1001), cjson.decode)
    end, "JSON nested deeper than 1000")
    assert.same({}, json.repair({}, ("["):rep(100000) .. "]", cjson.decode))
  end)

  it("takes the text and its decoder", function()
    assert.has_error(function() json.repair({ 1.0 }) end)
    assert.has_error(function() json.repair({ 1.0 }, "[1]") end)
  end)

  it("runs no metamethod", function()
    local function fail()
      error("a metamethod ran")
    end
    local value = setmetatable({ 1.0, cjson.null }, {
      __index = fail, __newindex = fail, __len = fail, __pairs = fail,
    })
    json.repair(value, "[1,null]", cjson.decode)
    assert.equal("1", tostring(rawget(value, 1)))
    assert.is_nil(rawget(value, 2))
  end)
end)

describe("core.json.array", function()
  it("marks a table", function()
    local value = {}
    assert.equal(value, json.array(value))
    assert.is_true(json.is_array(value))
    assert.is_true(json.is_array(json.array({ 1, 2 })))
    assert.is_nil(next(value))
  end)

  it("takes a table only", function()
    assert.has_error(function() json.array("x") end)
    assert.has_error(function() json.array() end)
  end)

  it("knows no other value as one", function()
    for _, value in ipairs({ 1, "[]", true, {}, setmetatable({}, {}), io.stdout }) do
      assert.is_false(json.is_array(value))
    end
    assert.is_false(json.is_array(nil))
    assert.is_false(json.is_array())
  end)
end)
