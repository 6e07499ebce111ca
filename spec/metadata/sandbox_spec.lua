--- sandbox_spec.lua - the sandbox's metadata, asked by curl
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local jq = support.jq

local list = "/v1/customer_accounts/CLOUD/10101/metadata"

describe("the sandbox's metadata", function()
  local box

  setup(function()
    box = support.serve_user()
  end)

  teardown(function()
    assert.equal(0, (box:finish()))
  end)

  it("has the documented shape", function()
    assert.equal('{"metadata":{"billing:somekey":"a value billing cares about",' ..
      '"some:key":"Some Value","support:level":"navigator"}}', jq(box:get(list).body, "."))
    assert.equal('{"meta":{"some:key":"Some Value"}}', jq(box:get(list .. "/some:key").body, "."))
    assert.equal('["createdBy","createdDate","key","lastUpdatedBy","lastUpdatedDate",' ..
      '"value"]', jq(box:get(list .. "/some:key/detail").body, "keys"))
  end)

  it("takes a key's colon as it is and encoded", function()
    for _, tail in ipairs{ "", "/detail" } do
      local plain = box:get(list .. "/some:key" .. tail)
      assert.equal(200, plain.status)
      assert.equal(plain.body, box:get(list .. "/some%3Akey" .. tail).body)
      assert.equal(plain.body, box:get(list .. "/some%3akey" .. tail).body)
    end
    local key = "/creation:faws:servicelevelid"
    local other = "/v1/customer_accounts/FANATICAL_SUPPORT_FOR_AWS/75842862/metadata"
    assert.equal(200, box:get(other .. key).status)
  end)

  it("leaves restricted namespaces out, and refuses them by name", function()
    local answer = box:get(list .. "/internal:score")
    assert.equal(403, answer.status)
    assert.equal("403", jq(answer.body, ".forbidden.code"))
    assert.matches("'internal' is restricted", jq(answer.body, ".forbidden.message"))
    assert.equal(403, box:get(list .. "/internal:other/detail").status)
    assert.equal(404, box:get(list .. "/internals:score").status)
    assert.equal(404, box:get(list .. "/internal").status)
  end)

  it("is not there when its account isn't", function()
    assert.equal(404, box:get("/v1/customer_accounts/CLOUD/1/metadata").status)
    assert.equal(404, box:get("/v1/customer_accounts/CLOUD/1/metadata/internal:score").status)
    assert.equal(404, box:get(list .. "/none:such").status)
    assert.equal(405, box:get(list, "-X", "PUT").status)
  end)
end)
