--- sandbox_files_spec.lua - how long the sandbox keeps the files of tickets
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local rackspace = require("rackspace")
local stub = require("spec.support.stub")

describe("the sandbox's files", function()
  local folder, path

  before_each(function()
    folder = file.folder()
    path = file.write(folder .. "/a.log", "bytes")
  end)

  after_each(file.clean)

  local function session(options)
    local box = assert(rackspace.sandbox(options))
    return assert(rackspace.new{ sandbox = box }), box
  end

  local function create(rs)
    return assert(rs.tickets:create{ accountId = "10101", subject = "S",
      category = "Incident", subcategory = "Other",
      comment = { text = "x", attachments = { path } } })
  end

  it("are kept with the sandbox's state", function()
    local state = folder .. "/state"
    local rs, box = session{ state = state }
    local id = create(rs).ticketId
    box:close()
    rs = session{ state = state }
    local attachment = assert(rs.tickets:get(id)).comments[1].attachments[1]
    local to = assert(rs.tickets:download(attachment, folder .. "/copy"))
    assert.equal("bytes", file.read(to))
  end)

  it("are given by a URL that is good for ten minutes", function()
    local clock = stub.clock()
    local rs = session{ clock = clock.time }
    local attachment = create(rs).comments[1].attachments[1]
    clock.now = clock.now + 599
    assert(rs.tickets:download(attachment, folder .. "/copy"))
    clock.now = clock.now + 2
    local done, _, err = rs.tickets:download(attachment, folder .. "/other")
    assert.is_nil(done)
    assert.equal(401, err.status)
  end)
end)
