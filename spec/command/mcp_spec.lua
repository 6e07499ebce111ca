--- mcp_spec.lua - `rackspace mcp`, as it is run
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local support = require("spec.sandbox.support")

--- Writes lines to the program: the answers by their ids, its exit code, and
-- what it complains of.
local function run(options, input)
  local folder = support.folder()
  support.write(folder .. "/input", input)
  local script = ("%s mcp %s <%s/input >%s/output 2>%s/errors; echo $?"):format(
    support.quote(support.program), options, folder, folder, folder)
  local code = tonumber(support.output(script))
  local answers = {}
  for line in support.read(folder .. "/output"):gmatch("[^\n]+") do
    local answer = assert(json.decode(line), line)
    answers[answer.id or "none"] = answer
  end
  local errors = support.read(folder .. "/errors")
  support.remove(folder)
  return answers, code, errors
end

local function request(id, name, arguments)
  return json.encode{ jsonrpc = "2.0", id = id, method = "tools/call",
    params = { name = name, arguments = arguments } } .. "\n"
end

describe("rackspace mcp", function()
  it("answers the calls that its input asks for, up to its end", function()
    local lines = {}
    for i = 1, 40 do
      lines[i] = request(i, "accounts_get", { account = "CLOUD/10101" })
    end
    local answers, code, errors = run("--sandbox", table.concat(lines):gsub("\n$", ""))
    assert.equal("", errors)
    assert.equal(0, code)
    for i = 1, 40 do
      assert.matches("MyRackspaceAcct", answers[i].result.content[2].text)
    end
  end)

  it("passes over empty lines and goes on after a line that is no JSON", function()
    local answers, code = run("--sandbox", "\n  \n{\n" ..
      request("x", "accounts_get", { account = "CLOUD/10101" }))
    assert.equal(0, code)
    assert.equal(-32700, answers.none.error.code)
    assert.is_nil(answers.x.result.isError)
  end)

  it("ends a message that is too long", function()
    local _, code, errors = run("--sandbox", ("x"):rep(16777216 + 65536))
    assert.equal(1, code)
    assert.matches("a message has more than 16777216 bytes", errors)
  end)

  it("says what is wrong with its options, and sends nothing", function()
    local answers, code, errors = run("--sandbox --allow=tickets.coment", "")
    assert.same({}, answers)
    assert.equal(2, code)
    assert.matches("did you mean 'tickets.comment'", errors)
    answers, code, errors = run("--allow=tickets.comment",
      request(1, "accounts_get", { account = "CLOUD/10101" }))
    assert.same({}, answers)
    assert.equal(3, code)
    assert.matches("^rackspace: ", errors)
  end)

  it("shows no secret", function()
    local answers = run("--sandbox", request(1, "identity_whoami", {}) ..
      request(2, "identity_validate", {}) .. request(3, "email_customers_list", {}))
    local printed = json.encode{ answers[1], answers[2], answers[3] }
    local user = require("rackspace").sandbox{}:describe("http://x").credentials
    for _, secret in pairs(user) do
      assert.is_nil(secret ~= user.username and printed:find(tostring(secret), 1, true) or nil)
    end
    assert.is_nil(printed:find("X%-Auth%-Token"))
  end)
end)
