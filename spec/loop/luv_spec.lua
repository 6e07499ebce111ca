--- luv_spec.lua - a session on the loop of luv
-- SPDX-License-Identifier: MIT
local conformance = require("spec.support.conformance")
local luv = require("rackspace.loop.luv")
local uv = require("luv")

require("spec.support.leftovers").allow() -- libuv's loop is never closed

local function run(fns, tick)
  local timer, left = uv.new_timer(), #fns
  timer:start(1, 1, tick)
  for _, fn in ipairs(fns) do
    coroutine.wrap(function()
      fn()
      left = left - 1
      if left == 0 then
        timer:close()
      end
    end)()
  end
  uv.run() -- to its end: nothing of ours may keep it
  assert.equal(0, left)
end

describe("a loop of luv's", function()
  after_each(function()
    uv.run() -- a call from outside of it may have left it one more turn
  end)

  conformance.specs{ new = luv.new, run = run }
end)
