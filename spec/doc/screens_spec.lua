--- screens_spec.lua - the screens in the documents, as they are
-- SPDX-License-Identifier: MIT
local picture = require("rackspace.picture")
local rackspace = require("rackspace")
local support = require("spec.sandbox.support")
local terminal = require("spec.support.terminal")

local README, PROMPT, SHELL, PICTURES = "README.md", "doc/guide/prompt.md",
  "doc/guide/shell.md", "doc/guide/pictures.md"

--- Fails unless the documents have lines, as they have screens: indented.
local function check(text, ...)
  local screen = text:gsub("([^\n]+)", "    %1")
  for _, path in ipairs{ ... } do
    assert(support.read(path):find(screen, 1, true), path .. " lacks\n" .. screen)
  end
end

describe("the screens in the documents", function()
  it("have the drawing that is drawn", function()
    local rs = assert(rackspace.new{ sandbox = true })
    local account = assert(rs.accounts:get("CLOUD/10101"))
    local changes = assert(rs.accounts:timeline(account))
    rs:close()
    check(picture.of("accounts.timeline").text(changes, { account = account, width = 80 }),
      PICTURES)
  end)

  it("are the prompt's", function()
    local term = terminal.open{ arguments = "--sandbox" }
    finally(function() term:close() end)
    term:await("sandbox 1>", true)
    term:enter("rs.accounts:list()")
    local screen = term:await("sandbox 2>", true)
    check(screen:match("(id   [^\n]*\n[^\n]*\n[^\n]*\n[^\n]*\n)"), README, PROMPT)
    check(screen:match("\n(… 20 so far[^\n]*\n)"), README, PROMPT)
    term:type("rs.tickets:comment")
    term:type("(")
    check(term:await("progress=] })\nsandbox", false):match(
      "\n(sandbox %d> rs.tickets:comment%(\n[^\n]*\n)"):gsub("sandbox 2", "sandbox 3"), PROMPT)
  end)

  it("are a shell's", function()
    local term = terminal.open{ arguments = "--sandbox accounts.list accountType=CLOUD --max=3" }
    finally(function() term:close() end)
    check(term:await("left with 0"):match("^(.-\n)also"), README, SHELL)
    check(select(2, support.run("tickets.close 180404-00001 --dry-run")), SHELL)
    check(select(3, support.run("--sandbox accounts.list acountType=CLOUD")):match("^[^\n]*\n"),
      SHELL)
  end)
end)
