--- bytes_spec.lua - strings and files, read in pieces
-- SPDX-License-Identifier: MIT
local bytes = require("rackspace.sandbox.bytes")
local file = require("spec.support.file")

describe("a body", function()
  local folder

  before_each(function() folder = file.folder() end)
  after_each(file.clean)

  it("is the same in memory and in a file, in pieces", function()
    for _, length in ipairs{ 0, 1, 16383, 16384, 16385, 200000 } do
      local text = ("0123456789\0\r\n"):rep(20000):sub(1, length)
      local path = file.write(folder .. "/body", text)
      for _, request in ipairs{ { body = text }, { body = "", file = path } } do
        local source, parts, longest = assert(bytes.open(request)), {}, 0
        for part in function() return bytes.next(source) end do
          parts[#parts + 1], longest = part, math.max(longest, #part)
        end
        source:close()
        assert.is_true(table.concat(parts) == text)
        assert.is_true(longest <= 16384)
        source = assert(bytes.open(request))
        assert.equal(length, bytes.save(source, folder .. "/copy"))
        source:close()
        local copy = assert(io.open(folder .. "/copy", "rb"))
        assert.is_true(copy:read("*a") == text)
        copy:close()
      end
    end
    assert.is_nil(bytes.next(assert(bytes.open{})))
  end)

  it("says when it can't be read or kept", function()
    local source, message = bytes.open{ file = folder .. "/none" }
    assert.is_nil(source)
    assert.matches("No such file", message, 1, true)
    local count
    source = assert(bytes.open{ file = folder })
    count, message = bytes.save(source, folder .. "/copy")
    source:close()
    assert.is_nil(count)
    assert.matches("Is a directory", message, 1, true)
    for _, path in ipairs{ folder .. "/no/copy", "/dev/full" } do
      count, message = bytes.save(bytes.open{ body = ("x"):rep(100000) }, path)
      assert.is_nil(count)
      assert.is_string(message)
    end
  end)
end)

describe("a temporary file", function()
  it("is in the folder for those, and not the one before", function()
    local one, other = bytes.temporary(), bytes.temporary()
    assert.not_equal(one, other)
    for _, path in ipairs{ one, other } do
      assert.equal(bytes.folder(), path:match("^(.*)/[^/]+$"))
      os.remove(path)
    end
  end)
end)
