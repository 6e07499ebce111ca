--- 41-time-of-files_spec.lua - the time that is left for a file on its way
-- SPDX-License-Identifier: MIT
-- A file was put up and fetched as if its task had no deadline. And once a
-- ticket was there, what was left for its other files was counted from the
-- call's start by what the ticket had left of the deadline: too little.
local file = require("spec.support.file")
local sandbox = { new = require("rackspace").sandbox }
local stub = require("spec.support.stub")

describe("the time of a file", function()
  local box, rs, clock, asked, path, is_away

  -- Each request takes a second.
  before_each(function()
    box, clock, asked = assert(sandbox.new{ limits = false }), stub.clock(), {}
    clock.random, is_away = function() return 0 end, false
    rs = stub.before(box, function(request, pass)
      asked[#asked + 1] = request
      clock.now = clock.now + 1
      local response, message, kind, sent = pass(request)
      if request.method == "PUT" and is_away then
        is_away = false
        return stub.reply(503, "", { ["retry-after"] = "5" })
      end
      return response, message, kind, sent
    end, { clock = clock, limits = false })
    assert(rs.identity:whoami())
    clock.now, asked = 1700000000, {}
    path = file.write(file.folder() .. "/a.log", "bytes")
  end)

  after_each(function()
    rs:close()
    box:close()
    file.clean()
  end)

  it("is its task's when that ends first", function()
    local _, one = rs:map({ path }, function(name)
      return rs.tickets:attach(name, { deadline = 100 })
    end, { deadline = 2.5 })()
    assert.equal("a.log", one.filename)
    assert.same({ 2, 1.5 }, { #asked, asked[2].timeout })
    local _, none, message = rs:map({ path }, function(name)
      return rs.tickets:attach(name)
    end, { deadline = 1 })()
    assert.is_nil(none)
    assert.equal("tickets.attach: the call's deadline has passed", message)
    assert.equal(3, #asked)
  end)

  it("is the call's own after the ticket, too", function()
    local later = os.tmpname()
    os.remove(later)
    is_away = true
    later = later:match("[^/]*$")
    file.run("cp '%s' '%s'", path, later)
    local ticket, message = rs.tickets:create{ accountId = "10101",
      subject = "S", category = "Incident", subcategory = "Other",
      deadline = 10.5, comment = { text = "x", attachments = { path,
        { filename = later } } } }
    os.remove(later)
    assert(ticket, message)
    -- A place, a file, a ticket, the other file; 5 seconds; the same again.
    assert.same({ 5, 1.5 }, { #asked, asked[5].timeout })
  end)
end)
