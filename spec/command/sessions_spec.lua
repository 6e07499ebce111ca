--- sessions_spec.lua - the session of one command
-- SPDX-License-Identifier: MIT
local sessions = require("rackspace.command.sessions")

local function terminal(is_terminal, asked)
  return { is_terminal = function() return is_terminal end,
    ask_hidden = function(text)
      asked[#asked + 1] = text
      return "123456"
    end }
end

describe("the session of a command", function()
  it("asks for a second factor where somebody is", function()
    local asked = {}
    local settings = sessions.settings{ terminal = terminal(true, asked), options = {} }
    assert.equal("123456", settings.passcode("SMS"))
    assert.same({ "SMS code: " }, asked)
    assert.same({}, sessions.settings{ terminal = terminal(false, asked), options = {} })
  end)

  it("needs no credentials for a dry run", function()
    local rs = assert(sessions.open{ options = { dry_run = true } })
    assert.is_false(rs.settings.cache)
    rs:close()
  end)
end)
