--- files_spec.lua - -o: results in files
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

describe("-o FILE", function()
  local folder

  before_each(function()
    folder = support.folder()
  end)

  after_each(function()
    support.remove(folder)
  end)

  --- Runs a command that writes to a file in the folder: its exit code, and what
  -- the file has.
  local function run(arguments, name)
    local path = folder .. "/" .. name
    local code, out, complaint = support.run(("--sandbox %s -o %s"):format(arguments,
      support.quote(path)))
    assert.equal("", out)
    return code, support.output("cat " .. support.quote(path) .. " 2>/dev/null"), complaint
  end

  local function text_of(...)
    return (select(2, run(...)))
  end

  it("has the format that its name ends in", function()
    local code, text = run("accounts.list --max=2 --fields=id", "a.csv")
    assert.same({ 0, "id\r\n10101\r\n5342844\r\n" }, { code, text })
    text = text_of("accounts.list --max=2 --fields=id", "a.json")
    assert.equal('[\n{"id":"10101"},\n{"id":"5342844"}\n]\n', text)
    text = text_of("accounts.list --max=2 --fields=id", "a.txt")
    assert.equal('{"id":"10101"}\n{"id":"5342844"}\n', text)
    text = text_of("accounts.get CLOUD/10101 --fields=id", "a.lua")
    assert.matches('id = "10101"', text)
    text = text_of("accounts.timeline CLOUD/10101", "a.svg")
    assert.is_true(text == select(2, support.run(
      "--sandbox accounts.timeline CLOUD/10101 --output=svg")))
    text = text_of("accounts.list --max=1 --fields=id --output=csv", "b.json")
    assert.equal("id\r\n10101\r\n", text)
    text = text_of("accounts.list --max=1 --jq '.[].id'", "b.csv")
    assert.equal("10101\n", text)
    text = text_of("call GET /v1/customer_accounts/CLOUD/10101 --jq .id", "c")
    assert.equal("10101\n", text)
    text = text_of("status --jq .session", "d")
    assert.equal("the sandbox inside the program\n", text)
  end)

  it("stays as it is when the call fails", function()
    support.write(folder .. "/kept.csv", "before\n")
    local code, text = run("accounts.get CLOUD/99", "kept.csv")
    assert.same({ 4, "before\n" }, { code, text })
    code, text = run("accounts.get CLOUD/10101 --jq '.name + 1'", "kept.csv")
    assert.same({ 1, "before\n" }, { code, text })
    assert.equal("kept.csv\n", support.output("ls " .. folder))
  end)

  it("is refused before anything is sent", function()
    local code, _, complaint = run("accounts.get CLOUD/10101", "no/folder.csv")
    assert.equal(1, code)
    assert.matches("accounts%.get: .*/no/folder%.csv: No such file or directory", complaint)
    code, _, complaint = run("accounts.get CLOUD/10101", "x.svg")
    assert.equal(2, code)
    assert.matches("there is no svg of it", complaint)
  end)

  it("is a link's file, or a pipe that is written through", function()
    support.write(folder .. "/real.csv", "old\n")
    support.output(("ln -s real.csv %s/link.csv; mkfifo %s/pipe"):format(folder, folder))
    run("accounts.list --max=1 --fields=id", "link.csv")
    assert.equal("id\r\n10101\r\n", support.read(folder .. "/real.csv"))
    assert.equal("real.csv\n", support.output("readlink " .. folder .. "/link.csv"))
    local read = support.output(("cat %s/pipe & %s --sandbox accounts.list --max=1 " ..
      "--fields=id -o %s/pipe; wait"):format(folder, support.quote(support.program), folder))
    assert.equal('{"id":"10101"}\n', read)
  end)
end)

describe("short options", function()
  it("are the long ones", function()
    for short, long in pairs{ ["-h"] = "--help", ["-v"] = "--version" } do
      local code, out = support.run(short)
      assert.equal(0, code)
      assert.equal(select(2, support.run(long)), out)
    end
    assert.equal(select(2, support.run("sandbox --help")), (select(2, support.run("sandbox -h"))))
    assert.equal(select(2, support.run("accounts.get --help")),
      (select(2, support.run("accounts.get -h"))))
  end)
end)

describe("--color", function()
  it("colours also where no terminal is, or never", function()
    local _, out = support.run("--sandbox --color=always accounts.get CLOUD/10101 --output=table")
    assert.matches("\27%[", out)
    local code, _, complaint = support.run("--color=sometimes accounts.get CLOUD/10101")
    assert.equal(2, code)
    assert.matches("%-%-color must be one of auto, always, never", complaint)
  end)
end)
