--- form_spec.lua - multipart bodies, answers into files, and how far they are
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("spec.support.file")
local peer = require("spec.core.peer")

describe("core.client", function()
  local client, server, folder

  before_each(function()
    client, server = assert(core.client()), peer.new(peer.ok("hi"))
    folder = file.folder()
  end)

  after_each(function()
    client:close()
    server:close()
    file.clean()
    client, server = nil, nil
  end)

  local function run(more)
    local request = { url = server.url .. "/x", timeout = peer.PATIENCE }
    for name, value in pairs(more) do
      request[name] = value
    end
    return server:run(client, request)
  end

  local function output(command, ...)
    local pipe = assert(io.popen(command:format(...)))
    local text = pipe:read("*a")
    pipe:close()
    return text
  end

  local function listed()
    return output("ls -A '%s'", folder)
  end

  --- Which of the folder's files this process has open.
  local function opened()
    return output("ls -l /proc/$PPID/fd | grep '%s'", folder)
  end

  local function put(bytes)
    return file.write(folder .. "/part.bin", bytes)
  end

  describe("sends a form", function()
    it("with values and files, framed as RFC 7578 says", function()
      local bytes = ("0123456789abcdef\0\r\n--"):rep(20000)
      local transfer = run{ method = "POST", form = {
        { name = "redirect", value = "" },
        { name = "key", value = core.secret("hush\0hush") },
        { name = "note", value = "v", filename = "n.txt" },
        { name = "file1", file = put(bytes), filename = 'sm"art.log' },
        { name = "file2", file = put(bytes) },
      } }
      local facts = transfer:facts()
      assert(transfer:response())
      local request = server.requests[1]
      local boundary = request.headers["content-type"]:match(
        "^multipart/form%-data; boundary=(.*)$")
      local head = "Content-Disposition: form-data; name="
      local frame = "--" .. boundary .. "\r\n"
      local kind = "\r\nContent-Type: application/octet-stream\r\n\r\n"
      assert.is_true(request.body == frame .. head .. '"redirect"\r\n\r\n\r\n' ..
        frame .. head .. '"key"\r\n\r\nhush\0hush\r\n' ..
        frame .. head .. '"note"; filename="n.txt"\r\n' ..
        "Content-Type: text/plain\r\n\r\nv\r\n" ..
        frame .. head .. '"file1"; filename="sm%22art.log"' .. kind ..
        bytes .. "\r\n" ..
        frame .. head .. '"file2"; filename="part.bin"' .. kind ..
        bytes .. "\r\n--" .. boundary .. "--\r\n")
      assert.equal(tostring(#request.body), request.headers["content-length"])
      assert.equal(#request.body, facts.uploaded)
      assert.is_nil(request.headers.expect)
    end)

    it("and not what can't be one", function()
      local function refused(form, expected, more)
        local request = { url = server.url, form = form }
        for name, value in pairs(more or {}) do
          request[name] = value
        end
        local ok, message = pcall(client.start, client, request)
        assert.is_false(ok)
        assert.matches(expected, message, 1, true)
      end
      refused(5, "'form' must be a list of parts")
      refused({}, "'form' must be a list of parts")
      refused({ "x" }, "'form' must be a list of parts")
      refused({ {} }, "a part needs a 'name', and a 'value' or a 'file'")
      refused({ { name = "x" } }, "a part needs a 'name'")
      refused({ { name = "x", value = "y", file = "/etc/passwd" } },
        "a part needs a 'name', and a 'value' or a 'file'")
      refused({ { name = "x", vlaue = "y" } },
        "a part has 'name', 'value' or 'file', and 'filename'")
      refused({ { name = "x\r\ny", value = "y" } },
        "'name' of a part holds a line break")
      refused({ { name = "x", value = "y", filename = "a\nb" } },
        "'filename' of a part holds a line break")
      refused({ { name = "x\0", value = "y" } }, "'name' holds a NUL byte")
      refused({ { name = "x", file = "/nowhere/file" } },
        "cannot open /nowhere/file: No such file or directory")
      refused({ { name = "x", file = "/" } }, "cannot open /: Is a directory")
      refused({ { name = "x", value = "y" } },
        "a request has one of 'body', 'file' and 'form'", { body = "x" })
      assert.equal(0, server.accepted)
    end)
  end)

  describe("puts an answer into a file", function()
    it("that nobody else can read, whatever its size", function()
      local bytes = ("0123456789abcdef\0\r\n"):rep(20000)
      server.answer = peer.ok(bytes)
      local path = file.write(folder .. "/sink", "old", "644")
      local transfer = run{ sink = path, max_body = 10 }
      local facts = transfer:facts()
      assert.same({ #bytes, #bytes }, { facts.downloaded, facts.expected })
      local response = assert(transfer:response())
      assert.equal("", response.body)
      assert.is_true(file.read(path) == bytes)
      assert.equal(tonumber("600", 8), core.file.mode(path))
    end)

    it("that is empty when the answer is", function()
      server.answer = "HTTP/1.1 204 No Content\r\n\r\n"
      assert(run{ sink = folder .. "/empty" }:response())
      assert.equal("", file.read(folder .. "/empty"))
    end)

    it("but no error's, which leaves the file alone", function()
      local path = file.write(folder .. "/old", "old")
      server.answer = "HTTP/1.1 404 X\r\nContent-Length: 4\r\n\r\ngone"
      local response = assert(run{ sink = path }:response())
      assert.same({ 404, "gone" }, { response.status, response.body })
      assert.equal("old", file.read(path))
    end)

    it("and says when it can't", function()
      local response, message, kind = run{ sink = "/nowhere/sink" }:response()
      assert.is_nil(response)
      assert.same({ "/nowhere/sink can't be written: No such file or directory", "file" },
        { message, kind })
      message = select(2, run{ sink = ("/é"):rep(400) }:response())
      assert.equal("the file can't be written: No such file or directory", message)
      assert.equal("file", (select(3, run{ sink = "/dev/full" }:response())))
      assert.equal("file", (select(3, run{ sink = folder }:response())))
    end)

    it("only when all of it has come, and leaves no other", function()
      local path = file.write(folder .. "/whole", "old")
      local head = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
      server.answer, server.closes = head .. "half", true
      local response, _, kind = run{ sink = path }:response()
      assert.same({ nil, "network" }, { response, kind })
      assert.equal("old", file.read(path))
      assert.equal("whole\n", listed())
      server.answer, server.closes = head .. "halfwhole", false
      assert(run{ sink = path }:response())
      assert.equal("halfwhole", file.read(path))
      assert.equal("whole\n", listed())
    end)

    it("and leaves neither it nor a descriptor when it is given up", function()
      server.answer = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
      local form = put("x")
      for _, give_up in ipairs{ "cancel", "close" } do
        local transfer = client:start{ url = server.url, method = "POST",
          timeout = peer.PATIENCE, sink = folder .. "/sink",
          form = { { name = "file1", file = form } } }
        server:drive(client, function()
          return listed():find(".rackspace-", 1, true)
        end)
        assert.matches(".rackspace-", opened(), 1, true)
        if give_up == "cancel" then
          transfer:cancel()
        else
          client:close()
        end
        assert.equal("part.bin\n", listed())
        assert.equal("", opened())
        assert.equal("cancelled", (select(3, transfer:response())))
      end
    end)
  end)

  it("tells how far a transfer is while it is in flight", function()
    local bytes = ("x"):rep(8000000)
    server.answer = function() return nil end
    local transfer = client:start{ url = server.url, method = "POST",
      file = put(bytes), timeout = peer.PATIENCE }
    local seen = {}
    server:drive(client, function()
      local uploaded = transfer:facts().uploaded
      if uploaded ~= seen[#seen] then
        seen[#seen + 1] = uploaded
      end
      return server.requests[1] ~= nil
    end)
    assert.is_nil((transfer:response()))
    assert.is_true(#seen > 2)
    assert.equal(#bytes, seen[#seen])
    for i = 2, #seen do
      assert.is_true(seen[i - 1] < seen[i])
    end
    transfer:cancel()
  end)
end)
