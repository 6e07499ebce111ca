--- digest_spec.lua - SHA-256 and HMAC-SHA256
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

describe("core.digest", function()
  -- printf abc | sha256sum; printf abc | openssl dgst -sha256 -hmac key
  it("is SHA-256, or HMAC-SHA256 with a key, of text and of secrets", function()
    local plain = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    local keyed = "9c196e32dc0175f86f4b1cb89289d6619de6bee699e4c378e68309ed97a1a6ab"
    assert.equal(plain, core.digest("abc"))
    assert.equal(plain, core.digest(core.secret("abc")))
    assert.equal(keyed, core.digest("abc", "key"))
    assert.equal(keyed, core.digest(core.secret("abc"), core.secret("key")))
    assert.has_error(function() core.digest() end)
    assert.has_error(function() core.digest("abc", 5) end)
  end)
end)
