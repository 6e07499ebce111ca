--- 74-texts-of-others_spec.lua - what services and users write, on a terminal
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local needs_python = require("spec.support.python")
local support = require("spec.sandbox.support")

-- Each does something to a terminal, or is not seen: CSI and OSC of two bytes
-- and of one, as they are and in UTF-8, marks of direction, what has no width,
-- ends of lines, and bytes that are no UTF-8.
local hostile = { "\27[31m", "\27]0;title\7", "\155[2J", "\194\155[2J", "\194\133",
  "\226\128\174", "\226\129\167", "\226\128\142", "\216\156", "\226\128\139",
  "\239\187\191", "\226\128\168", "\226\128\169", "\243\160\129\129", "\194\173",
  "\127", "\8", "x\ry", "\195", "\237\160\128", "\226\128\141", "\239\191\190" }

-- What a terminal must get as it is.
local whole = { "Zoë", "東京", "مرحبا", "שלום", "e\204\129",
  "👨‍👩‍👧", "❤️‍🔥" }

local evil = "a" .. table.concat(hostile, "b") .. "c"
local name = evil .. table.concat(whole, " ")

--- Fails if a terminal, of UTF-8 or of single bytes, would take something of a
-- text for a command, or not show it. Our own colours are left out, and so is
-- the return at which the line of the progress begins.
local function assert_harmless(text)
  text = text:gsub("\27%[[%d;]*m", ""):gsub("\r+\n", "\n")
  for _, part in ipairs(hostile) do
    if part == "\226\128\141" then -- the joiner, which the family needs
      part = "b" .. part
    elseif part == "\195" then
      part = part .. "b"
    end
    local at = text:find(part, 1, true)
    assert(not at, at and ("%q in %s"):format(part, text:sub(math.max(1, at - 60), at + 60)))
  end
  local at = text:find("[%z\1-\8\11\12\14-\31\127]")
  assert(not at, at and ("%q"):format(text:sub(math.max(1, at - 60), at + 60)))
end

--- A value in JSON, with bytes that are no UTF-8 as they are.
local function raw(value)
  return (require("cjson").encode(value):gsub("\\/", "/"))
end

-- Runs a command on a terminal of its own, types lines into it, and prints what
-- the terminal got.
local on_terminal = [[
import os, pty, select, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
lines, seen, end = sys.argv[1].encode().split(b"\n"), b"", time.time() + 20
while time.time() < end:
    if lines and lines[0] and seen.endswith(b"> "):
        os.write(fd, lines.pop(0) + b"\n")
        seen += b"\n"
    if not select.select([fd], [], [], 0.1)[0]:
        continue
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    seen += part
os.waitpid(pid, 0)
sys.stdout.buffer.write(seen)
]]

describe("a text of others on a terminal", function()
  local box, folder, script

  --- What the terminal got from the program.
  local function shown(arguments, lines, settings)
    needs_python(pending)
    return support.output(("env RACKSPACE_SANDBOX=%s HOME=%s TERM=dumb %s python3 %s %s %s %s")
      :format(box.url, folder, settings or "", script, support.quote(lines or ""),
        support.quote(support.program), arguments))
  end

  setup(function()
    folder = support.folder()
    script = support.write(folder .. "/terminal.py", on_terminal)
    local account = { type = "CLOUD", id = "10101", name = name, [evil] = "x", status = "Active",
      [evil .. "2"] = { [evil] = evil } }
    local faults = support.write(folder .. "/faults.json", json.text(json.array{
      { operation = "accounts.list", body = raw{ customerAccount = { account } } },
      { operation = "accounts.get", body = raw(account) },
      { operation = "contacts.list", status = 400,
        body = raw{ badRequest = { code = 400, message = name, details = evil } },
        headers = { ["x-request-id"] = "id\194\155[2J\226\128\174" } },
    }):gsub("\\ufffd", "\255"))
    box = assert(support.serve("--faults=" .. faults))
  end)

  teardown(function()
    box:finish()
    support.remove(folder)
  end)

  it("does nothing in a result, whatever its format, and stays whole", function()
    for _, format in ipairs{ "table", "json", "ndjson", "csv", "csv --raw", "lua" } do
      for _, command in ipairs{ "accounts.list", "accounts.get CLOUD/10101" } do
        local seen = shown(command .. " --output=" .. format)
        assert_harmless(seen)
        for _, text in ipairs(format ~= "table" and whole or {}) do
          assert(seen:find(text, 1, true), format .. ": " .. text)
        end
      end
    end
  end)

  it("does nothing in an error, in its request's id or in what was typed", function()
    local seen = shown("contacts.list CLOUD/10101")
    assert_harmless(seen)
    assert.truthy(seen:find("contacts.list: 400", 1, true), seen)
    for _, arguments in ipairs{ "accounts.get " .. support.quote(evil), support.quote(evil),
      "help " .. support.quote(evil), "accounts.list " .. support.quote("--" .. evil),
      "sandbox --state=" .. support.quote("/nowhere/" .. evil),
      "sandbox --faults=" .. support.quote("/nowhere/" .. evil),
      "tickets.create --dry-run subject=" .. support.quote(evil),
      "report -o " .. support.quote("/nowhere/" .. evil),
      "accounts.get CLOUD/1 --profile=" .. support.quote(evil) } do
      seen = shown(arguments)
      assert_harmless(seen)
      assert.not_equal("", seen)
    end
  end)

  it("does nothing in events", function()
    local seen = shown("contacts.list CLOUD/10101", nil, "RACKSPACE_LOG=debug")
    assert_harmless(seen)
    assert.truthy(seen:find("response operation=contacts.list", 1, true))
  end)

  it("does nothing at the prompt, in whatever shows it", function()
    local seen = shown("", table.concat({ "for a in rs.accounts:list() do got = a end", "got",
      "{ got }", "got.name", "got.name, got", "help(got)", "error(got.name)",
      "rs.contacts:list('CLOUD/10101')", "error({ [got.name] = 1 })", "os.exit()" }, "\n"))
    assert_harmless(seen)
    assert.truthy(seen:find("a table of 6 fields", 1, true), seen)
  end)
end)

describe("a text of others", function()
  local rackspace = require("rackspace")
  local writer = require("spec.support.writer")

  it("is valid UTF-8 in all JSON, and itself again where it was", function()
    local legal = table.concat(whole) .. "\226\128\174\194\155\243\160\129\129\27"
    for _, format in ipairs{ "json", "ndjson" } do
      assert.equal(legal, json.decode(writer.value(format, { legal })[1] or
        writer.value(format, legal)))
      local text = writer.value(format, { evil .. "\255" }):gsub("\n$", "")
      assert.equal(text, support.output("printf %s " .. support.quote(text) ..
        " | iconv -f UTF-8 -t UTF-8"))
    end
  end)

  it("that is no UTF-8 is not sent in a request's JSON", function()
    local rs = assert(rackspace.new{ sandbox = true })
    local ok, problem = pcall(rs.tickets.create, rs.tickets, { subject = "a\255",
      category = "Incident", subcategory = "Other", accountId = "hybrid:1" })
    assert.equal("false\ttickets.create: a text is not UTF-8", tostring(ok) .. "\t" .. problem)
    rs:close()
  end)

  it("is what it was when its Lua is run", function()
    local load_text = loadstring or load -- luacheck: ignore 143
    assert.equal(evil .. "1", assert(load_text(writer.value("lua", evil .. "1")))())
  end)
end)
