--- filter_spec.lua - --jq: what a filter of jq makes of a result
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local support = require("spec.sandbox.support")

--- Runs a command with a filter: its exit code and what it printed.
local function run(arguments, expression, setup)
  return support.run(("--sandbox %s --jq %s"):format(arguments, support.quote(expression)), setup)
end

describe("--jq", function()
  local all = support.output(support.quote(support.program) ..
    " --sandbox accounts.list --output=json")

  --- What jq makes of the accounts by itself.
  local function jq(expression)
    return support.output(("printf %%s %s | jq -cr %s"):format(support.quote(all),
      support.quote(expression)))
  end

  it("writes what jq writes", function()
    for _, expression in ipairs{ ".[].id", "length", "map(.status) | unique",
      "group_by(.type)[] | {type: .[0].type, count: length}",
      '.[] | select(.name | test("Hosting$")) | .number', ".[0]", "null", "empty",
      '.[3] | "\\(.type)/\\(.id)"', "def f: .[0].name; f # its name" } do
      local code, out, complaint = run("accounts.list", expression)
      assert.same({ 0, "" }, { code, complaint }, expression)
      assert.equal(jq(expression), out, expression)
    end
  end)

  it("filters the items of a list one by one as ndjson", function()
    local _, out = run("accounts.list --output=ndjson", ".id")
    assert.equal(jq(".[].id"), out)
    _, out = run("accounts.list --output=ndjson --max=2", "length")
    assert.equal(jq(".[:2][] | length"), out)
  end)

  it("filters one value, the status and an answer of call", function()
    local _, out = run("accounts.get CLOUD/10101", ".name")
    assert.equal("MyRackspaceAcct\n", out)
    _, out = run("status", ".session")
    assert.equal("the sandbox inside the program\n", out)
    _, out = run("call GET /v1/customer_accounts/CLOUD/10101", ".id")
    assert.equal("10101\n", out)
    _, out = run("accounts.list --fields=id --max=1", ".[0] | keys[]")
    assert.equal("id\n", out)
  end)

  it("says what is wrong with an expression before anything is sent", function()
    local code, out, complaint = support.run(
      "--sandbox=http://127.0.0.1:1 accounts.list --jq '.['")
    assert.same({ 2, "" }, { code, out })
    assert.matches("^rackspace: accounts%.list: %-%-jq: error: syntax error", complaint)
    code, out, complaint = run("accounts.list --output=csv", ".")
    assert.same({ 2, "" }, { code, out })
    assert.matches("%-%-jq is for %-%-output=json and ndjson", complaint)
  end)

  it("tells a failure of the filter", function()
    local code, out, complaint = run("accounts.get CLOUD/10101", ".name + 1")
    assert.same({ 1, "" }, { code, out })
    assert.matches("^rackspace: %-%-jq: string %(.* cannot be added\n$", complaint)
  end)

  it("has one input, no modules, and no definitions but its own", function()
    local folder = support.folder()
    support.write(folder .. "/.jq", "def foo: 7;")
    local home = "env HOME=" .. folder
    for _, expression in ipairs{ "foo", 'import "m" as m; m::foo', 'include "m"; foo' } do
      local code = run("accounts.get CLOUD/10101", expression, home)
      assert.equal(2, code, expression)
    end
    support.remove(folder)
    for expression, expected in pairs{ ["[inputs]"] = "[]\n", ["debug | .id"] = "10101\n",
      ["stderr | .id"] = "10101\n", ["try input catch ."] = "No more inputs\n" } do
      local code, out, complaint = run("accounts.get CLOUD/10101", expression)
      assert.same({ 0, expected, "" }, { code, out, complaint }, expression)
    end
  end)

  it("gives no number that jq has rounded", function()
    local filter = require("rackspace.output.filter")
    local written, results = {}, {}
    local used = { rounds = true, compiled = { run = function(_, text)
      results[1] = text
      return results
    end } }
    local writer = filter.new({ write = function(text)
      written[#written + 1] = text
    end }, used)
    writer:value{ id = 9007199254740992 }
    assert.same({ '{"id":9007199254740992}\n' }, written)
    local large = json.decode('{"list":[{"id":9007199254740993}]}')
    local ok, err = pcall(writer.value, writer, large)
    if math.type then
      assert.is_false(ok)
      assert.equal("--jq: this version of jq would round 9007199254740993; " ..
        "--output=json keeps it", err.message)
    else
      assert.equal('{"list":[{"id":"9007199254740993"}]}\n', written[2]:gsub("%s", "") .. "\n")
    end
    used.rounds = false
    assert.is_true((pcall(writer.value, writer, large)))
  end)

  it("says that libjq is missing", function()
    local folder = support.folder()
    support.write(folder .. "/libjq.so.1", "no library\n")
    local code, out, complaint = run("accounts.list", ".", "env LD_LIBRARY_PATH=" .. folder)
    assert.same({ 3, "" }, { code, out })
    assert.matches("install libjq %(Debian: libjq1%)", complaint)
    support.remove(folder)
  end)
end)
