--- sandbox_spec.lua - the sandbox's contacts, asked by curl
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

local list = "/v1/customer_accounts/CLOUD/10101/contacts"

describe("the sandbox's contacts", function()
  local box

  setup(function()
    box = support.serve_user()
  end)

  teardown(function()
    assert.equal(0, (box:finish()))
  end)

  it("have the documented shape, in a list and alone", function()
    assert.equal('["contact","link"]', box:read(list, "keys"))
    assert.equal("[]", box:read(list, ".link"))
    local one = box:read(list, ".contact[0].link[0].href")
    assert.equal(box.url .. list .. "/RPN-823-034-233", one)
    assert.equal('["via"]', box:read(list, "[.contact[].link[].rel] | unique"))
    assert.equal(box:read(list, ".contact[0] | del(.link)"), box:read(one, "."))
    assert.equal('["addresses","contactNumber","emailAddresses","firstName",' ..
      '"lastName","lastUpdatedBy","lastUpdatedDate","notificationPreferences",' ..
      '"phoneNumbers","rcn","roles","suffix","title","username"]', box:read(one, "keys"))
    assert.equal('{"role":["PRIMARY"]}', box:read(one, ".roles"))
    assert.equal('[{"country":"US","mask":"(###)-###-####","number":"2105550100",' ..
      '"primary":true,"smsVerify":false}]', box:read(one, ".phoneNumbers.phoneNumber"))
    assert.equal('["boolean"]', box:read(one, "[.notificationPreferences[] | type] | unique"))
  end)

  it("are linked by markers that are small numbers", function()
    local seen, target, markers = 0, list .. "?limit=2&role=TECHNICAL", {}
    assert.equal("2", box:read(target, ".contact | length"))
    target = list .. "?limit=2"
    while target ~= "" do
      seen = seen + tonumber(box:read(target, ".contact | length"))
      target = box:read(target, '.link[] | select(.rel == "next") | .href')
      markers[#markers + 1] = target:match("marker=(%d+)&limit=2$")
    end
    assert.equal(5, seen)
    assert.same({ "2", "4" }, markers)
    target = box:read(list .. "?limit=1&role=TECHNICAL", ".link[0].href")
    assert.equal(box.url .. list .. "?marker=1&limit=1&role=TECHNICAL", target)
    assert.equal('["Katie"]', box:read(target, "[.contact[].firstName]"))
  end)

  it("end where there are no more, and refuse a marker that is none", function()
    assert.equal('{"contact":[],"link":[]}', box:read(list .. "?marker=5", "."))
    assert.equal('{"contact":[],"link":[]}', box:read(list .. "?marker=99999", "."))
    for _, marker in ipairs{ "x", "RPN-823-034-233", "", "-1", "9999999999" } do
      local answer = box:get(list .. "?marker=" .. marker)
      assert.equal(400, answer.status)
      assert.equal("400", jq(answer.body, ".badRequest.code"))
    end
    for _, limit in ipairs{ "0", "1001", "x", "1000" } do
      assert.equal("5", box:read(list .. "?limit=" .. limit, ".contact | length"))
    end
  end)

  it("are not there for others", function()
    assert.equal(404, box:get(list .. "/RPN-1").status)
    assert.equal(404, box:get("/v1/customer_accounts/CLOUD/1/contacts").status)
    local own = box.token
    box.token = support.token(box, 2)
    assert.equal(404, box:get(list).status)
    box.token = own
    assert.equal(401, curl(box.url .. list).status)
  end)
end)
