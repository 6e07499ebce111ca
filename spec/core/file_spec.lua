--- file_spec.lua - files, as the core reads and replaces them
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("spec.support.file")

local folder

before_each(function()
  folder = file.folder()
end)

after_each(file.clean)

local function names()
  local pipe = io.popen("ls -A '" .. folder .. "'")
  local text = pipe:read("*a")
  pipe:close()
  return text
end

-- What a function returns, with its count.
local function results(...)
  return { n = select("#", ...), ... }
end

describe("core.file.mode", function()
  it("gives the permission bits", function()
    local path = folder .. "/file"
    for _, mode in ipairs({ "600", "644", "400", "777" }) do
      file.write(path, "", mode)
      assert.equal(tonumber(mode, 8), core.file.mode(path))
      os.remove(path)
    end
  end)

  it("gives nil and a message for no file", function()
    local mode, message = core.file.mode("/nowhere/file")
    assert.is_nil(mode)
    assert.equal("/nowhere/file: No such file or directory", message)
    assert.has_error(function() core.file.mode() end)
  end)
end)

describe("core.file.size", function()
  it("gives the bytes of a file that can be read", function()
    local path = file.write(folder .. "/file", "")
    assert.equal(0, core.file.size(path))
    file.run("truncate -s 5000000001 '%s'", path)
    assert.equal("5000000001", ("%.0f"):format(core.file.size(path)))
    os.remove(path)
    for name, problem in pairs{ [path] = "No such file or directory",
      ["/tmp"] = "Is a directory", ["/dev/null"] = "not a regular file" } do
      local size, message = core.file.size(name)
      assert.is_nil(size)
      assert.equal(name .. ": " .. problem, message)
    end
    file.run("mkfifo '%s'", path)
    assert.equal(path .. ": not a regular file", (select(2, core.file.size(path))))
  end)
end)

describe("core.file.read", function()
  it("gives the text, the permission bits and whether the owner is trusted", function()
    local path = file.write(folder .. "/file", "a\0b\n", "640")
    assert.same({ n = 3, "a\0b\n", tonumber("640", 8), true }, results(core.file.read(path)))
    file.run("ln -s file '%s/link'", folder)
    assert.equal("a\0b\n", (core.file.read(folder .. "/link")))
    assert.is_true((select(3, core.file.read("/etc/passwd")))) -- it is root's
  end)

  it("tells no file from one that can't be read", function()
    assert.same({ n = 1 }, results(core.file.read(folder .. "/none")))
    assert.same({ n = 1 }, results(core.file.read("/dev/null/none")))
    assert.same({ n = 2, nil, "Is a directory" }, results(core.file.read(folder)))
    assert.same({ n = 2, nil, "not a regular file" }, results(core.file.read("/dev/zero")))
    file.run("mkfifo '%s/pipe'", folder)
    assert.same({ n = 2, nil, "not a regular file" }, results(core.file.read(folder .. "/pipe")))
    assert.has_error(function() core.file.read("a\0b") end)
  end)

  it("has a limit of one megabyte, or another one", function()
    local path = file.write(folder .. "/file", ("x"):rep(1048577))
    assert.same({ n = 2, nil, "it is too long" }, results(core.file.read(path)))
    assert.equal(1048577, #core.file.read(path, 1048577))
    assert.same({ n = 2, nil, "it is too long" }, results(core.file.read(path, 1000)))
    assert.has_error(function() core.file.read(path, -1) end)
    assert.has_error(function() core.file.read(path, 2^40) end)
  end)
end)

describe("core.file's private files", function()
  it("are read as they were written, of text and of secrets", function()
    assert.is_true(core.file.write_private(folder .. "/new", "name", "a\0b\n"))
    assert.equal("a\0b\n", core.file.read_private(folder .. "/new", "name"))
    assert.equal(tonumber("700", 8), core.file.mode(folder .. "/new"))
    assert.equal(tonumber("600", 8), core.file.mode(folder .. "/new/name"))
    assert.is_true(core.file.write_private(folder, "name", core.secret("hush")))
    assert.equal("hush", core.file.read_private(folder, "name"))
    assert.is_true(core.file.write_private(folder, "name", ""))
    assert.equal("", core.file.read_private(folder, "name"))
  end)

  it("are told from none when they can't be used", function()
    assert.same({ n = 1 }, results(core.file.read_private(folder, "name")))
    file.write(folder .. "/name", "text", "604")
    assert.same({ n = 2, nil, "it is open to others (chmod 600 closes it)" },
      results(core.file.read_private(folder, "name")))
    assert.same({ n = 2, nil, "Not a directory" },
      results(core.file.write_private("/dev/null/folder", "name", "text")))
  end)

  it("have a limit of one megabyte", function()
    local bytes = ("x"):rep(1048576)
    assert.is_true(core.file.write_private(folder, "name", bytes))
    assert.equal(bytes, core.file.read_private(folder, "name"))
    assert.same({ n = 2, nil, "it is too long" },
      results(core.file.write_private(folder, "name", bytes .. "y")))
    file.write(folder .. "/name", bytes .. "y")
    assert.same({ n = 2, nil, "it is too long" }, results(core.file.read_private(folder, "name")))
  end)

  it("have no names that lead elsewhere", function()
    for _, name in ipairs{ "", ".", "..", "../name", "a/b", ".hidden", "a\0b" } do
      assert.has_error(function() core.file.read_private(folder, name) end)
      assert.has_error(function() core.file.write_private(folder, name, "text") end)
    end
    assert.has_error(function() core.file.read_private("/tmp\0/x", "name") end)
    assert.has_error(function() core.file.write_private(folder, "name") end)
    assert.has_error(function() core.file.write_private(folder, "name", {}) end)
  end)
end)

describe("core.file.replace", function()
  it("puts a file in its place when it is committed", function()
    local path = file.write(folder .. "/file", "old", "644")
    local writer = assert(core.file.replace(path))
    assert.equal("rackspace.file_writer: open", tostring(writer))
    assert.is_true(writer:write("new, "))
    assert.is_true(writer:write(core.secret("secret")))
    assert.equal("old", file.read(path))
    assert.is_true(writer:commit())
    assert.equal("new, secret", file.read(path))
    assert.equal(tonumber("600", 8), core.file.mode(path))
    assert.equal("file\n", names())
    assert.equal("rackspace.file_writer: closed", tostring(writer))
  end)

  it("leaves the old file and no other when it is discarded or collected", function()
    local path = file.write(folder .. "/file", "old")
    local writer = assert(core.file.replace(path))
    writer:write("half")
    writer:discard()
    writer:discard()
    assert.equal("file\n", names())
    writer = assert(core.file.replace(path))
    writer:write("half")
    assert.not_equal("file\n", names())
    writer = nil -- luacheck: ignore
    collectgarbage()
    collectgarbage()
    assert.equal("file\n", names())
    assert.equal("old", file.read(path))
  end)

  it("uses names that can't be predicted", function()
    local one = assert(core.file.replace(folder .. "/file"))
    local other = assert(core.file.replace(folder .. "/file"))
    local first, second = names():match("^(.rackspace%-%x+)\n(.rackspace%-%x+)\n$")
    assert.is_truthy(first and second and first ~= second and #first == #".rackspace-" + 16)
    assert.is_true(one:write("one") and other:write("other") and one:commit() and other:commit())
    assert.equal("other", file.read(folder .. "/file"))
  end)

  it("says why it can't, and is not used after its end", function()
    assert.same({ n = 2, nil, "No such file or directory" },
      results(core.file.replace(folder .. "/none/file")))
    assert.same({ n = 2, nil, "Is a directory" }, results(core.file.replace(folder)))
    local writer = assert(core.file.replace("/dev/full"))
    assert.same({ n = 2, nil, "No space left on device" }, results(writer:write("text")))
    writer:discard()
    assert.has_error(function() writer:write("text") end, "the file is closed")
    assert.has_error(function() writer:commit() end, "the file is closed")
    writer = assert(core.file.replace(folder .. "/file"))
    assert.has_error(function() writer:write(5) end)
    assert.has_error(function() core.file.replace("a\0b") end)
    file.run("rm -rf '%s'", folder)
    assert.same({ n = 2, nil, "No such file or directory" }, results(writer:commit()))
  end)
end)

describe("core.file.temporary", function()
  it("makes an empty file, for its owner alone", function()
    local path = assert(core.file.temporary(folder))
    assert.equal(folder .. "/.rackspace-", (path:gsub("%x+$", "")))
    assert.equal(tonumber("600", 8), core.file.mode(path))
    assert.equal(0, core.file.size(path))
    assert.not_equal(path, core.file.temporary(folder))
    assert.same({ n = 2, nil, "No such file or directory" },
      results(core.file.temporary(folder .. "/none")))
  end)
end)

describe("core.file.lock", function()
  it("is had by one at a time, and let go when it is collected", function()
    local lock = assert(core.file.lock(folder .. "/made"))
    assert.equal(tonumber("700", 8), core.file.mode(folder .. "/made"))
    assert.same({ n = 2, nil, "another program is changing it" },
      results(core.file.lock(folder .. "/made")))
    lock:release()
    lock:release()
    lock = assert(core.file.lock(folder .. "/made"))
    assert.is_userdata(lock)
    lock = nil -- luacheck: ignore
    collectgarbage()
    collectgarbage()
    assert(core.file.lock(folder .. "/made")):release()
    assert.same({ n = 2, nil, "Not a directory" }, results(core.file.lock("/dev/null/x")))
  end)
end)

describe("core", function()
  it("names itself and its library", function()
    assert.matches("^%d+%.%d+%.%d+$", core._VERSION)
    assert.matches("^libcurl/%d+%.%d+", core.library)
  end)

  it("is a table of its own", function()
    assert.equal(core, package.loaded["rackspace.core"])
    assert.is_nil(rawget(_G, "rackspace"))
  end)
end)
