--- completion_spec.lua - what shells complete by, tried in real ones
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")
local terminal = require("spec.support.terminal")

local quote = support.quote

local function has(shell)
  return support.output("command -v " .. shell .. " || true") ~= ""
end

describe("rackspace completion", function()
  local folder

  setup(function()
    folder = support.folder()
    for _, shell in ipairs{ "bash", "zsh", "fish" } do
      local code, out = support.run("completion " .. shell)
      assert.equal(0, code)
      support.write(folder .. "/" .. shell, out)
    end
  end)

  teardown(function()
    support.remove(folder)
  end)

  it("knows three shells", function()
    local code, out, said = support.run("completion bsh")
    assert.same({ 2, "" }, { code, out })
    assert.matches("bash, zsh or fish %(did you mean 'bash'%?%)", said)
  end)

  --- What bash would put in place of the last word: words split as bash does.
  local function bash(...)
    local words = {}
    for _, word in ipairs{ ... } do
      words[#words + 1] = quote(word)
    end
    local text = support.output(("bash -c 'set -u; . %s/bash; "
      .. "COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _rackspace 2>/dev/null; "
      .. "printf \"%%s|\" \"${COMPREPLY[@]}\"' sh rackspace %s"):format(folder,
        table.concat(words, " ")))
    return text
  end

  it("completes in bash what the rows know", function()
    assert.equal("accounts.list|", bash("accounts.l"))
    assert.equal("login|", bash("log"))
    assert.equal("accountType=|", bash("accounts.list", "acc"))
    assert.equal("CLOUD|MANAGED_HOSTING|FANATICAL_SUPPORT_FOR_AWS|RPC_V|",
      bash("accounts.list", "accountType", "="))
    assert.equal("CLOUD|", bash("--sandbox", "=", "http", "accounts.list",
      "accountType", "=", "CL"))
    assert.equal("accountType=CLOUD|", bash("accounts.list", "accountType=CL"))
    assert.equal("Billing\\ and\\ Payments|", bash("tickets.create", "category", "=", "Bi"))
    assert.equal("Billing\\ and\\ Payments|",
      bash("tickets.create", "category", "=", "Billing\\ a"))
    assert.equal("comment.text=|comment.attachments=|", bash("tickets.create", "comment"))
    assert.equal("--output=|", bash("accounts.list", "--out"))
    assert.equal("json|", bash("accounts.list", "--output", "=", "j"))
    assert.equal("table|", bash("--output", "t"))
    assert.equal("metadataKey=|metadataValue=|",
      bash("--profile", "login", "accounts.list", "me"))
    assert.equal("@" .. folder .. "/zsh|", bash("tickets.create", "@" .. folder .. "/z"))
  end)

  local in_zsh = has("zsh") and it or pending

  in_zsh("completes in zsh, as somebody types", function()
    local term = terminal.open{ command = "zsh -f -i", columns = 100 }
    finally(function() term:close() end)
    --- Types words, each with the key that completes it, and compares the line.
    local function try(words, wanted)
      for _, word in ipairs(words) do
        term:type(word)
        term:press("Tab")
      end
      term:await("\nready> " .. wanted, true)
      term:press("C-c")
      term:await("\nready>", true)
    end
    support.output(("cp %s/zsh %s/_rackspace"):format(folder, term.folder))
    support.write(term.folder .. "/notes", "")
    term:enter(("cd; PS1='ready> '; fpath=(%s $fpath); autoload -Uz compinit; compinit -D -u")
      :format(term.folder))
    term:await("\nready>", true)
    try({ "rackspace accounts.l", "accountT", "CL", "--out", "j", "--pro" },
      "rackspace accounts.list accountType=CLOUD --output=json --profile=")
    try({ "rackspace --profile x tickets.cr", "cat", "Bi", "comment.t" },
      "rackspace --profile x tickets.create category=Billing\\ and\\ Payments comment.text=")
    try({ "rackspace --sandbox tickets.create @n" },
      "rackspace --sandbox tickets.create @notes")
    try({ "rackspace --output t", "sta" }, "rackspace --output table status")
    try({ "rackspace accounts.timeline --output=sv" },
      "rackspace accounts.timeline --output=svg")
  end)

  local in_fish = has("fish") and it or pending

  in_fish("completes in fish", function()
    local function fish(line)
      return support.output(("HOME=%s fish -c %s"):format(folder,
        quote(("source %s/fish; complete -C %s"):format(folder, quote(line)))))
    end
    assert.equal("accounts.list\tEvery account that the user can reach, page by page\n",
      fish("rackspace accounts.l"))
    assert.matches("\naccountType=CLOUD\n", fish("rackspace accounts.list accountT"))
    assert.matches("category=Billing and Payments\n",
      fish("rackspace --profile x tickets.create category=Bi"))
    assert.matches("%-%-output=json\t", fish("rackspace accounts.list --output=j"))
    assert.equal("", fish("rackspace accounts.get acc"):match("accounts%.list") or "")
  end)
end)
