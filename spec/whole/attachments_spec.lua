--- attachments_spec.lua - large files over HTTP: their bytes and the memory
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local file = require("spec.support.file")
local json = require("rackspace.base.json")
local support = require("spec.sandbox.support")

local MEGABYTE = 1048576

-- What the client prints: its peak of memory before and after.
local script = [[
local rackspace = require("rackspace")
local url, path, landing = ...
local function peak()
  for line in io.lines("/proc/self/status") do
    local kilobytes = line:match("^VmHWM:%s*(%d+)")
    if kilobytes then
      return kilobytes
    end
  end
end
local rs = assert(rackspace.new{ sandbox = url })
local before, seen, whole = peak(), 0, true
local ticket = assert(rs.tickets:create({ accountId = "10101", subject = "S",
  category = "Incident", subcategory = "Other",
  comment = { text = "x", attachments = { path } },
  progress = function(done, total)
    whole = whole and done >= seen and total == SIZE
    seen = done
  end }))
assert(rs.tickets:download(ticket.comments[1].attachments[1], landing))
print(before, peak(), seen, whole)
rs:close()
]]

describe("a large attachment", function()
  local folder

  before_each(function()
    folder = file.folder()
    file.run("mkdir '%s/spool'", folder)
  end)

  after_each(function()
    child.close_all()
    file.clean()
  end)

  local function output(command, ...)
    return support.output(command:format(...))
  end

  --- A command of the program; a sanitizer holds little of what is freed.
  local function program(arguments)
    return ("env TMPDIR='%s/spool' ASAN_OPTIONS=\"$ASAN_OPTIONS:" ..
      "quarantine_size_mb=1\" '%s' %s"):format(folder,
      os.getenv("RACKSPACE_PROGRAM") or "rackspace", arguments)
  end

  local function serve(options)
    local process = child.start(program("sandbox --with-stdin --limits off " ..
      (options or "")))
    return assert(json.decode(process:first_line()))
  end

  --- A file of bytes that no two blocks have in the same order.
  local function varied(megabytes)
    local path, state, letters = folder .. "/varied.bin", 1, {}
    for i = 1, 65536 do
      state = state * 16807 % 2147483647
      letters[i] = string.char(math.floor(state / 256) % 256)
    end
    local block, out = table.concat(letters), assert(io.open(path, "wb"))
    for i = 1, megabytes * 16 do
      local turn = i * 61 % 65536
      out:write(block:sub(turn + 1), block:sub(1, turn))
    end
    out:close()
    return path
  end

  local function sum(path)
    return output("sha256sum '%s'", path):match("^%x+")
  end

  local function peak(pid)
    return tonumber(output("grep VmHWM /proc/%d/status", pid):match("%d+"))
  end

  it("goes there and back in flat memory, byte for byte", function()
    local path, state = varied(64), folder .. "/state.json"
    local box = serve("--state '" .. state .. "'")
    local before = peak(box.pid)
    local client = file.write(folder .. "/client.lua",
      (script:gsub("SIZE", ("%d"):format(64 * MEGABYTE))))
    local told = output("exec " .. program("'%s' '%s' '%s' '%s'"), client,
      box.url, path, folder .. "/back.bin")
    local first, last, sent, whole = told:match("(%d+)%s+(%d+)%s+(%d+)%s+(%a+)")
    assert.same({ ("%d"):format(64 * MEGABYTE), "true" }, { sent, whole }, told)
    assert.is_true(last - first < 16384, told)
    local after = peak(box.pid)
    assert.is_true(after - before < 16384, before .. " kB, then " .. after)
    local kept = output("ls '%s'.*", state):match("[^\n]+")
    assert.equal(sum(path), sum(kept))
    assert.equal(sum(path), sum(folder .. "/back.bin"))
    assert.equal("", output("ls -A '%s/spool'", folder))
  end)
end)
