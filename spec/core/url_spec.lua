--- url_spec.lua - URLs: templates, queries, encoding, parts, origins
-- SPDX-License-Identifier: MIT
local url = require("rackspace.core").url

describe("core.url", function()
  describe("expand", function()
    it("fills a template with encoded segments", function()
      assert.equal("/accounts/CLOUD/10101",
        url.expand("/accounts/{type}/{id}", { type = "CLOUD", id = "10101" }))
      assert.equal("/a/x%20y%3Fz%25%3A%C3%A9",
        url.expand("/a/{id}", { id = "x y?z%:\195\169" }))
      assert.equal("/a/1/1.", url.expand("/a/{id}/{id}.", { id = "1" }))
      assert.equal("/a", url.expand("/a", {}))
      assert.equal("", url.expand("", {}))
    end)

    it("leaves braces that are no variable", function()
      assert.equal("/a}/{b", url.expand("/a}/{b", {}))
    end)

    it("writes whole numbers without point and exponent", function()
      local function id(number)
        return url.expand("{id}", { id = number })
      end
      assert.equal("0", id(0))
      assert.equal("0", id(-0.0))
      assert.equal("-5", id(-5))
      assert.equal("10101", id(10101.0))
      assert.equal("19293384938", id(19293384938))
      assert.equal("100000000000000", id(1e14))
      assert.equal("1000000000000000", id(1e15))
      assert.equal("9007199254740991", id(9007199254740991))
      assert.equal("1.5", id(1.5))
    end)

    if math.type then
      it("writes integers that no float holds", function()
        assert.equal("9007199254740993",
          url.expand("{id}", { id = 9007199254740993 }))
        assert.equal("9223372036854775807",
          url.expand("{id}", { id = tonumber("9223372036854775807") }))
      end)
    end

    it("refuses what is not one segment", function()
      local function refused(id, expected)
        local ok, message = pcall(function()
          url.expand("/a/{id}", { id = id })
        end)
        assert.is_false(ok)
        assert.matches(expected, message, 1, true)
        assert.matches("url_spec.lua:%d+:", message)
      end
      refused("", "'id' is empty")
      refused(".", "'id' is a dot segment")
      refused("..", "'id' is a dot segment")
      refused("a/b", "'id' contains a slash")
      refused("a\\b", "'id' contains a slash")
      refused("a\0b", "'id' contains a control character")
      refused("a\r\nb", "'id' contains a control character")
      refused(nil, "'id' is not a string or a number")
      refused({}, "'id' is not a string or a number")
      refused(true, "'id' is not a string or a number")
    end)

    it("refuses what segment_fault tells of before", function()
      for id, expected in pairs{ [""] = "is empty", [".."] = "is a dot segment",
        ["a/b"] = "contains a slash", ["a\0b"] = "contains a control character" } do
        assert.equal(expected, url.segment_fault(id))
      end
      for _, id in ipairs{ "a", "...", "a.b", "a b", "\195\169", "%2F" } do
        assert.is_nil(url.segment_fault(id))
      end
      assert.has_error(function() url.segment_fault({}) end)
    end)

    it("reads the table without its metatable, and does not change it", function()
      local values = setmetatable({ id = 5 }, { __index = function() return "x" end })
      assert.equal("/5", url.expand("/{id}", values))
      assert.equal(5, rawget(values, "id"))
      assert.has_error(function() url.expand("/{other}", values) end)
    end)

    it("is bounded", function()
      assert.equal(65536, #url.expand("{id}", { id = ("a"):rep(65536) }))
      assert.error_matches(function()
        url.expand("{id}", { id = ("a"):rep(65537) })
      end, "longer than 65536 bytes")
    end)

    it("takes a template and a table", function()
      assert.has_error(function() url.expand("/a") end)
      assert.has_error(function() url.expand({}, {}) end)
    end)
  end)

  describe("query", function()
    it("joins and encodes names and values", function()
      assert.equal("a=b", url.query({ "a", "b" }))
      assert.equal("limit=50&marker=a%20b%26c&x%3D=%C3%A9",
        url.query({ "limit", 50, "marker", "a b&c", "x=", "\195\169" }))
      assert.equal("a=&a=1", url.query({ "a", "", "a", 1.0 }))
      assert.equal("a=%00", url.query({ "a", "\0" }))
      assert.equal("", url.query({}))
    end)

    it("refuses other values", function()
      assert.error_matches(function() url.query({ "a" }) end, "a name without a value")
      assert.error_matches(function() url.query({ "a", true }) end,
        "'a value' is not a string or a number")
      assert.error_matches(function() url.query({ {}, "a" }) end,
        "'a name' is not a string or a number")
      assert.has_error(function() url.query("a=b") end)
      assert.error_matches(function() url.query({ "a", (" "):rep(21846) }) end,
        "longer than 65536 bytes")
    end)
  end)

  it("encodes and decodes", function()
    local bytes = {}
    for i = 0, 255 do
      bytes[#bytes + 1] = string.char(i)
    end
    local all = table.concat(bytes)
    assert.equal("AZaz09-._~", url.encode("AZaz09-._~"))
    assert.equal("%00%20%2B%2F%FF", url.encode("\0 +/\255"))
    assert.equal("\0 +/\255", url.decode("%00%20%2b%2F%fF"))
    assert.equal("a+b", url.decode("a+b"))
    assert.equal("%", url.decode("%"))
    assert.equal("%zz%4", url.decode("%zz%4"))
    assert.equal(all, url.decode(url.encode(all)))
    assert.equal("", url.encode(""))
    assert.equal("", url.decode(""))
  end)

  describe("split", function()
    it("gives the parts of a URL", function()
      assert.same({
        scheme = "https", host = "example.com", port = 443, path = "/v1/a", query = "b=c",
      }, url.split("https://example.com/v1/a?b=c#d"))
      assert.same({ scheme = "http", host = "[::1]", port = 8080, path = "/", query = "" },
        url.split("http://[::1]:8080"))
    end)

    it("gives no credentials", function()
      local parts = url.split("https://user:hush@example.com/")
      for _, value in pairs(parts) do
        assert.not_matches("hush", tostring(value))
      end
    end)

    it("gives nil for anything else", function()
      for _, text in ipairs({
        "", "/a", "example.com", "ftp://example.com/", "file:///etc/passwd",
        "https://", "https://a b/", "https://example.com/\0", "https://\0example.com/",
        "https://example.com:99999/", "https://example.com/" .. ("a"):rep(65536),
      }) do
        local parts = url.split(text)
        assert.is_nil(parts)
      end
      assert.has_error(function() url.split() end)
    end)
  end)

  it("compares origins", function()
    assert.is_true(url.same_origin("https://a.example/x?y", "HTTPS://A.example:443"))
    assert.is_false(url.same_origin("https://a.example", "https://b.example"))
    assert.is_false(url.same_origin("https://a.example", "http://a.example"))
    assert.is_false(url.same_origin("https://a.example", "https://a.example:8443"))
    assert.is_false(url.same_origin("https://a.example", "https://a.example.b.example"))
    assert.is_false(url.same_origin("https://a.example", "https://a.example@b.example"))
    assert.is_false(url.same_origin("/x", "/x"))
  end)

  it("does not stop reading an origin at a NUL", function()
    assert.is_false(url.same_origin("https://a.example", "https://a.example\0.b.example"))
    assert.is_false(url.same_origin("https://a.example\0", "https://a.example\0"))
  end)

  it("tells why nothing may be sent to a URL", function()
    assert.is_nil(url.fault("https://example.com/"))
    assert.is_nil(url.fault("http://localhost:8080/"))
    assert.is_nil(url.fault("http://127.0.0.1/"))
    assert.is_nil(url.fault("http://[::1]/"))
    assert.equal("plain http is only allowed to this machine itself; use https",
      url.fault("http://example.com/"))
    assert.equal("plain http is only allowed to this machine itself; use https",
      url.fault("http://127.0.0.256/"))
    assert.equal("a URL must not carry a user name or a password",
      url.fault("https://user:hush@example.com/"))
    assert.equal("not an absolute http or https URL", url.fault("file:///etc/passwd"))
    assert.equal("not an absolute http or https URL", url.fault("example.com"))
    assert.equal("a URL must not hold a NUL", url.fault("https://example.com/\0"))
  end)
end)
