--- private_spec.lua - private files and digests, as Lua sees them
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("spec.support.file")

describe("core.private", function()
  local folder

  before_each(function()
    folder = file.folder()
  end)

  after_each(file.clean)

  it("reads what it wrote, of text and of secrets", function()
    assert.is_true(core.private.write(folder .. "/new", "name", "a\0b\n"))
    assert.equal("a\0b\n", core.private.read(folder .. "/new", "name"))
    assert.equal(tonumber("700", 8), core.file_mode(folder .. "/new"))
    assert.equal(tonumber("600", 8), core.file_mode(folder .. "/new/name"))
    assert.is_true(core.private.write(folder, "name", core.secret("hush")))
    assert.equal("hush", core.private.read(folder, "name"))
    assert.is_true(core.private.write(folder, "name", ""))
    assert.equal("", core.private.read(folder, "name"))
  end)

  it("tells no file from one that can't be used", function()
    assert.equal(1, select("#", core.private.read(folder, "name")))
    assert.is_nil((core.private.read(folder, "name")))
    file.write(folder .. "/name", "text", "604")
    assert.same({ n = 2, nil, "it is open to others (chmod 600 closes it)" },
      { n = select("#", core.private.read(folder, "name")), core.private.read(folder, "name") })
    local done, problem = core.private.write("/dev/null/folder", "name", "text")
    assert.is_nil(done)
    assert.equal("Not a directory", problem)
  end)

  it("has a limit of one megabyte", function()
    local bytes = ("x"):rep(1048576)
    assert.is_true(core.private.write(folder, "name", bytes))
    assert.equal(bytes, core.private.read(folder, "name"))
    assert.same({ n = 2, nil, "it is too long" },
      { n = 2, core.private.write(folder, "name", bytes .. "y") })
    file.write(folder .. "/name", bytes .. "y")
    assert.same({ n = 2, nil, "it is too long" }, { n = 2, core.private.read(folder, "name") })
  end)

  it("makes an empty file beside another, for its owner alone", function()
    local path = assert(core.private.beside(folder .. "/page.html"))
    assert.equal(folder .. "/page.html.", (path:gsub("%x+$", "")))
    assert.equal(tonumber("600", 8), core.file_mode(path))
    assert.equal(0, core.file_size(path))
    assert.not_equal(path, core.private.beside(folder .. "/page.html"))
    local made, problem = core.private.beside(folder .. "/none/page.html")
    assert.same({ nil, "No such file or directory" }, { made, problem })
    assert.has_error(function() core.private.beside("a\0b") end)
  end)

  it("takes no name that leads elsewhere", function()
    for _, name in ipairs{ "", ".", "..", "../name", "a/b", ".hidden", "a\0b" } do
      assert.has_error(function() core.private.read(folder, name) end)
      assert.has_error(function() core.private.write(folder, name, "text") end)
    end
    assert.has_error(function() core.private.read("/tmp\0/x", "name") end)
    assert.has_error(function() core.private.write(folder, "name") end)
    assert.has_error(function() core.private.write(folder, "name", {}) end)
  end)
end)

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
