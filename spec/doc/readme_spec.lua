--- readme_spec.lua - the screens of the README, as they are
-- SPDX-License-Identifier: MIT
local picture = require("rackspace.picture")
local rackspace = require("rackspace")
local support = require("spec.sandbox.support")
local terminal = require("spec.support.terminal")

--- Fails unless the README has lines, as it has screens: indented.
local function check(text)
  local screen = text:gsub("([^\n]+)", "    %1")
  assert(support.read("README.md"):find(screen, 1, true), "the README lacks\n" .. screen)
end

describe("the README", function()
  local rs

  setup(function()
    rs = assert(rackspace.new{ sandbox = true })
  end)

  teardown(function()
    rs:close()
  end)

  it("draws what is drawn", function()
    local account = assert(rs.accounts:get("CLOUD/10101"))
    local changes = assert(rs.accounts:timeline(account))
    check(picture.of("accounts.timeline").text(changes, { account = account, width = 80 }))
  end)

  it("shows the prompt's screens", function()
    local term = terminal.open{ arguments = "--sandbox" }
    finally(function() term:close() end)
    term:await("sandbox 1>", true)
    term:enter("rs.accounts:list()")
    local screen = term:await("sandbox 2>", true)
    check(screen:match("(id   [^\n]*\n[^\n]*\n[^\n]*\n[^\n]*\n)"))
    check(screen:match("\n(… 20 so far[^\n]*\n)"))
    term:type("rs.tickets:comment")
    term:type("(")
    check(term:await("progress=] })\nsandbox", false):match(
      "\n(sandbox %d> rs.tickets:comment%(\n[^\n]*\n)"):gsub("sandbox 2", "sandbox 3"))
  end)

  it("shows a shell's screens", function()
    local term = terminal.open{ arguments = "--sandbox accounts.list accountType=CLOUD --max=3" }
    finally(function() term:close() end)
    check(term:await("left with 0"):match("^(.-\n)also"))
    check(select(2, support.run("tickets.close 180404-00001 --dry-run")))
    check(select(3, support.run("--sandbox accounts.list acountType=CLOUD")):match("^[^\n]*\n"))
  end)

  it("says of an unknown outcome what is said", function()
    local box = assert(rackspace.new{ sandbox = true, retries = 0 })
    box.sandbox:fault("tickets.create", { close = true })
    local _, message = box.tickets:create{ accountId = "hybrid:5342844", subject = "Disk",
      category = "Incident", subcategory = "General" }
    box:close()
    assert.matches("^tickets.create: .*; unknown outcome: ", message)
    assert(support.read("README.md"):find(message:match("; unknown outcome: .*"), 1, true))
  end)
end)
