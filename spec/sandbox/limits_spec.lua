--- limits_spec.lua - rate limits of the sandbox's calls
-- SPDX-License-Identifier: MIT
local in_process = require("spec.support.in_process")
local stub = require("spec.support.stub")

local ticket = { accountId = "10101", subject = "S", category = "Incident",
  subcategory = "Other" }

describe("the sandbox's limits", function()
  local clock, box, path

  before_each(function()
    clock = stub.clock()
    box = in_process.start{ clock = clock.time }
    path = "/tickets/" .. box:ask("demo", "POST", "/tickets", ticket).value.ticketId
  end)

  --- Comments on the ticket, which is allowed five times a minute.
  local function comment(username)
    return box:ask(username or "demo", "POST", path .. "/comments", { comment = { text = "t" } })
  end

  it("let so many calls pass in any minute, and tell when the next may", function()
    for _ = 1, 5 do
      assert.equal(204, comment().status)
      clock.now = clock.now + 10
    end
    local refused = comment()
    assert.same({ 429, "10" }, { refused.status, refused.headers["Retry-After"] })
    clock.now = clock.now + 9.5
    assert.equal("1", comment().headers["Retry-After"])
    clock.now = clock.now + 0.5
    assert.equal(204, comment().status)
    assert.equal("10", comment().headers["Retry-After"])
  end)

  it("count each user and each operation separately", function()
    for _ = 1, 5 do
      comment()
    end
    assert.equal(429, comment().status)
    assert.equal(204, comment("careful").status)
    assert.equal(204, box:ask("demo", "PATCH", path, { status = "Closed" }).status)
  end)

  it("are none where the operation or the sandbox has none", function()
    for _ = 1, 99 do
      box:get("demo", "/v1/customer_accounts/CLOUD/10101")
    end
    local free = in_process.start{ limits = false }
    for _ = 1, 9 do
      assert.equal(200, free:ask("demo", "POST", "/tickets", ticket).status)
    end
  end)
end)
