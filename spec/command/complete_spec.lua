--- complete_spec.lua - what may follow on the command line
-- SPDX-License-Identifier: MIT
local complete = require("rackspace.command.complete")
local support = require("spec.sandbox.support")

--- Returns the candidates as one text, and the beginning of files' names.
local function offered(...)
  local found, words = complete.candidates{ ... }, {}
  for i, candidate in ipairs(found) do
    words[i] = candidate.word
  end
  return table.concat(words, " "), found.files
end

local function assert_has(wanted, text)
  for _, word in ipairs(wanted) do
    assert.is_truthy((" " .. text .. " "):find(" " .. word .. " ", 1, true), word)
  end
end

describe("complete", function()
  it("offers commands, services and operations", function()
    assert_has({ "login", "sandbox", "accounts", "tickets" }, (offered("")))
    assert.is_nil((offered("")):find("complete ", 1, true))
    assert.equal("accounts.list", (offered("accounts.l")))
    assert.equal("metadata metadata.list metadata.entries metadata.get metadata.details",
      (offered("--profile", "login", "meta")))
    assert.same({ "", "" }, { offered("./scri") })
  end)

  it("offers parameters, and the values that are known of one", function()
    assert.equal("accountType=", (offered("accounts.list", "acc")))
    assert.equal("accountType=CLOUD", (offered("accounts.list", "accountType=CL")))
    assert.equal("", (offered("accounts.list", "metadataKey=")))
    assert.equal("comment.text= comment.attachments=", (offered("tickets.create", "comment")))
    assert.equal("category=Billing and Payments", (offered("tickets.create", "category=Bi")))
    assert.is_nil((offered("tickets.create", "")):find("progress", 1, true))
  end)

  it("offers operations behind their service, and goes on from there", function()
    assert.equal("list get status_history customer_history history timeline",
      (offered("accounts", "")))
    assert.equal("close comment", (offered("--sandbox", "tickets", "--max", "1", "c")
      :match("close.*comment")))
    assert.equal("accountType=CLOUD", (offered("accounts", "list", "accountType=CL")))
    assert.equal("--output=json", (offered("accounts", "list", "--output=j")))
    assert.equal("list", (offered("help", "accounts", "l")))
    assert.equal("", (offered("help", "login", "")))
    assert.equal("", (offered("accounts", "none", "")))
  end)

  it("offers options where they may stand, and their values", function()
    assert.equal("--output=", (offered("accounts.list", "--out")))
    assert.equal("--output=json", (offered("accounts.list", "--output=j")))
    assert.equal("table", (offered("--output", "t")))
    assert.equal("--sandbox", (offered("--sand")))
    assert.equal("", (offered("accounts.list", "--", "--out")))
    assert.equal("", (offered("accounts.list", "--us")))
    assert.equal("--username=", (offered("login", "--us")))
    assert.equal("US UK", (offered("login", "--region", "U")))
    assert.equal("--dialect=", (offered("sandbox", "--di")))
    assert.equal("on off", (offered("sandbox", "--limits", "")))
    assert_has({ "-o", "--concurrency=" }, (offered("report", "-")))
  end)

  it("offers the words of commands", function()
    assert.equal("bash zsh fish", (offered("completion", "")))
    assert.equal("", (offered("completion", "bash", "")))
    assert.equal("GET", (offered("call", "G")))
    assert_has({ "login", "accounts", "accounts.get" }, (offered("help", "")))
  end)

  it("says where a name of a file is meant", function()
    assert.same({ "", "text=@" }, { offered("tickets.comment", "1", "text=@no") })
    for beginning, words in pairs{ ["@"] = { "tickets.create", "@no" },
      ["--state="] = { "sandbox", "--state=x" },
      ["comment.attachments="] = { "tickets.create", "comment.attachments=" } } do
      assert.same({ "", beginning }, { offered((table.unpack or unpack)(words)) })
    end
    assert.same({ "", "" }, { offered("report", "-o", "x") })
    assert.same({ "", "" }, { offered("script.lua", "x") })
    assert.equal("", (select(2, offered("tickets.attach", "x"))))
    assert.is_nil((select(2, offered("tickets.get", "x"))))
  end)

  it("prints words with what they are, and no profile that a terminal obeys", function()
    local folder = support.folder()
    local path = support.write(folder .. "/config",
      "[work]\nusername = me\n[$(touch x)]\n[e\27[31m]\n[home]\n")
    local command = ("RACKSPACE_CONFIG=%s %s complete -- --profile ''"):format(path,
      support.quote(support.program))
    assert.equal("$(touch x)\t\nhome\t\nwork\t\n", support.output(command))
    assert.equal("accounts.get\tOne account\n",
      support.output(support.quote(support.program) .. " complete -- accounts.get"))
    assert.equal("\t@\n",
      support.output(support.quote(support.program) .. " complete -- tickets.create @x"))
    support.remove(folder)
  end)
end)
