--- 47-host-told-of-ready-tasks_spec.lua - a poll's time-out once the queue has moved
-- SPDX-License-Identifier: MIT
local embed = require("rackspace.embed")

describe("a host that polls", function()
  it("is told to come at once while a task is ready, whatever ran before", function()
    local host = embed.new{ settings = { sandbox = "true" }, has_session = true }
    host:start("accounts.get", '["CLOUD/10101"]', 1)
    assert.equal(1, (host:take()))
    local tasks = host.session.scheduler
    for _ = 1, 2 do
      local waiters, is_over = {}, false
      tasks:spawn(function()
        tasks:wait_until(waiters, function() return is_over end)
      end)
      is_over = true
      tasks:wake(waiters)
      assert.equal(0, (host:watch()))
      host:step()
    end
  end)
end)
