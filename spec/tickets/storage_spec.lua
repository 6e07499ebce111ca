--- storage_spec.lua - where files are put: forms, URLs, and what they answer
-- SPDX-License-Identifier: MIT
local call_of = require("rackspace.call.call")
local file = require("spec.support.file")
local peer = require("spec.core.peer")
local rackspace = require("rackspace")
local storage = require("rackspace.tickets.storage")
local stub = require("spec.support.stub")

describe("a place for a file", function()
  local path

  before_each(function()
    path = file.write(file.folder() .. "/a.log", "bytes")
  end)

  after_each(file.clean)

  local function attach(slot, upload)
    local rs, asked = stub.session(function(request, count)
      return count == 1 and stub.reply(200, slot) or upload(request)
    end, { endpoints = { ticketing = "http://localhost" } })
    return asked, rs.tickets:attach(path)
  end

  it("may be a form's, answered by a redirection that is not followed",
    function()
      local slot = { attachment_data = { upload_url = "http://127.0.0.1:9/u",
        uuid = "u-1", signature = "s", expires = 1522638093,
        max_file_count = 1, max_file_size = 5368709120,
        redirect_url = "https://x/" } }
      local asked, one = attach(slot, function()
        return stub.reply(303, "", { location =
          "https://x/?status=201&message=" })
      end)
      assert.same({ filename = "a.log", uuid = "u-1" }, one)
      assert.equal(2, #asked)
      assert.equal("1522638093", asked[2].form[4].value)
      assert.equal("5368709120", asked[2].form[2].value)
      local _, failed, _, err = attach(slot, function()
        return stub.reply(303, "", { location =
          "https://x/?status=400&message=no" })
      end)
      assert.is_nil(failed)
      assert.equal(303, err.status)
    end)

  it("may be a URL to PUT to", function()
    local asked, one = attach({ upload_url = "http://127.0.0.1:9/u",
      uuid = "u-2" }, function() return stub.reply(201) end)
    assert.same({ filename = "a.log", uuid = "u-2" }, one)
    assert.same({ "PUT", path, "application/octet-stream" },
      { asked[2].method, asked[2].file, asked[2].headers["Content-Type"] })
  end)

  it("is tried again, since a file put up twice is there once", function()
    local form = { attachment_data = { upload_url = "http://127.0.0.1:9/u", uuid = "u",
      signature = "s" } }
    local url = { upload_url = "http://127.0.0.1:9/u", uuid = "u" }
    local function lost() return nil, "it broke", "network", true end
    local function away() return stub.reply(503) end
    for _, case in ipairs{ { url, lost }, { form, lost }, { url, away }, { form, away } } do
      local clock, count = stub.clock(), 0
      local rs, asked = stub.session(function()
        count = count + 1
        if count == 1 then
          return stub.reply(200, case[1])
        elseif count < 4 then
          return case[2]()
        end
        return stub.reply(201)
      end, { endpoints = { ticketing = "http://localhost" }, clock = clock, retries = 3 })
      assert(rs.tickets:attach(path))
      assert.equal(4, #asked)
    end
  end)

  it("is an error when the answer has none", function()
    for _, slot in ipairs{ "{}", '{"uuid":"1"}', '{"attachment_data":5}',
      '{"upload_url":"http://127.0.0.1/"}' } do
      local asked, one, _, err = attach(slot, function() error("asked") end)
      assert.is_nil(one)
      assert.equal("protocol", err.kind)
      assert.equal(1, #asked)
    end
  end)
end)

describe("a file on its way", function()
  local server, rs, folder, path, call

  before_each(function()
    server, folder = peer.new(), file.folder()
    path = file.write(folder .. "/large.bin", ("0123456789abcdef"):rep(2000000))
    rs = assert(rackspace.new{ token = stub.TOKEN,
      endpoints = { ticketing = server.url }, stall_timeout = peer.PATIENCE })
    call = call_of.new(rs, { full_name = "a.call", endpoint = "storage", personal = {} },
      { values = {} })
  end)

  after_each(function()
    rs:close()
    server:close()
    file.clean()
  end)

  local function output(command)
    local pipe = assert(io.popen((command:gsub("FOLDER", folder))))
    local text = pipe:read("*a")
    pipe:close()
    return text
  end

  --- Which of the folder's files this process has open.
  local function opened()
    return output("ls -l /proc/$PPID/fd | grep -o 'FOLDER.*'")
  end

  --- Calls fn as soon as bytes of a transfer have gone over the wire. The peer
  -- moves only while it is asked how far that is.
  local function once_begun(fn)
    return function(done)
      server:step()
      if done > 0 then
        assert.not_equal("", opened())
        fn()
      end
    end
  end

  local function put(fields, fn)
    return storage.put(call, { url = server.url .. "/u", fields = fields },
      { path = path, filename = "large.bin", size = 32000000,
        progress = once_begun(fn) })
  end

  local function fetch(fn)
    server.answer = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
    call.values.progress, call.values.clobber = once_begun(fn), true
    file.write(folder .. "/landing", "old")
    return storage.fetch(call, server.url .. "/u", folder .. "/landing")
  end

  local function assert_nothing_is_left()
    assert.equal("", opened())
    assert.equal("large.bin\n", output("ls -A FOLDER | grep -v '^landing$'"))
    assert.equal("old", output("test ! -f FOLDER/landing || cat FOLDER/landing; " ..
      "test -f FOLDER/landing || printf old"))
  end

  it("ends with what is raised meanwhile, and leaves nothing", function()
    for _, way in ipairs{ function(fn) return put(nil, fn) end,
      function(fn) return put({ signature = "s" }, fn) end, fetch } do
      local reason = {}
      local ok, raised = pcall(way, function() error(reason) end)
      assert.is_false(ok)
      assert.equal(reason, raised)
      assert_nothing_is_left()
      assert.is_nil(next(rs.scheduler.watched))
      assert.is_nil(next(rs.scheduler.waiting))
    end
  end)

  it("ends with its session, and leaves nothing", function()
    for _, way in ipairs{ function(fn) return put(nil, fn) end,
      function(fn) return put({ signature = "s" }, fn) end, fetch } do
      local done, err = way(function() rs:close() end)
      assert.is_nil(done)
      assert.equal("cancelled", err.kind)
      assert_nothing_is_left()
      rs = assert(rackspace.new{ token = stub.TOKEN,
      endpoints = { ticketing = server.url } })
      call.session = rs
    end
  end)

  it("ends at the call's deadline, not at the time of an attempt", function()
    call.ends = rs.clock.monotonic() + 1.5
    local seen = 0
    local done, err = put(nil, function() seen = seen + 1 end)
    assert.is_nil(done)
    assert.equal("timeout", err.kind)
    call.ends = rs.clock.monotonic() - 1
    done, err = storage.fetch(call, server.url, folder .. "/landing")
    assert.is_nil(done)
    assert.equal("a.call: the call's deadline has passed", err.message)
    assert.is_true(seen > 0)
  end)

  it("is not sent where it is too large", function()
    local done, err = storage.put(call, { url = server.url,
      fields = { signature = "s", max_file_size = 31999999 } },
      { path = path, filename = "large.bin", size = 32000000 })
    assert.is_nil(done)
    assert.equal("invalid", err.kind)
    assert.matches("32000000 bytes, and no more than 31999999", err.message, 1, true)
    assert.equal(0, server.accepted)
  end)

  it("is refused in the storage's own words", function()
    local function refused(status, body)
      local session = stub.session(function() return stub.reply(status, body) end)
      local done, message = session.tickets:download(
        "https://x/y?temp_url_sig=0123456789abcdef", folder .. "/landing")
      assert.is_nil(done)
      return message
    end
    assert.equal("tickets.download: 401 Temp URL invalid",
      refused(401, "401 Unauthorized: Temp URL invalid\n"))
    assert.equal("tickets.download: 403 no: <secret>", refused(403, "no: 0123456789abcdef"))
  end)
end)
