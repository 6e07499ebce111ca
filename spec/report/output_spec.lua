--- output_spec.lua - where a report goes: a private file, whole or not at all
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("spec.support.file")
local output = require("rackspace.report.output")
local support = require("spec.sandbox.support")

local function names(folder)
  return support.output("ls -A " .. support.quote(folder))
end

describe("a report's output", function()
  local folder, path

  before_each(function()
    folder = file.folder()
    path = folder .. "/page.html"
  end)

  after_each(file.clean)

  it("is there when it is finished, for its owner alone", function()
    local out = assert(output.open(path))
    local aside = out:aside()
    aside:write("rows, ")
    out:write("head, ")
    aside:write("more, ")
    assert.is_nil(io.open(path))
    out:pour(aside)
    out:write("foot")
    assert.is_true(out:finish())
    assert.equal("head, rows, more, foot", support.read(path))
    assert.equal(tonumber("600", 8), core.file.mode(path))
    assert.equal("page.html\n", names(folder))
  end)

  it("replaces what is there in one step", function()
    file.write(path, "before", "644")
    local out = assert(output.open(path))
    out:write("after")
    assert.equal("before", support.read(path))
    assert.is_true(out:finish())
    assert.equal("after", support.read(path))
    assert.equal(tonumber("600", 8), core.file.mode(path))
  end)

  it("writes through a link, and into what is no regular file", function()
    file.write(path, "before")
    file.run("ln -s page.html '%s/link'; mkfifo '%s/pipe'", folder, folder)
    local out = assert(output.open(folder .. "/link"))
    out:write("after")
    assert.is_true(out:finish())
    assert.equal("after", support.read(path))
    file.run("test -L '%s/link'", folder)
    out = assert(output.open("/dev/null"))
    out:write("nothing")
    assert.is_true(out:finish())
    file.run("test -c /dev/null")
    local pipe = io.popen("cat '" .. folder .. "/pipe'")
    out = assert(output.open(folder .. "/pipe"))
    out:write("piped")
    assert.is_true(out:finish())
    assert.equal("piped", pipe:read("*a"))
    pipe:close()
    file.run("test -p '%s/pipe'", folder)
    assert.equal("link\npage.html\npipe\n", names(folder))
  end)

  it("leaves nothing when it is dropped", function()
    file.write(path, "before")
    local out = assert(output.open(path))
    out:aside():write("x")
    out:write("half")
    out:drop()
    out:drop()
    assert.equal("before", support.read(path))
    assert.equal("page.html\n", names(folder))
  end)

  it("holds what is poured in pieces only", function()
    local out = assert(output.open(path))
    local aside = out:aside()
    local row = ("x"):rep(1023) .. "\n"
    for _ = 1, 20000 do
      aside:write(row)
    end
    collectgarbage()
    local before = collectgarbage("count")
    out:pour(aside)
    collectgarbage()
    assert.is_true(collectgarbage("count") - before < 1024)
    assert.is_true(out:finish())
    assert.equal(20480000, core.file.size(path))
  end)

  it("says why it can't be written", function()
    local out, message = output.open(folder .. "/none/page.html")
    assert.is_nil(out)
    assert.equal(folder .. "/none/page.html: No such file or directory", message)
    out, message = output.open(folder)
    assert.is_nil(out)
    assert.equal(folder .. ": Is a directory", message)
    out = assert(output.open(path))
    file.run("mkdir '%s'", path)
    local done
    done, message = out:finish()
    assert.is_nil(done)
    assert.equal(path .. ": Is a directory", message)
    assert.equal("page.html\n", names(folder))
  end)

  it("raises a problem when the disk is full", function()
    if not io.open("/dev/full", "w") then
      pending("there is no /dev/full here")
      return
    end
    local out = assert(output.open("/dev/full"))
    local ok, err = pcall(function()
      for _ = 1, 100 do
        out:write(("x"):rep(65536))
      end
    end)
    assert.is_false(ok)
    assert.truthy(err.problem:find("No space left", 1, true))
    out:drop()
    assert.equal("", names(folder))
  end)
end)
