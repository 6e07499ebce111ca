--- 104-downloads-into-pipes_spec.lua - a download that breaks off in a pipe
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local file = require("spec.support.file")
local peer = require("spec.support.peer")
local rackspace = require("rackspace")

-- Half of the body at first, and the connection ends; then all of it.
local breaking = [[
if count == 1 then
  return "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" .. kept.first, "close"
end
return reply(200, "complete", { ["Content-Type"] = "text/plain" })]]

describe("a download that breaks off", function()
  local folder, service, rs

  before_each(function()
    folder = file.folder()
  end)

  after_each(function()
    rs:close()
    rs = nil
    service:close()
    child.close_all()
    file.clean()
  end)

  local function download(first, path)
    service = peer.start(("kept.first = %q\n"):format(first) .. breaking)
    rs = assert(rackspace.new(service:settings{ retries = 1,
      endpoints = { ticketing = service.url } }))
    return rs.tickets:download(service.url .. "/file", path, { clobber = true })
  end

  -- What a reader of a pipe gets, and what the download returns.
  local function through_pipe(first)
    local path = folder .. "/pipe"
    file.run("mkfifo '%s'", path)
    local reader = assert(io.popen("exec timeout 20 cat '" .. path .. "'"))
    local done, message, err = download(first, path)
    local text = reader:read("*a")
    reader:close()
    return text, done, message, err
  end

  it("into a pipe is not repeated once bytes have gone there", function()
    local text, done, message, err = through_pipe("comp")
    assert.equal("comp", text)
    assert.is_nil(done)
    assert.equal("file", err.kind)
    assert.matches("not repeated: .*/pipe has 4 bytes of it", message)
    assert.equal(1, #service:requests())
  end)

  it("into a file is repeated", function()
    local path = folder .. "/file"
    assert(download("comp", path))
    assert.equal("complete", file.read(path))
    assert.equal(2, #service:requests())
  end)
end)
