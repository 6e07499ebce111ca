--- 61-limits-in-lazy-modules_spec.lua - a limit can't stop the loading of a module
-- SPDX-License-Identifier: MIT
local confined = require("spec.support.confined")

-- The library loaded some modules at their first use, inside a script. Where a
-- limit ended the script there, LuaJIT and Lua 5.1 refused to load the module
-- again: "loop or previous error loading module".
describe("a limit of instructions", function()
  local probe = [[assert(rs.tickets:list()() and rs.accounts:get("CLOUD/10101"))]]
  local greedy = [[
    for _, name in ipairs{ "accounts", "contacts", "metadata", "tickets",
        "identity", "email_customers" } do
      pcall(function() return rs[name].never end)
    end
    rs.accounts:list()() rs.tickets:list()() rs.identity:whoami()
    while true do end]]

  it("leaves a session that works, wherever it ends a script", function()
    for point = 1, 100 do
      -- The first script ends at another place each time.
      local spent = ("for _ = 1, %d do end %s"):format(
        (100 - point) * 4700, greedy)
      local printed = confined.run("instructions=500000", { spent, probe })
      local ends = {}
      for line in printed:gmatch("[^\n]+") do
        ends[#ends + 1] = line == "ok" and line or line:match("^%l+: ")
      end
      assert.same({ "refused: ", "ok" }, ends, printed)
    end
  end)
end)
