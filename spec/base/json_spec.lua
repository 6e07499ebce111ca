--- json_spec.lua - JSON that survives a round trip on every Lua
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")

local function again(text)
  return json.encode((json.decode(text)))
end

describe("decoding", function()
  it("gives whole numbers that print without a point", function()
    local value = json.decode('{"number":19293384938,"zero":0,"less":-5,"list":[1,2]}')
    assert.equal("19293384938", tostring(value.number))
    assert.equal(19293384938, value.number)
    assert.equal("0 -5 1", ("%s %s %s"):format(tostring(value.zero), tostring(value.less),
      tostring(value.list[1])))
    if math.type then
      assert.equal("integer", math.type(value.number))
      assert.equal("integer", math.type(value.list[2]))
      assert.equal("float", math.type(json.decode("[0.5]")[1]))
    end
    assert.equal("19293384938", ("%d"):format(value.number))
  end)

  it("gives nil for null, in objects, in lists and alone", function()
    local value = json.decode('{"a":null,"b":1,"c":[null],"d":{"e":null}}')
    assert.is_nil(value.a)
    assert.is_nil(value.c[1])
    assert.is_nil(next(value.d))
    assert.equal(1, value.b)
    assert.is_nil((json.decode("null")))
  end)

  it("refuses what is not JSON with a message", function()
    for _, text in ipairs{ "", "{", "[1,]", "{'a':1}", "nonsense", '{"a":1} x', "<html>",
      "[NaN]", "[Infinity]", "[0x10]", '{"a"' } do
      local value, message = json.decode(text)
      assert.is_nil(value, text)
      assert.is_string(message, text)
      assert.is_nil(message:find(".lua:", 1, true), message)
    end
  end)

  it("refuses what is nested too deep, whatever is in it", function()
    local deep = ("["):rep(2000) .. ("]"):rep(2000)
    local value, message = json.decode(deep)
    assert.is_nil(value)
    assert.matches("nested", message)
    for _, depth in ipairs{ 100, 498, 499, 500, 997, 998, 999, 1000 } do
      local text = "[[]," .. ("["):rep(depth) .. "1" .. ("]"):rep(depth) .. "]"
      assert.equal(depth < 500, json.decode(text) ~= nil, depth)
    end
  end)

  it("keeps every digit of a large integer, as a number or as text", function()
    local is_integer = math.type ~= nil
    for _, digits in ipairs{ "9007199254740992", "9007199254740993", "-9007199254740993",
      "9223372036854775807", "-9223372036854775808" } do
      local value = json.decode("[" .. digits .. "]")[1]
      assert.equal(is_integer and "number" or "string", type(value))
      assert.equal(digits, is_integer and ("%d"):format(value) or value)
    end
    for _, digits in ipairs{ "9223372036854775808", "-9223372036854775809", ("9"):rep(300) } do
      assert.equal(digits, json.decode("[" .. digits .. "]")[1])
    end
    assert.equal(1e300, json.decode("[1e300]")[1])
    assert.is_nil(json.decode("[" .. ("9"):rep(400) .. "]"))
  end)

  it("takes the last of a name whose values are large or small", function()
    assert.equal(5, json.decode('{"a":9007199254740993,"a":5}').a)
    assert.equal("9007199254740995",
      (json.encode(json.decode('{"a":5,"a":9007199254740995}').a):gsub('"', "")))
  end)

  it("takes the last of a name whose large values are one float", function()
    local function digits(text)
      return (json.encode(json.decode(text)):gsub('"', ""))
    end
    for given, expected in pairs{
      ['{"a":9007199254740993,"a":9007199254740992}'] = "{a:9007199254740992}",
      ['{"a":9007199254740992,"b":1,"\\u0061":9007199254740993}'] = "{a:9007199254740993,b:1}",
      ['{"a":99999999999999999999,"a":100000000000000000000}'] = "{a:100000000000000000000}",
      ['{"a":[1,9007199254740993],"a":[1,9007199254740992]}'] = "{a:[1,9007199254740992]}",
      ['{"a":[null,9007199254740993,2],"a":[null,9007199254740992,2]}'] =
        "{a:[9007199254740992,2]}",
      ['{"a":{"n":9007199254740993,"m":1},"a":{"n":9007199254740992}}'] =
        "{a:{n:9007199254740992}}",
      ['[{"a":-9007199254740993,"a":-9007199254740992},{"a":-9007199254740993}]'] =
        "[{a:-9007199254740992},{a:-9007199254740993}]" } do
      assert.equal(expected, digits(given))
    end
    assert.equal(2 ^ 53, json.decode('{"a":9007199254740993,"a":9007199254740992.0}').a)
    assert.equal("9007199254740993",
      json.decode('{"a":9007199254740992,"a":"9007199254740993"}').a)
  end)

  it("gives U+FFFD for half a surrogate pair, and all else as it is", function()
    local value = json.decode([==[["\ud83d x","\ud83d\ud83d\ude00","\udE00y","\ud83d\u0041",
      "\\ud83d","a\tb\u00e9\"",{"k\ud83d":1}]]==])
    assert.same({ "\239\191\189 x", "\239\191\189\240\159\152\128", "\239\191\189y",
      "\239\191\189A", "\\ud83d", 'a\tb\195\169"', { ["k\239\191\189"] = 1 } }, value)
  end)

  it("passes over a byte order mark before a text", function()
    assert.same({ a = 1 }, json.decode('\239\187\191{"a":1}'))
    assert.is_nil(json.decode('{\239\187\191"a":1}'))
    assert.is_nil(json.decode("\239\187\191"))
  end)

  it("takes the last of a name that comes twice", function()
    assert.equal("12345", json.decode('{"domain":"10101","domain":"12345"}').domain)
  end)
end)

describe("encoding", function()
  it("writes names in order, and whole numbers as such", function()
    assert.equal('{"a":1,"b":[1,2,"x"],"c":{"d":true,"e":false}}',
      json.encode{ c = { e = false, d = true }, b = { 1, 2, "x" }, a = 1 })
    assert.equal("[19293384938,-3,0.5,1000000000000000]",
      json.encode{ 19293384938, -3, 0.5, 1e15 })
  end)

  it("writes back every number as the same number", function()
    for _, number in ipairs{ 0.1, 1e300, -2.5e-10, 2 ^ 53 - 1, 123456.789 } do
      assert.equal(number, json.decode(json.encode{ number })[1])
    end
  end)

  if math.type then
    it("writes integers that are no floats", function()
      assert.equal("[9007199254740993]", json.encode{ math.tointeger("9007199254740993") })
      assert.equal("[9223372036854775807]",
        json.encode{ math.tointeger("9223372036854775807") })
    end)
  end

  it("keeps [] and {} apart over a round trip", function()
    for _, text in ipairs{ "[]", "{}", '{"resources":[]}', '{"a":{},"b":[]}', "[[],{},[[]]]",
      '{"a":[{"b":[]}]}' } do
      assert.equal(text, again(text))
    end
    assert.equal("[]", json.encode(json.array{}))
    assert.is_true(json.is_array(json.decode("[]")))
    assert.is_false(json.is_array(json.decode("{}")))
  end)

  it("keeps text as it is, UTF-8 and control characters too", function()
    local text = 'naïve 東京 "quoted" \\ / \1\n\0end'
    assert.equal(text, json.decode(json.encode{ text })[1])
  end)

  it("refuses what has no JSON, with a message that says what", function()
    local loop = {}
    loop.loop = loop
    for expected, value in pairs{ ["JSON has no function"] = { print },
      ["JSON has no such number: inf"] = { math.huge },
      ["a table is nested deeper than 100 (or in itself)"] = loop,
      ["an object's key is a boolean"] = { [true] = 1 },
      ["a list has the key 'x'"] = { 1, x = 2 } } do
      local text, message = json.encode(value)
      assert.is_nil(text)
      assert.equal(expected, message)
    end
    assert.is_nil((json.encode{ 0 / 0 }))
  end)
end)
