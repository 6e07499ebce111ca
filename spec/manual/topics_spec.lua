--- topics_spec.lua - what help() tells beside the rows
-- SPDX-License-Identifier: MIT
local modules = require("rackspace.services").modules
local topics = require("rackspace.manual.topics")

describe("the topics", function()
  it("fit a terminal of 80 by 24", function()
    for name, text in pairs{ start = topics.start, concepts = topics.concepts,
      prompt = topics.prompt } do
      local count = 0
      for line in (text .. "\n"):gmatch("([^\n]*)\n") do
        count = count + 1
        assert.is_true(#line <= 80, name .. ": " .. line)
      end
      assert.is_true(count <= 30, name)
    end
  end)

  it("name every service at the start", function()
    for name in pairs(modules) do
      assert.is_truthy(topics.start:find("rs." .. name, 1, true), name)
    end
  end)

  it("explain the API's terms", function()
    for _, term in ipairs{ "RCN", "RPN", "account", "contact", "metadata" } do
      assert.is_truthy(topics.concepts:find(term, 1, true), term)
    end
  end)
end)
