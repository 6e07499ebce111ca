--- sandbox_uploads_spec.lua - places for files, and what tickets say of them
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local sandbox = { new = require("rackspace").sandbox }
local uploads = require("rackspace.tickets.sandbox.uploads")

local call = { base = "http://localhost" }

describe("the sandbox's files", function()
  local box, folder

  before_each(function()
    box, folder = assert(sandbox.new{ clock = function() return 1700000000 end }),
      file.folder()
  end)

  after_each(function()
    box:close()
    file.clean()
  end)

  local function exists(path)
    local handle = io.open(path, "rb")
    return handle ~= nil and handle:close() ~= nil
  end

  it("have a place for ten minutes, as FormPOST wants it", function()
    local data = uploads.slot(box, call, "a.log").attachment_data
    assert.equal(1700000600, data.expires)
    assert.same({ 1, 5368709120, "" },
      { data.max_file_count, data.max_file_size, data.redirect_url })
    assert.matches("^%x+$", data.signature)
    assert.equal(40, #data.signature)
    assert.equal("http://localhost/storage/v1/MossoCloudFS_5cec5b02/c46b/" ..
      data.uuid .. "/", data.upload_url)
    assert.not_equal(data.uuid,
      uploads.slot(box, call, "a.log").attachment_data.uuid)
  end)

  it("are signed so that no other text has the signature", function()
    -- printf 'PUT\n1\n/x' | openssl dgst -sha256 -hmac 1 | cut -c 18-57
    assert.equal("b08506fd6df109427adeb7dfb4c335c8e840adcc",
      uploads.sign(box, "PUT", "1", "/x"))
    assert.not_equal(uploads.sign(box, "PUT", "1", "/x"),
      uploads.sign(box, "GET", "1", "/x"))
  end)

  it("are shown by where to put them first, and where they are then", function()
    local kept = uploads.claim(box, { { filename = "a b.log" } })
    local one = uploads.shown(box, call, kept)[1]
    assert.is_nil(one.url)
    assert.matches("^http://localhost/storage/v1/MossoCloudFS_5cec5b02/c46b/" ..
      "%x+%-5acb%-4000%-a000%-%x+/a%%20b.log%?temp_url_sig=%x+&" ..
      "temp_url_expires=1700000600$", one.upload_url)
    assert.matches("UUID", uploads.problem(box, kept))
    uploads.keep(box, kept[1].uuid, file.write(folder .. "/1", "bytes"))
    one = uploads.shown(box, call, kept)[1]
    assert.is_nil(one.upload_url)
    assert.matches("temp_url_sig=", one.url, 1, true)
    assert.is_nil(uploads.problem(box, kept))
    assert.matches("not allowed", uploads.problem(box, { { filename = "a.exe" } }))
    assert.is_nil(uploads.problem(box, nil))
    assert.same(kept, uploads.claim(box, kept))
  end)

  it("lose their old bytes to new ones, and all at the end", function()
    local uuid = uploads.slot(box, call, "a").attachment_data.uuid
    local one, other = file.write(folder .. "/1", "1"),
      file.write(folder .. "/2", "2")
    uploads.keep(box, uuid, one)
    uploads.keep(box, uuid, other)
    assert.same({ false, true }, { exists(one), exists(other) })
    box:close()
    assert.is_false(exists(other))
    box:close()
  end)

  it("stay where a state is kept", function()
    local state = folder .. "/state.json"
    local first = assert(sandbox.new{ state = state })
    local kept = uploads.claim(first, { { filename = "a" } })
    local path = uploads.new_path(first)
    assert.equal(state, path:sub(1, #state))
    assert.not_equal(path, uploads.new_path(first))
    uploads.keep(first, kept[1].uuid, file.write(path, "bytes"))
    first:close()
    local second = assert(sandbox.new{ state = state })
    assert.is_string(uploads.shown(second, call, kept)[1].url)
    assert.not_equal(kept[1].uuid, uploads.claim(second, { { filename = "b" } })[1].uuid)
    assert.is_true(exists(path))
  end)
end)
