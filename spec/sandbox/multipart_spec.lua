--- multipart_spec.lua - multipart bodies, read in any pieces
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local multipart = require("rackspace.sandbox.multipart")

local kind = "multipart/form-data; boundary=b0und"

--- Joins lines into a body, each with CR and LF at its end.
local function lines(...)
  return table.concat({ ... }, "\r\n") .. "\r\n"
end

describe("a multipart body", function()
  local folder

  before_each(function() folder = file.folder() end)
  after_each(file.clean)

  --- Reads a body from memory and from a file; both must give the same parts.
  local function read(body, media_type)
    local headers, first = { ["content-type"] = media_type or kind }, nil
    for _, request in ipairs{ { body = body, headers = headers },
      { headers = headers, file = file.write(folder .. "/body", body) } } do
      local out = {}
      local parts, problem = multipart.read(request, function(part)
        return { write = function(_, text)
          out[part.name] = (out[part.name] or "") .. text
          return true
        end }
      end)
      first = first or { parts, problem, out }
      assert.same(first, { parts, problem, out })
    end
    return first[1], first[2], first[3]
  end

  it("is read into its fields and files", function()
    local parts, _, files = read("preamble\r\n" .. lines("--b0und",
      'Content-Disposition: form-data; name="redirect"', "", "",
      "--b0und  ", 'content-disposition: form-data; name=plain', "X: y", "", "v",
      "--b0und", 'Content-Disposition: form-data; name="file1"; ' ..
        'filename="a%22b.log"', "Content-Type: text/plain", "", "--b0un\r\n-",
      "--b0und--") .. "epilogue")
    assert.same({ { name = "redirect", value = "" },
      { name = "plain", value = "v" },
      { name = "file1", filename = 'a"b.log', bytes = 9 } }, parts)
    assert.same({ file1 = "--b0un\r\n-" }, files)
  end)

  it("may end right after its last boundary", function()
    assert.same({ { name = "a", value = "b" } }, (read(lines("--b0und",
      'Content-Disposition: form-data; name="a"', "", "b") .. "--b0und--")))
    assert.same({}, (read("--b0und--", 'Multipart/Form-Data; boundary="b0und"')))
  end)

  it("is read whole where a boundary spans two pieces", function()
    for shift = 16290, 16390 do
      local text = ("\r\n--b0un"):rep(9000):sub(1, shift)
      local _, _, files = read(lines("--b0und",
        'Content-Disposition: form-data; name="f"; filename="x"', "", text,
        "--b0und--"))
      assert.is_true(files.f == text, shift)
    end
  end)

  it("is refused when it is malformed or exceeds a bound", function()
    local head = 'Content-Disposition: form-data; name="a"'
    for _, case in ipairs{
      { "", "boundary is not in it" }, { "x", "boundary is not in it" },
      { "--b0und", "ends early" }, { "--b0und\r", "ends early" },
      { "--b0und\r\n", "no name" }, { lines("--b0und", "X: y", "", ""), "no name" },
      { lines("--b0und", head, "", "b"), "has no end" },
      { lines("--b0und", head .. "; filename=x", "", "b"), "ends early" },
      { lines("--b0und", head, "", ("x"):rep(4097), "--b0und--"), "too long" },
      { lines("--b0und", head, "X: " .. ("x"):rep(8192), "", "", "--b0und--"),
        "no name" },
      { lines("--b0und", head, "", ""):rep(101) .. "--b0und--", "too many parts" },
    } do
      local parts, problem = read(case[1])
      assert.is_nil(parts, case[1])
      assert.matches(case[2], problem, 1, true)
    end
    for _, wrong in ipairs{ "", "text/plain; boundary=x", "multipart/form-data" } do
      assert.equal("it is no multipart/form-data", (select(2, read("", wrong))))
    end
  end)

  it("reports a write error as the problem of its part", function()
    local parts = assert(multipart.read({ headers = { ["content-type"] = kind },
      body = lines("--b0und", 'Content-Disposition: form-data; name="f"; ' ..
        'filename="x"', "", ("x"):rep(100000), "--b0und--") },
      function() return { write = function() return nil, "full" end } end))
    assert.same({ { name = "f", filename = "x", bytes = 100000,
      problem = "full" } }, parts)
  end)

  it("is read as it was written", function()
    local bytes = ("\r\n--0123456789\0"):rep(9999)
    local path = file.write(folder .. "/x.bin", bytes)
    local media_type = assert(multipart.write(folder .. "/form", {
      { name = 'a"b', value = "" }, { name = "c", value = "d" },
      { name = "e", value = "f", filename = "g\r\nh" },
      { name = "i", file = path } }))
    local contents = {}
    local parts = assert(multipart.read({ file = folder .. "/form",
      headers = { ["content-type"] = media_type } }, function(part)
      return { write = function(_, text)
        contents[part.name] = (contents[part.name] or "") .. text
        return true
      end }
    end))
    assert.same({ { name = 'a"b', value = "" }, { name = "c", value = "d" },
      { name = "e", filename = "g\r\nh", bytes = 1 },
      { name = "i", filename = "x.bin", bytes = #bytes } }, parts)
    assert.is_true(contents.i == bytes)
    for _, wrong in ipairs{ { folder .. "/no/form", {} },
      { folder .. "/form", { { name = "x", file = folder .. "/none" } } } } do
      local made, message = multipart.write(wrong[1], wrong[2])
      assert.is_nil(made)
      assert.matches("No such file", message, 1, true)
    end
  end)
end)
