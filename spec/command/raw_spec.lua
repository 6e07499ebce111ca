--- raw_spec.lua - requests that no row describes
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local function run(arguments)
  return support.run("--sandbox call " .. arguments)
end

describe("rackspace call", function()
  it("knows the service by the path, or by its name", function()
    local code, out, said = run("get /v1/customer_accounts limit=1 accountType=CLOUD")
    assert.same({ 0, "" }, { code, said })
    assert.equal('["10101"]', support.jq(out, "[.customerAccount[].id]"))
    out = select(2, run("GET '/v1/customer_accounts?limit=1' accountType=MANAGED_HOSTING"))
    assert.equal('["5342844"]', support.jq(out, "[.customerAccount[].id]"))
    out = select(2, run("GET /tenants --service=identity"))
    assert.equal("array", support.jq(out, ".tenants | type"))
    out = select(2, run("GET /v1/customers size=1"))
    assert.equal("1", support.jq(out, ".customers | length"))
  end)

  it("sends a body", function()
    local path = support.write(os.tmpname(), '{"accountId":"hybrid:5342844",'
      .. '"subject":"Raw","category":"Incident","subcategory":"General",'
      .. '"comment":{"text":"x"}}')
    local code, out, said = run("POST /tickets @" .. path)
    assert.same({ 0, "" }, { code, said })
    assert.equal("Raw", support.jq(out, ".subject"))
    out = select(2, run("POST /tickets --dry-run @" .. path))
    assert.matches("^POST http://[^\n]*/tickets\n.*\n\n{.*}\n$", out)
    os.remove(path)
  end)

  it("refuses what is wrong, and what it must not do", function()
    for arguments, expected in pairs{ [""] = { 2, "METHOD is one of" },
      ["GET nowhere"] = { 2, "begins with a slash" },
      ["GET /nowhere"] = { 2, "%-%-service=customer|customer_openapi|email" },
      ["GET /x --service=custmer"] = { 2, "did you mean 'customer'" },
      ["GET /tickets what"] = { 2, "neither name=value nor @FILE" },
      ["GET /tickets @/none/there"] = { 2, "/none/there" },
      ["DELETE /v1/customers/1"] = { 8, "%-%-yes" },
      ["POST /tickets --read-only"] = { 8, "read%-only" },
      ["GET /v1/customer_accounts/CLOUD/9"] = { 4, "404" } } do
      local code, out, said = run(arguments)
      assert.equal(expected[1], code, arguments .. said)
      assert.equal("", out)
      assert.matches(expected[2], said)
    end
  end)
end)
