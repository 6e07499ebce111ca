--- file_spec.lua - what the core tells of files, and of itself
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

describe("core.file_mode", function()
  it("gives the permission bits", function()
    local path = os.tmpname()
    for _, mode in ipairs({ "600", "644", "400", "777" }) do
      os.execute("chmod " .. mode .. " " .. path)
      assert.equal(tonumber(mode, 8), core.file_mode(path))
    end
    os.remove(path)
  end)

  it("gives nil and a message for no file", function()
    local mode, message = core.file_mode("/nowhere/file")
    assert.is_nil(mode)
    assert.equal("/nowhere/file: No such file or directory", message)
    assert.has_error(function() core.file_mode() end)
  end)
end)

describe("core.file_size", function()
  it("gives the bytes of a file that can be read", function()
    local path = os.tmpname()
    assert.equal(0, core.file_size(path))
    os.execute("truncate -s 5000000001 " .. path)
    assert.equal("5000000001", ("%.0f"):format(core.file_size(path)))
    os.remove(path)
    for name, problem in pairs{ [path] = "No such file or directory",
      ["/tmp"] = "Is a directory", ["/dev/null"] = "not a regular file" } do
      local size, message = core.file_size(name)
      assert.is_nil(size)
      assert.equal(name .. ": " .. problem, message)
    end
    os.execute("mkfifo " .. path)
    assert.equal(path .. ": not a regular file", (select(2, core.file_size(path))))
    os.remove(path)
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
