--- storage_spec.lua - where files are put: forms, URLs, and what they answer
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
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
