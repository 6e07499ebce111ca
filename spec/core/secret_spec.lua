--- secret_spec.lua - secrets, and the signature that is made of them
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local USER_KEY = "eGbq9/2hcZsRlr1JV1Pi"
local SECRET_KEY = "QHOvchm/40czXhJ1OxfxK7jDHr3t"

-- The published examples of the header.
local VECTORS = {
  { "Rackspace Management Interface", "20010308143725", "46VIwd66mOFGG8IkbgnLlXnfnkU=" },
  { "Rackspace Management Interface", "20010317143725", "HKUn0aajpSDx7qqGK3vqzn3FglI=" },
  { "Rackspace Apps Bindings/1.x (+https://github.com/pradodigital/"
    .. "php-rackspace-apps-bindings)", "20010308143725", "yeLBFcUOdMgh9vVb499AeygEads=" },
}

local function by_openssl(text)
  local pipe = assert(io.popen("printf '%s' '" .. text
    .. "' | openssl dgst -sha1 -binary 2>/dev/null | openssl base64 2>/dev/null"))
  local hash = pipe:read("*l")
  pipe:close()
  return hash
end

describe("core.secret", function()
  it("prints as <secret>", function()
    local secret = core.secret("hush")
    assert.equal("<secret>", tostring(secret))
    assert.equal("userdata", type(secret))
    assert.is_false(getmetatable(secret))
  end)

  it("gives its bytes to who asks for them", function()
    assert.equal("hush", core.secret("hush"):reveal())
    assert.equal("a\0b\255", core.secret("a\0b\255"):reveal())
    assert.equal("", core.secret(""):reveal())
    assert.equal("hush", core.secret(core.secret("hush")):reveal())
    assert.equal("string", type(core.secret("hush"):reveal()))
  end)

  it("is made of nothing else", function()
    for _, value in ipairs({ 5, true, {}, io.stdout }) do
      local ok, message = pcall(core.secret, value)
      assert.is_false(ok)
      assert.matches("a string or a secret expected, got " .. type(value), message, 1, true)
    end
    assert.is_false((pcall(core.secret)))
  end)

  it("hides its bytes in a text", function()
    local secret = core.secret("hush.%s")
    for text, hidden in pairs({
      [""] = "", ["hush"] = "hush", ["hush.%s"] = "<secret>", ["hushX%s"] = "hushX%s",
      ["a hush.%shush.%s b\0hush.%s"] = "a <secret><secret> b\0<secret>",
      ["huhush.%s"] = "hu<secret>",
    }) do
      assert.equal(hidden, secret:hide(text))
    end
    local long = ("x"):rep(5000)
    assert.equal(long .. "<secret>" .. long, secret:hide(long .. "hush.%s" .. long))
    assert.equal("<secret>", core.secret("a\0bcde"):hide("a\0bcde"))
    assert.is_false((pcall(secret.hide, secret, {})))
    assert.is_false((pcall(secret.hide, "hush", "hush")))
  end)

  it("leaves what is too short to be told from any other text", function()
    assert.equal("12345", core.secret("12345"):hide("12345"))
    assert.equal("<secret>", core.secret("123456"):hide("123456"))
    assert.equal("abc", core.secret(""):hide("abc"))
  end)

  it("makes secret what it is joined to", function()
    local secret = core.secret("hush")
    for text, whole in pairs({
      ["Bearer hush"] = "Bearer " .. secret, ["hush!"] = secret .. "!",
      ["hushhush"] = secret .. secret, ["7hush"] = 7 .. secret, ["a\0hush"] = "a\0" .. secret,
      ["(hush)"] = "(" .. secret .. ")",
    }) do
      assert.equal("<secret>", tostring(whole))
      assert.equal(text, whole:reveal())
    end
    assert.equal("hush", secret:reveal())
  end)

  it("is joined to texts alone", function()
    local secret = core.secret("hush")
    for _, value in ipairs({ true, {}, io.stdout }) do
      local ok, message = pcall(function() return secret .. value end)
      assert.is_false(ok)
      assert.not_matches("hush", message)
    end
  end)

  it("is bounded", function()
    local large = core.secret(("x"):rep(16777216))
    assert.equal(16777216, #large:reveal())
    assert.error_matches(function() core.secret(("x"):rep(16777217)) end,
      "a secret is longer than 16777216 bytes")
    assert.error_matches(function() return large .. "x" end,
      "a secret is longer than 16777216 bytes")
    assert.error_matches(function() return large:quoted() end,
      "a secret is longer than 16777216 bytes")
  end)

  it("is equal to the same bytes in another secret", function()
    assert.is_true(core.secret("hush") == core.secret("hush"))
    assert.is_true(core.secret("") == core.secret(""))
    assert.is_false(core.secret("hush") == core.secret("husk"))
    assert.is_false(core.secret("hush") == core.secret("hush\0"))
    assert.is_false(core.secret("hush") == "hush")
  end)

  it("can be compared with anything", function()
    local secret = core.secret("hush")
    assert.is_false(secret == io.stdout)
    assert.is_false(io.stdout == secret)
    assert.is_false(secret == core.cursor())
    assert.is_false(secret == nil)
  end)

  it("has no length, order, or fields", function()
    local secret = core.secret("hush")
    assert.is_false((pcall(function() return secret < core.secret("i") end)))
    assert.is_nil(secret.bytes)
    assert.is_false((pcall(function() secret.bytes = 1 end)))
    assert.is_false((pcall(function() return #secret end)))
  end)

  it("is quoted as a JSON string", function()
    local function quoted(text)
      local secret = core.secret(text):quoted()
      assert.equal("<secret>", tostring(secret))
      return secret:reveal()
    end
    assert.equal('""', quoted(""))
    assert.equal('"hush"', quoted("hush"))
    assert.equal([["a\"b\\c/d"]], quoted([[a"b\c/d]]))
    assert.equal([["\u0000\u000a\u000d\u0009\u001f "]], quoted("\0\n\r\t\31 "))
    assert.equal('"\195\169\127"', quoted("\195\169\127"))
  end)

  it("is refused by methods that are not for it", function()
    local secret = core.secret("hush")
    assert.has_error(function() secret.reveal(io.stdout) end)
    assert.has_error(function() secret.reveal("hush") end)
    assert.has_error(function() secret.quoted() end)
  end)
end)

describe("core.signature", function()
  it("makes the published headers", function()
    for _, vector in ipairs(VECTORS) do
      local header = core.signature(USER_KEY, vector[1], vector[2], SECRET_KEY)
      assert.equal("<secret>", tostring(header))
      assert.equal(USER_KEY .. ":" .. vector[2] .. ":" .. vector[3], header:reveal())
    end
  end)

  it("agrees with openssl", function()
    for _, agent in ipairs({ "rackspace/0.1.0 libcurl/7.88.1", "", "\195\169", "a b  c" }) do
      local header = core.signature("user/+key", agent, "20240229235959", "secret=key")
      assert.equal("user/+key:20240229235959:"
        .. by_openssl("user/+key" .. agent .. "20240229235959" .. "secret=key"),
        header:reveal())
    end
  end)

  it("takes secrets for any part", function()
    local vector = VECTORS[1]
    local header = core.signature(core.secret(USER_KEY), vector[1], vector[2],
      core.secret(SECRET_KEY))
    assert.equal(USER_KEY .. ":" .. vector[2] .. ":" .. vector[3], header:reveal())
  end)

  it("refuses what it cannot sign", function()
    assert.error_matches(function() core.signature("a\0", "b", "c", "d") end, "holds a NUL byte")
    assert.error_matches(function() core.signature("a", "b", "c") end,
      "a string or a secret expected, got no value")
    assert.has_error(function() core.signature(("a"):rep(5000), "b", "c", "d") end)
  end)
end)

describe("core.timestamp", function()
  it("writes a time in UTC", function()
    assert.equal("19700101000000", core.timestamp(0))
    assert.equal("19691231235959", core.timestamp(-0.5))
    assert.equal("20000229000000", core.timestamp(951782400))
    assert.equal("20090213233130", core.timestamp(1234567890.999))
    assert.equal("00010101000000", core.timestamp(-62135596800))
    assert.equal("99991231235959", core.timestamp(253402300799))
  end)

  it("agrees with date", function()
    local now = math.floor(core.now())
    local pipe = assert(io.popen("date -u -d @" .. ("%d"):format(now) .. " +%Y%m%d%H%M%S"))
    assert.equal(pipe:read("*l"), core.timestamp(now))
    pipe:close()
  end)

  it("refuses a time of another year", function()
    for _, seconds in ipairs({ 253402300800, -62135596801, 0 / 0, math.huge, -math.huge }) do
      assert.error_matches(function() core.timestamp(seconds) end,
        "not a time of the years 1 to 9999")
    end
    assert.has_error(function() core.timestamp("now") end)
  end)
end)
