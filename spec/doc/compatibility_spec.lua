--- compatibility_spec.lua - the page of kinds names specs that are there
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")

local page = file.read("doc/compatibility.md")

describe("doc/compatibility.md", function()
  it("has a spec that is there in each row", function()
    local count = 0
    for row in page:gmatch("\n| ([^\n]+) |%f[\n]") do
      local cell = row:match("([^|]*)$")
      if cell:find("spec/", 1, true) then
        count = count + 1
        for path in cell:gmatch("`([^`]*)`") do
          assert.matches("%f[%w]%l+%(", file.read(path), path)
        end
      else
        assert.is_truthy(cell == " spec" or cell == " ---", row)
      end
    end
    assert.is_true(count > 30, count)
  end)

  it("names the specs that every Lua runs", function()
    local listed = file.read("src/cmake/tests.cmake"):match("set%(on_every_lua ([^)]*)%)")
    local last = page:match("## On which Luas\n(.*)$")
    for path in last:gmatch("`spec/([^`]*)`") do
      local folder = path:match("^[^/]*")
      assert.is_true((" " .. listed .. " "):find("%s" .. folder .. "%s") ~= nil or
        listed:find(path, 1, true) ~= nil, path)
      assert.is_truthy(file.read("spec/" .. path))
    end
  end)
end)
