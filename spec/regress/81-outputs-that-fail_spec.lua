--- 81-outputs-that-fail_spec.lua - a full disk is no success
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local program = support.quote(support.program)

--- The exit code and the complaint of a shell line; RS stands for the program.
local function outcome(line)
  local text = support.output(("exec 3>&1; { %s; } 2>&1 >/dev/null </dev/null; " ..
    "echo code $?"):format((line:gsub("RS", function() return program end))))
  local said, code = text:match("^(.-)code (%d+)\n$")
  return tonumber(code), said
end

local commands = { "--version", "--help", "help", "help tickets.create",
  "sandbox --help", "completion bash", "completion zsh", "complete -- acc",
  "--sandbox accounts.list --dry-run", "--sandbox accounts.list",
  "--sandbox accounts.get CLOUD/10101 --output=json",
  "--sandbox accounts.list --output=csv", "--sandbox status",
  "--sandbox report --max=1 -o -", "--sandbox report --max=1",
  "-e 'print(1)'", "-e 'print(1) os.exit(0)'", "-e 'print(1) os.exit(true, true)'",
  "-e 'io.write((\"x\"):rep(100000))'", "-i -e 'print(1)'",
  "sandbox --port 0" }

describe("output that can't be written", function()
  it("is a message and exit 1, whatever prints it", function()
    for _, words in ipairs(commands) do
      local code, said = outcome("RS " .. words .. " >/dev/full")
      assert.equal(1, code, words)
      assert.matches("^rackspace: [^\n]+\n$", said, nil, words)
    end
  end)

  it("is told once, with the reason where it is known", function()
    for _, words in ipairs{ "--version", "--sandbox accounts.list" } do
      local _, said = outcome("RS " .. words .. " >/dev/full")
      assert.equal("rackspace: the output can't be written: No space left on " ..
        "device\n", said)
    end
  end)

  it("is nothing to a script that prints nothing, or failed itself", function()
    assert.equal(0, (outcome("RS -e 'x = 1' >/dev/full")))
    assert.equal(3, (outcome("RS --profile=none accounts.list >/dev/full")))
  end)

  it("is one to a stream that was closed, which becomes no other file", function()
    assert.equal(1, (outcome("RS --version >&-")))
    local code, said = outcome("RS -e 'local f = io.open(arg[0]) print(f ~= nil)" ..
      " io.stderr:write(io.popen(\"ls -l /proc/$PPID/fd/1\"):read(\"*a\"))' >&-")
    assert.equal(1, code)
    assert.matches("/dev/null", said)
  end)
end)

describe("a pipe that nobody reads any more", function()
  -- The program starts only when the reader has ended.
  local function outcome_of_pipe(words, before)
    local folder = support.folder()
    support.output(("mkfifo %s/go; { read line <%s/go; %s %s %s 2>%s/said " ..
      "</dev/null; echo $? >%s/code; } | { exec <&-; echo >%s/go; }"):format(
      folder, folder, before or "", program, words, folder, folder, folder))
    local code = tonumber((support.read(folder .. "/code")))
    local said = support.read(folder .. "/said")
    support.remove(folder)
    return code, said
  end

  it("is 141 and silence", function()
    for _, words in ipairs{ "--version", "help", "--sandbox accounts.list",
        "-e 'print(1) os.exit(0)'" } do
      for _, before in ipairs{ "", "trap '' PIPE;" } do
        local code, said = outcome_of_pipe(words, before)
        assert.same({ 141, "" }, { code, said }, before .. words)
      end
    end
  end)
end)
