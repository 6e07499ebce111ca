--- readme_spec.lua - spec/README.md says what is there
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local lfs = require("lfs")

describe("spec/README.md", function()
  local text = file.read("spec/README.md")

  it("shows the example as it is run", function()
    local example = file.read("spec/support/example_spec.lua")
    assert.is_truthy(text:find("```lua\n" .. example .. "```\n", 1, true))
  end)

  it("names only modules and folders that exist", function()
    for name in text:gmatch("`(spec[%w_%./]+)`") do
      local path = name:find("/") and name or name:gsub("%.", "/") .. ".lua"
      assert.is_truthy(lfs.attributes(path), name)
    end
  end)

  it("names every folder", function()
    for name in lfs.dir("spec") do
      if lfs.attributes("spec/" .. name, "mode") == "directory" and not name:find("^%.") then
        assert.is_truthy(text:find("\n| `" .. name .. "`", 1, true) or
          text:find(", `" .. name .. "`", 1, true), name)
      end
    end
  end)
end)
