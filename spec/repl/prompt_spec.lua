--- prompt_spec.lua - what stands before a line
-- SPDX-License-Identifier: MIT
local paint = require("rackspace.show.paint")
local prompt = require("rackspace.repl.prompt")
local rackspace = require("rackspace")

describe("prompt.text", function()
  local function shown(options)
    local rs = assert(rackspace.new(options))
    local text = prompt.text(rs, 3, paint.plain)
    rs:close()
    return text
  end

  it("says who one is, and shouts where it is no sandbox", function()
    assert.equal("sandbox 3> ", shown{ sandbox = true })
    assert.equal("alice LIVE 3> ", shown{ username = "alice", api_key = "k" })
    assert.equal("a token LIVE 3> ", shown{ token = "abcdefgh" })
    assert.equal("no session 1> ", prompt.text(nil, 1, paint.plain))
    assert.equal("no session 1> ", prompt.text("rs", 1, paint.plain))
  end)

  it("shouts where nothing can be written", function()
    assert.equal("sandbox READ-ONLY 3> ", shown{ sandbox = true, read_only = true })
    assert.equal("alice LIVE READ-ONLY 3> ",
      shown{ username = "alice", api_key = "k", read_only = true })
  end)

  it("is loud in colour", function()
    local rs = assert(rackspace.new{ username = "alice", api_key = "k" })
    assert.equal("alice \27[1;37;41mLIVE\27[0m 1> ",
      prompt.text(rs, 1, paint.new(true)))
    rs:close()
  end)
end)
