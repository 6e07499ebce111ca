--- options_spec.lua - what `rackspace report` is told to do
-- SPDX-License-Identifier: MIT
local options = require("rackspace.report.options")

local function read(...)
  return options.read{ "report", ... }
end

describe("a report's options", function()
  it("have values behind them, or behind an equals sign", function()
    assert.same({ concurrency = 8, settings = {} }, read())
    assert.same({ concurrency = 3, path = "a.html", most = 10, profile = "work",
      settings = { profile = "work", sandbox = true } },
      read("-o", "a.html", "--concurrency=3", "--max", "10", "--profile=work", "--sandbox"))
    assert.equal("http://localhost:1", read("--sandbox=http://localhost:1").settings.sandbox)
    assert.equal("b", read("--output=b").path)
  end)

  it("say what is wrong with them", function()
    for wanted, given in pairs{
      ["report has no option '--no'"] = { "--no" },
      ["report has no option 'page.html'"] = { "page.html" },
      ["-o needs a file"] = { "-o" },
      ["--output needs a file"] = { "--output=" },
      ["--profile needs a profile's name"] = { "--profile" },
      ["--concurrency needs a whole number from 1 to 64"] = { "--concurrency", "65" },
      ["--max needs a whole number from 1 on"] = { "--max=0" },
    } do
      local got, problem = read((table.unpack or unpack)(given))
      assert.same({ nil, wanted }, { got, problem })
    end
  end)
end)
