--- files_spec.lua - the printed files, and whether they are fresh
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local files = require("script.document.files")
local modules = require("rackspace.services").modules

local function succeeds(command)
  local result = os.execute("unset LD_PRELOAD; " .. command ..
    " >/dev/null 2>&1")
  return result == true or result == 0
end

--- A copy of what the printer reads and writes, of a spec's own.
local function copy_of_checkout()
  local folder = file.folder()
  file.run("cp -R doc lua script types README.md '%s'", folder)
  return folder
end

local function change(path, from, to)
  local text = file.read(path)
  local place, last = text:find(from, 1, true)
  assert(place, from .. " is not in " .. path)
  file.write(path, text:sub(1, place - 1) .. to .. text:sub(last + 1), "644")
end

describe("the printed part of a text", function()
  it("is what stands between the marks", function()
    assert.equal("a\n<!-- coverage -->\n\nnew\n\n<!-- /coverage -->\nb\n",
      files.replace("a\n<!-- coverage -->\nold\n<!-- /coverage -->\nb\n", "new\n"))
  end)

  it("comes out the same when it is printed again", function()
    local once = files.replace("<!-- coverage -->\n<!-- /coverage -->", "new\n")
    assert.equal(once, files.replace(once, "new\n"))
  end)

  it("needs both marks", function()
    for _, text in ipairs{ "", "<!-- coverage -->\n", "<!-- /coverage -->\n",
      "<!-- /coverage -->\n<!-- coverage -->\n" } do
      local printed, problem = files.replace(text, "new")
      assert.is_nil(printed)
      assert.equal("no <!-- coverage --> and <!-- /coverage -->", problem)
    end
  end)
end)

describe("the printer", function()
  it("prints what is there, on every Lua", function()
    for path, content in pairs(files.print(modules)) do
      assert.is_true(file.read(path) == content, path .. " is stale: run script/print")
    end
  end)

  it("says which file is stale, and mends it", function()
    local folder = copy_of_checkout()
    local script = ("cd '%s' && script/print"):format(folder)
    assert.is_true(succeeds(script))
    assert.is_true(succeeds(script .. " --check"))
    change(folder .. "/doc/coverage.md", "Every call", "Each call")
    assert.is_true(succeeds(script .. " --check")) -- it stands beside the marks
    for _, path in ipairs{ "doc/reference.md", "types/rackspace.lua",
      "lua/rackspace/manual/guide.lua" } do
      change(folder .. "/" .. path, "rackspace.new", "rackspace.old")
      assert.is_false(succeeds(script .. " --check"), path)
      assert.is_true(succeeds(script))
    end
    assert.is_true(succeeds(script))
    assert.is_true(succeeds(script .. " --check"))
    change(folder .. "/doc/coverage.md", "`rs.accounts:get`", "`rs.accounts:got`")
    assert.is_false(succeeds(script .. " --check"))
  end)

  it("is stale when a row has changed", function()
    local folder = copy_of_checkout()
    local script = ("cd '%s' && script/print"):format(folder)
    assert.is_true(succeeds(script))
    change(folder .. "/lua/rackspace/accounts/init.lua", '"The account\'s id;', '"The id;')
    assert.is_false(succeeds(script .. " --check"))
  end)

  it("refuses what it doesn't know", function()
    assert.is_false(succeeds("script/print --chekc"))
  end)

  after_each(file.clean)
end)
