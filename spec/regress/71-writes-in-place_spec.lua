--- 71-writes-in-place_spec.lua - devices, pipes and links stay what they are
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("spec.support.file")
local lfs = require("lfs")
local rackspace = require("rackspace")
local support = require("spec.sandbox.support")

local run, quote = support.run, support.quote

-- What each writer of the program writes to a path, as a shell command.
local writers = {
  report = function(path)
    return "--sandbox report -o " .. quote(path)
  end,
  save = function(path)
    return ("-i -e 'x = 1' < %s"):format(quote(file.write(
      path:match("^(.*)/") .. "/typed", ("y = 2\nsave(%q)\n"):format(path))))
  end,
  state = function(path)
    return "-e " .. quote(("assert(require('rackspace').sandbox{ state = %q })")
      :format(path))
  end,
}

describe("a file in whose place is", function()
  local folder

  before_each(function()
    folder = file.folder()
  end)

  after_each(file.clean)

  local function kind_of(path)
    return lfs.symlinkattributes(path, "mode")
  end

  --- The number of bytes that a command wrote into a pipe.
  local function through_pipe(path, command)
    file.run("rm -f '%s' && mkfifo '%s'", path, path)
    local reader = assert(io.popen("exec wc -c < " .. quote(path)))
    local code, _, said = command()
    local count = tonumber(reader:read("*a"))
    reader:close()
    assert.equal(0, code, said)
    return count
  end

  it("a pipe is written to, and the pipe stays", function()
    local path = folder .. "/pipe"
    for _, name in ipairs{ "report", "save" } do
      local count = through_pipe(path, function()
        return run(writers[name](path))
      end)
      assert.is_true(count > 20, name)
      assert.equal("named pipe", kind_of(path))
    end
  end)

  it("a device is written to, and the device stays", function()
    local path = folder .. "/device"
    if not os.execute(("mknod -m 666 '%s' c 1 3 2>/dev/null && : > '%s'")
        :format(path, path)) then
      return pending("no device can be made here")
    end
    for _, name in ipairs{ "report", "save" } do
      local code, _, said = run(writers[name](path))
      assert.equal(0, code, name .. said)
      assert.equal("char device", kind_of(path))
    end
  end)

  it("a link is written through, its target replaced safely", function()
    for name, writer in pairs(writers) do
      file.run("rm -rf '%s/d' && mkdir '%s/d'", folder, folder)
      file.run("ln -s d/middle '%s/link.%s' && ln -s target '%s/d/middle'",
        folder, name, folder)
      local code, _, said = run(writer(folder .. "/link." .. name))
      assert.equal(0, code, name .. said)
      assert.equal("link", kind_of(folder .. "/link." .. name))
      assert.equal("link", kind_of(folder .. "/d/middle"))
      assert.equal("file", kind_of(folder .. "/d/target"))
      assert.equal(tonumber("600", 8), core.file.mode(folder .. "/d/target"))
    end
  end)

  it("another user's link is refused, to a device too", function()
    for _, target in ipairs{ "mine", "/dev/full" } do
      local path = folder .. "/theirs"
      file.run("rm -f '%s' && ln -s '%s' '%s'", path, target, path)
      if not os.execute(("chown -h 43210 '%s' 2>/dev/null"):format(path)) then
        return pending("only root can give a link away")
      end
      local code, _, said = run(writers.report(path))
      assert.equal(1, code)
      assert.matches("another user's symbolic link", said)
    end
  end)

  it("a dotfile that is a link stays one when login writes it", function()
    file.write(folder .. "/dotfiles/config", "[old]\nregion = UK\n")
    file.run("ln -s '%s/dotfiles/config' '%s/config'", folder, folder)
    local code, _, said = run("login --no-test --username=u", ("echo k | " ..
      "RACKSPACE_CONFIG='%s/config'"):format(folder))
    assert.equal(0, code, said)
    assert.equal("link", kind_of(folder .. "/config"))
    assert.matches("%[old%].*%[default%]", file.read(folder ..
      "/dotfiles/config"))
  end)

  -- Somebody who keeps no history has linked it to a device.
  it("the history a link or a pipe is left alone", function()
    local state = folder .. "/rackspace"
    file.run("mkdir -m 700 '%s' && ln -s elsewhere '%s/history'", state, state)
    assert.same({ nil, "it is no plain file" },
      { core.file.write_private(state, "history", "x = 1\n") })
    file.run("rm '%s/history' && mkfifo '%s/history'", state, state)
    assert.same({ nil, "it is no plain file" },
      { core.file.write_private(state, "history", "x = 1\n") })
    assert.equal("named pipe", kind_of(state .. "/history"))
  end)
end)

describe("save", function()
  after_each(file.clean)

  it("replaces no file, not even one that it can't read", function()
    local folder = file.folder()
    for _, mode in ipairs{ "600", "000" } do
      local path = file.write(folder .. "/kept.lua", "kept", mode)
      local code, _, said = run(writers.save(path))
      file.run("chmod 600 '%s'", path)
      assert.equal("kept", file.read(path), code .. said)
    end
  end)
end)

describe("tickets.download", function()
  local folder, box, url, rs

  before_each(function()
    folder = file.folder()
    box = rackspace.sandbox()
    rs = assert(rackspace.new{ sandbox = box })
    local path = file.write(folder .. "/log", "bytes of the log")
    local ticket = assert(rs.tickets:create{ accountId = "10101", subject = "S",
      category = "Incident", subcategory = "Other",
      comment = { text = "x", attachments = { path } } })
    url = ticket.comments[1].attachments[1].url
  end)

  after_each(function()
    rs:close()
    box:close()
    file.clean()
  end)

  it("replaces a file only for clobber = true", function()
    local path = file.write(folder .. "/kept", "kept")
    local done, message, err = rs.tickets:download(url, path)
    assert.is_nil(done)
    assert.equal("tickets.download: " .. path .. " is there already; " ..
      "clobber = true (--clobber) replaces it", message)
    assert.equal("file", err.kind)
    assert.equal(0, box:count("tickets.download"))
    assert.equal("kept", file.read(path))
    file.run("ln -s kept '%s/link'", folder)
    assert.is_nil((rs.tickets:download(url, folder .. "/link")))
    assert(rs.tickets:download(url, folder .. "/link", { clobber = true }))
    assert.equal("bytes of the log", file.read(path))
    assert.equal("link", lfs.symlinkattributes(folder .. "/link", "mode"))
  end)

  it("makes what a link names that leads nowhere yet", function()
    file.run("ln -s new '%s/link'", folder)
    assert(rs.tickets:download(url, folder .. "/link"))
    assert.equal("bytes of the log", file.read(folder .. "/new"))
  end)

  it("has --clobber, which is for downloads", function()
    local server = assert(support.serve())
    local at = server.url
    local path = file.write(folder .. "/kept", "kept")
    local from = quote(at .. "/storage/none")
    local code, _, said = run("tickets.download " .. from .. " " ..
      quote(path) .. " --sandbox=" .. at)
    assert.equal(1, code)
    assert.matches("is there already; clobber = true %(%-%-clobber%)", said)
    code, _, said = run("tickets.download " .. from .. " " .. quote(path) ..
      " --clobber --sandbox=" .. at)
    assert.not_matches("already", said)
    assert.not_equal(1, code)
    code, _, said = run("accounts.list --clobber --sandbox=" .. at)
    assert.equal(2, code)
    assert.matches("%-%-clobber is for downloads", said)
    server:finish()
  end)
end)

describe("a new file", function()
  after_each(file.clean)

  it("replaces none that came while it was written", function()
    local folder = file.folder()
    local writer = assert(core.file.replace(folder .. "/file", true))
    assert(writer:write("mine"))
    file.write(folder .. "/file", "theirs")
    assert.same({ nil, "there is a file already" }, { writer:commit() })
    assert.equal("theirs", file.read(folder .. "/file"))
    assert.equal("file\n", support.output("ls -A " .. quote(folder)))
    assert.same({ nil, "there is a file already" },
      { core.file.replace(folder .. "/file", true) })
  end)
end)
