--- uploads_spec.lua - files that are put up before a ticket names them
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local json = require("rackspace.base.json")
local raises = require("spec.support.raises")
local sandbox = { new = require("rackspace").sandbox }
local stub = require("spec.support.stub")

describe("attachments", function()
  local box, rs, clock, folder, path, bytes, asked
  local answer -- a request, instead of the sandbox

  local function session(settings)
    asked, settings.clock = {}, clock
    return stub.before(box, function(request, pass)
      asked[#asked + 1] = request
      return (answer or pass)(request, pass)
    end, settings)
  end

  before_each(function()
    clock, answer = stub.clock(), nil
    clock.random = function() return 0 end -- repeats come at once
    box = assert(sandbox.new{ limits = false, clock = clock.time })
    rs = session{}
    folder = file.folder()
    bytes = ("line\r\n--\0"):rep(30000)
    path = file.write(folder .. "/smart.log", bytes)
  end)

  after_each(function()
    rs:close()
    box:close()
    file.clean()
  end)

  --- A name that no file of the present folder has yet.
  local function here()
    local elsewhere = os.tmpname()
    os.remove(elsewhere)
    return elsewhere:match("[^/]*$")
  end

  local function create(list)
    return rs.tickets:create{ accountId = "10101", subject = "S",
      category = "Incident", subcategory = "Other",
      comment = { text = "see there", attachments = list } }
  end

  local function fetched(attachment)
    local to = folder .. "/" .. #asked
    assert.equal(to, assert(rs.tickets:download(attachment, to)))
    assert.is_nil(io.open(to .. ".part"))
    return file.read(to)
  end

  it("are put up in two steps, and fetched byte for byte", function()
    local seen = {}
    local one = assert(rs.tickets:attach(path, { filename = "b.log",
      progress = function(done, total) seen = { done, total } end }))
    assert.same({ #bytes, #bytes }, seen)
    assert.equal("b.log", one.filename)
    local slot, upload = asked[#asked - 1], asked[#asked]
    assert.equal("http://localhost/attachment", slot.url)
    assert.equal("multipart/form-data", slot.headers.Accept)
    assert.is_not_nil(slot.headers["X-Auth-Token"])
    assert.same({ { name = "filename", value = "", filename = "b.log" } },
      slot.form)
    local names = {}
    for i, part in ipairs(upload.form) do
      names[i] = part.name
    end
    assert.equal("redirect max_file_size max_file_count expires signature " ..
      "file1", table.concat(names, " "))
    assert.same({ path, "b.log" },
      { upload.form[6].file, upload.form[6].filename })
    local ticket = assert(create{ one })
    assert.same(one.uuid, ticket.comments[1].attachments[1].uuid)
    assert.is_true(fetched(ticket.comments[1].attachments[1]) == bytes)
    assert.is_true(fetched(ticket.comments[1].attachments[1].url) == bytes)
  end)

  it("go with a new ticket, and with a comment", function()
    local one = assert(rs.tickets:attach(path))
    local given = { path, { path = path, filename = "other.log" }, one }
    local ticket = assert(create(given))
    local names = {}
    for i, attachment in ipairs(ticket.comments[1].attachments) do
      names[i] = attachment.filename
      assert.is_true(fetched(attachment) == bytes)
    end
    assert.same({ "smart.log", "other.log", "smart.log" }, names)
    assert.equal(path, given[1])
    local echo = assert(rs.tickets:comment(ticket, { text = "more",
      attachments = { path } }))
    assert.equal("more", echo.text)
    assert.equal("smart.log", echo.attachments[1].filename)
    local shown = assert(rs.tickets:get(ticket)).comments[2].attachments[1]
    assert.equal(echo.attachments[1].uuid, shown.uuid)
    assert.is_true(fetched(shown) == bytes)
  end)

  it("named without a uuid are put where the answer says", function()
    local name = here()
    local handle = assert(io.open(name, "wb"))
    handle:write(bytes)
    handle:close()
    local ticket, message = create{ { filename = name } }
    local echo, problem
    if ticket then
      echo, problem = rs.tickets:comment(ticket, { text = "x",
        attachments = { { filename = name } } })
    end
    os.remove(name)
    assert(ticket, message)
    assert(echo, problem)
    local puts = {}
    for _, request in ipairs(asked) do
      if request.method == "PUT" then
        puts[#puts + 1] = request
        assert.equal(name, request.file)
      end
    end
    assert.equal(2, #puts)
    assert.equal(ticket.comments[1].attachments[1].upload_url, puts[1].url)
    for _, comment in ipairs(rs.tickets:get(ticket).comments) do
      assert.is_true(fetched(comment.attachments[1]) == bytes)
    end
  end)

  it("never show the token to the storage", function()
    local ticket = assert(create{ path })
    assert(fetched(ticket.comments[1].attachments[1]))
    local count = 0
    for _, request in ipairs(asked) do
      if request.url:find("/storage/", 1, true) then
        count = count + 1
        assert.is_nil(request.headers["X-Auth-Token"])
      end
    end
    assert.equal(2, count)
    assert.equal(400, box:handle{ method = "GET", headers =
      { ["x-auth-token"] = "t" }, target = "/storage/v1/" ..
      "MossoCloudFS_5cec5b02/c46b/x" }.status)
  end)

  it("that are put up stay in the error of a ticket that failed", function()
    local done, _, err = rs.tickets:comment("none", { text = "x",
      attachments = { path, { path = path, filename = "b.log" } } })
    assert.is_nil(done)
    assert.equal("ticketNotFound", err.code)
    assert.equal(2, #err.attachments)
    local ticket = assert(create(err.attachments))
    assert.same({ err.attachments[1].uuid, err.attachments[2].uuid },
      { ticket.comments[1].attachments[1].uuid,
        ticket.comments[1].attachments[2].uuid })
    done, _, err = create{ err.attachments[1],
      { filename = "gone.log", uuid = "none" } }
    assert.is_nil(done)
    assert.equal(400, err.status)
  end)

  it("tell how far all of them are, in one row of numbers", function()
    local name, seen = here(), {}
    local handle = assert(io.open(name, "wb"))
    handle:write("later")
    handle:close()
    local other = file.write(folder .. "/other.log", "12")
    local ticket, message = rs.tickets:create{ accountId = "10101",
      subject = "S", category = "Incident", subcategory = "Other",
      comment = { text = "x", attachments = { { filename = name }, path, other,
        file.write(folder .. "/empty.log", "") } },
      progress = function(done, total) seen[#seen + 1] = done .. "/" .. total end }
    os.remove(name)
    assert(ticket, message)
    assert.same({ "270000/270007", "270002/270007", "270002/270007",
      "270007/270007" }, seen)
  end)

  it("that are not put up after all don't hide the ticket", function()
    local name = here()
    assert(io.open(name, "wb")):close()
    answer = function(request, pass)
      return request.method == "PUT" and stub.reply(503, "") or pass(request)
    end
    local ticket, _, err = create{ { filename = name }, path }
    assert.is_nil(ticket)
    assert.same({ 503, "tickets.create" }, { err.status, err.operation })
    assert.equal("S", assert(rs.tickets:get(err.result)).subject)
    local echo
    echo, _, err = rs.tickets:comment(err.result, { text = "y",
      attachments = { { filename = name } } })
    assert.is_nil(echo)
    assert.equal("y", err.result.text)
    answer = function(request, pass)
      local response = pass(request)
      response.body = response.body and response.body:gsub("upload_url", "other_url")
      return response
    end
    echo, _, err = rs.tickets:comment(echo or assert(rs.tickets:list()()),
      { text = "z", attachments = { { filename = name } } })
    os.remove(name)
    assert.is_nil(echo)
    assert.equal("protocol", err.kind)
    assert.equal("z", err.result.text)
  end)

  it("don't hide a ticket that can't be read back, which is made once", function()
    local name, posts = here(), 0
    assert(io.open(name, "wb")):close()
    answer = function(request, pass)
      if request.method == "GET" then
        return stub.reply(500, "")
      end
      local response = pass(request)
      if request.url:find("/tickets$") then
        local ticket = json.decode(response.body)
        ticket.comments, posts = nil, posts + 1
        response.body = json.encode(ticket)
      end
      return response
    end
    local ticket, _, err = create{ { filename = name } }
    os.remove(name)
    assert.is_nil(ticket)
    assert.same({ 500, "S", 1 }, { err.status, err.result.subject, posts })
    assert.is_string(err.result.ticketId)
  end)

  it("share one deadline with their ticket", function()
    answer = function(request, pass)
      clock.now = clock.now + 1
      return pass(request)
    end
    local one = assert(rs.tickets:attach(path, { deadline = 2.5 }))
    assert.equal(0.5, asked[#asked].timeout)
    local done, _, err = rs.tickets:attach(path, { deadline = 0.5 })
    assert.is_nil(done)
    assert.equal("timeout", err.kind)
    local before = #asked
    done, _, err = rs.tickets:comment("none", { text = "x", deadline = 2.5,
      attachments = { path } })
    assert.is_nil(done)
    assert.equal(0.5, asked[#asked].timeout)
    assert.equal("ticketNotFound", err.code)
    assert.equal(3, #asked - before)
    assert.equal(one.filename, err.attachments[1].filename)
    assert.is_string(err.attachments[1].uuid)
  end)

  it("are looked at before anything is sent", function()
    local wrong = { { uuid = "1" } }
    local function mistake(text, fn)
      assert.equal(text, raises(fn))
    end
    mistake("tickets.attach: 'path' can't be sent: files that end in .exe " ..
      "are not taken ('x.exe')", function() rs.tickets:attach("/x.exe") end)
    local script = { { path = path }, { path = path, filename = "a.js" } }
    mistake("tickets.comment: 'attachments' has an item 2 that can't be sent: " ..
      "files that end in .js are not taken ('a.js')",
      function() rs.tickets:comment("1", { text = "x", attachments = script }) end)
    mistake("tickets.create: 'comment' has a field 'attachments' that has " ..
      "an item 2 that can't be sent: files that end in .js are not taken ('a.js')",
      function() rs.tickets:create{ comment = { text = "x", attachments = script } } end)
    mistake("tickets.comment: 'attachments' has an item 1 that has neither " ..
      "'path' nor 'filename'",
      function() rs.tickets:comment("1", { text = "x", attachments = wrong }) end)
    mistake("tickets.download: 'attachment' has no url",
      function() rs.tickets:download({ filename = "x" }, "x") end)
    for _, missing in ipairs{ folder .. "/none.log", folder } do
      local done, message, err = create{ path, missing }
      assert.is_nil(done)
      assert.equal("file", err.kind)
      assert.is_truthy(message:find(missing, 1, true))
    end
    assert.equal(0, #asked)
  end)

  it("are put up again when ten minutes are over", function()
    local is_late = true
    answer = function(request, pass)
      if request.form and request.form[6] and is_late then
        is_late = false
        box:advance(601)
      end
      return pass(request)
    end
    assert(rs.tickets:attach(path))
    assert.equal(2, box:count("tickets.attach"))
    answer = function(request, pass)
      if request.form and request.form[6] then
        box:advance(601)
      end
      return pass(request)
    end
    local done, message, err = rs.tickets:attach(path)
    assert.is_nil(done)
    assert.equal(401, err.status)
    assert.is_truthy(message:find("tickets.attach: 401", 1, true))
  end)

  it("leave what was there when they can't be fetched", function()
    local to = file.write(folder .. "/old", "old")
    local done, _, err = rs.tickets:download("http://localhost/storage/v1/" ..
      "MossoCloudFS_5cec5b02/c46b/none", to, { clobber = true })
    assert.is_nil(done)
    assert.equal(401, err.status)
    assert.equal("old", file.read(to))
    assert.is_nil(io.open(to .. ".part"))
    done, _, err = rs.tickets:download("ftp://x/", to, { clobber = true })
    assert.is_nil(done)
    assert.equal("protocol", err.kind)
  end)
end)
