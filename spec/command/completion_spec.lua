--- completion_spec.lua - completion in real shells, which ask the program
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")
local terminal = require("spec.support.terminal")

local quote = support.quote

-- The folder that shells find the program in.
local path = support.program:match("^(.*)/")

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

  it("prints scripts that the shells can read", function()
    for _, shell in ipairs{ "bash", "zsh", "fish" } do
      if has(shell) then
        assert.equal("", support.output(("%s -n %s/%s 2>&1"):format(shell, folder, shell)))
      end
    end
  end)

  it("knows three shells", function()
    local code, out, said = support.run("completion bsh")
    assert.same({ 2, "" }, { code, out })
    assert.matches("bash, zsh or fish %(did you mean 'bash'%?%)", said)
  end)

  --- Returns what bash puts in place of the last word; words split as by bash.
  local function bash(...)
    local words = {}
    for _, word in ipairs{ ... } do
      words[#words + 1] = quote(word)
    end
    local text = support.output(("PATH=%s:$PATH bash -c 'set -u; . %s/bash; "
      .. "COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _rackspace 2>/dev/null; "
      .. "printf \"%%s|\" \"${COMPREPLY[@]}\"' sh rackspace %s"):format(quote(path), folder,
        table.concat(words, " ")))
    return text
  end

  it("completes in bash what the tables know", function()
    assert.equal("accounts.list|", bash("accounts.l"))
    assert.equal("login|", bash("log"))
    assert.equal("accountType=|", bash("accounts.list", "acc"))
    assert.equal("CLOUD|MANAGED_HOSTING|FANATICAL_SUPPORT_FOR_AWS|RPC_V|",
      bash("accounts.list", "accountType", "="))
    assert.equal("CLOUD|", bash("--sandbox", "=", "http", ":", "//x", ":", "80",
      "accounts.list", "accountType", "=", "CL"))
    assert.equal("accountType=CLOUD|", bash("accounts.list", "accountType=CL"))
    assert.equal("Billing\\ and\\ Payments|", bash("tickets.create", "category", "=", "Bi"))
    assert.equal("Billing\\ and\\ Payments|",
      bash("tickets.create", "category", "=", "Billing\\ a"))
    assert.equal("Billing and Payments|",
      bash("tickets.create", "category", "=", '"Billing a'))
    assert.equal("comment.text=|comment.attachments=|", bash("tickets.create", "comment"))
    assert.equal("list|", bash("accounts", "l"))
    assert.equal("CLOUD|", bash("accounts", "list", "accountType", "=", "CL"))
    assert.equal("list|", bash("help", "accounts", "l"))
    assert.equal("--output=|", bash("accounts.list", "--out"))
    assert.equal("json|", bash("accounts.list", "--output", "=", "j"))
    assert.equal("table|", bash("--output", "t"))
    assert.equal("metadataKey=|metadataValue=|",
      bash("--profile", "login", "accounts.list", "me"))
  end)

  it("leaves names of files to bash", function()
    assert.equal("@" .. folder .. "/zsh|", bash("tickets.create", "@" .. folder .. "/z"))
    assert.equal(folder .. "/zsh|", bash("sandbox", "--state", "=", folder .. "/z"))
    assert.equal(folder .. "/zsh|", bash("report", "-o", folder .. "/z"))
    assert.equal(folder .. "/|", bash(folder))
  end)

  it("runs nothing that a profile is named", function()
    support.write(folder .. "/config", "[$(touch " .. folder .. "/run)]\n[b`c]\n")
    assert.equal("\\$\\(touch\\ " .. folder .. "/run\\)|b\\`c|",
      support.output(("RACKSPACE_CONFIG=%s/config PATH=%s:$PATH bash -c '. %s/bash; "
        .. "COMP_WORDS=(rackspace --profile \"\"); COMP_CWORD=2; _rackspace; "
        .. "printf \"%%s|\" \"${COMPREPLY[@]}\"'"):format(folder, quote(path), folder)))
    assert.is_nil(io.open(folder .. "/run"))
  end)

  -- Bash puts candidates between open quotes as they are: a name that ended the
  -- quotes, or a substitution in them, ran when the line was entered.
  it("ends no quotes, and begins nothing in them, by a profile's name", function()
    local names = { [[a" ; touch run ; "]], "a' ; touch run ; '", "a$(touch run)",
      "a`touch run`", "a$(touch run)=", [[a\" ; touch run ; "]], "a!!", "ab c" }
    support.write(folder .. "/config", "[" .. table.concat(names, "]\n[") .. "]\n")
    local is_name, count = {}, 0
    for _, name in ipairs(names) do
      is_name[name] = true
    end
    for _, opening in ipairs{ '"', "'", "" } do
      local typed = opening .. "a"
      local list = support.output(("RACKSPACE_CONFIG=%s/config PATH=%s:$PATH bash -c '. %s/bash; "
        .. "COMP_WORDS=(rackspace --profile = \"$1\"); COMP_CWORD=3; _rackspace; "
        .. "printf \"%%s\\n\" \"${COMPREPLY[@]}\"' sh %s"):format(folder, quote(path),
          folder, quote(typed)))
      for candidate in list:gmatch("[^\n]+") do
        count = count + 1
        assert.is_true(is_name[support.output(("cd %s; printf %%s %s%s%s"):format(folder,
          opening, candidate, opening))], candidate)
        assert.is_false(opening == '"' and candidate:find("!", 1, true) ~= nil)
      end
    end
    assert.equal(#names * 2 + 2, count)
    assert.is_nil(io.open(folder .. "/run"))
  end)

  it("is silent where the program is older, or not there", function()
    assert.equal("|", support.output(("PATH=/nowhere /bin/bash -c '. %s/bash; "
      .. "COMP_WORDS=(rackspace acc); COMP_CWORD=1; _rackspace; "
      .. "printf \"%%s|\" \"${COMPREPLY[@]}\"' 2>&1"):format(folder)))
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
      term:press("C-u") -- an interrupt may be lost while zsh completes
      term:await("\nready>", true)
    end
    support.output(("cp %s/zsh %s/_rackspace"):format(folder, term.folder))
    support.write(term.folder .. "/notes", "")
    term:enter(("PATH=%s:$PATH; cd; PS1='ready> '; fpath=(%s $fpath); "
      .. "autoload -Uz compinit; compinit -D -u")
      :format(quote(path), term.folder))
    term:await("\nready>", true)
    try({ "rackspace accounts.l", "accountT", "CL", "--out", "j", "--pro" },
      "rackspace accounts.list accountType=CLOUD --output=json --profile=")
    try({ "rackspace accounts li", "accountT", "CL" },
      "rackspace accounts list accountType=CLOUD")
    try({ "rackspace help tickets clo" }, "rackspace help tickets close")
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
      return support.output(("HOME=%s PATH=%s:$PATH fish -c %s"):format(folder, quote(path),
        quote(("source %s/fish; complete -C %s"):format(folder, quote(line)))))
    end
    assert.equal("accounts.list\tEvery account that the user can reach, page by page\n",
      fish("rackspace accounts.l"))
    assert.equal("list\tEvery account that the user can reach, page by page\n",
      fish("rackspace accounts l"))
    assert.equal("accountType=CLOUD\n", fish("rackspace accounts list accountType=CL"))
    assert.equal("accountType=\tOnly accounts of this type\n",
      fish("rackspace accounts.list accountT"))
    assert.equal("accountType=CLOUD\n", fish("rackspace accounts.list accountType=CL"))
    assert.equal("@" .. folder .. "/zsh\n", fish("rackspace tickets.create @" .. folder .. "/z"))
    assert.equal(folder .. "/zsh\n", fish("rackspace report -o " .. folder .. "/z"))
    assert.matches("category=Billing and Payments\n",
      fish("rackspace --profile x tickets.create category=Bi"))
    assert.equal("--output=json\n", fish("rackspace accounts.list --output=j"))
    assert.equal("", fish("rackspace accounts.get acc"):match("accounts%.list") or "")
  end)
end)
