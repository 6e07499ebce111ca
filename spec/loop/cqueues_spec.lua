--- cqueues_spec.lua - a session on the loop of cqueues
-- SPDX-License-Identifier: MIT
local conformance = require("spec.support.conformance")
local cqueues = require("cqueues")
local loop = require("rackspace.loop.cqueues")

local function run(fns, tick)
  local controller, left = cqueues.new(), #fns
  for _, fn in ipairs(fns) do
    controller:wrap(function()
      fn()
      left = left - 1
    end)
  end
  controller:wrap(function()
    while left > 0 do
      cqueues.sleep(0.001)
      tick()
    end
  end)
  assert(controller:loop()) -- to its end: nothing of ours may keep it
  assert.equal(0, left)
end

describe("a loop of cqueues'", function()
  conformance.specs{ new = loop.new, run = run }
end)
