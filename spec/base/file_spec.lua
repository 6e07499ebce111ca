--- file_spec.lua - the files that are kept for a user
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("rackspace.base.file")
local files = require("spec.support.file")

local folder

before_each(function()
  folder = files.folder()
end)

after_each(files.clean)

describe("file.read_trusted", function()
  it("gives a text, and whether others are shut out", function()
    for mode, is_closed in pairs{ ["600"] = true, ["400"] = true, ["640"] = false,
      ["604"] = false, ["601"] = false } do
      local path = files.write(folder .. "/file", "text", mode)
      assert.same({ "text", is_closed }, { file.read_trusted(path) }, mode)
    end
    assert.same({}, { file.read_trusted(folder .. "/none") })
    assert.same({ nil, "Is a directory" }, { file.read_trusted(folder) })
  end)

  it("refuses what others can write", function()
    for _, mode in ipairs{ "602", "620", "622", "666", "777", "664" } do
      local path = files.write(folder .. "/file", "text", mode)
      assert.same({ nil, "others can write it; run: chmod 600 " .. path },
        { file.read_trusted(path) }, mode)
    end
  end)

  it("refuses a file of another user", function()
    local path = files.write(folder .. "/file", "text")
    if not files.can_give_away(path) then
      return pending("only root can give a file away")
    end
    assert.same({ nil, "it belongs to somebody else" }, { file.read_trusted(path) })
  end)
end)

describe("file.write", function()
  it("replaces a file, through links too", function()
    local path = files.write(folder .. "/file", "old", "644")
    files.run("ln -s file '%s/link'", folder)
    assert.is_true(file.write(folder .. "/link", "new"))
    assert.equal("new", files.read(path))
    assert.equal(tonumber("600", 8), core.file.mode(path))
    assert.is_true(os.rename(folder .. "/link", folder .. "/renamed"))
    assert.equal("new", files.read(folder .. "/renamed"))
  end)

  it("says why it can't", function()
    assert.same({ nil, "No space left on device" }, { file.write("/dev/full", "text") })
    assert.same({ nil, "Not a directory" }, { file.write("/dev/null/x", "text") })
  end)
end)

describe("file.folder_of", function()
  it("is where the file stands", function()
    for path, expected in pairs{ ["/a/b"] = "/a", ["/a"] = "/", a = ".", ["a/b"] = "a",
      ["./a"] = "." } do
      assert.equal(expected, file.folder_of(path))
    end
  end)
end)

describe("file.locked", function()
  it("gives what the change returns, and lets go of the lock", function()
    for _ = 1, 2 do
      assert.same({ n = 3, 1, nil, 3 }, { n = select("#", file.locked(folder, function(...)
        return ...
      end, 1, nil, 3)), file.locked(folder, function(...) return ... end, 1, nil, 3) })
      local err = {}
      local ok, raised = pcall(file.locked, folder, error, err)
      assert.same({ false, true }, { ok, raised == err })
    end
  end)

  it("does not call when it can't lock", function()
    local called = false
    local lock = assert(core.file.lock(folder))
    assert.same({ nil, "another program is changing it" },
      { file.locked(folder, function() called = true end) })
    lock:release()
    assert.is_false(called)
  end)
end)
