--- contacts_spec.lua - the sandbox's contacts, asked by curl
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

local list = "/v1/customer_accounts/CLOUD/10101/contacts"

describe("the sandbox's contacts", function()
  local box, token

  setup(function()
    box = assert(support.serve())
    token = support.token(box)
  end)

  teardown(function()
    assert.equal(0, (box:finish()))
  end)

  local function get(target)
    return curl("-H", "X-Auth-Token: " .. token,
      target:find("^http") and target or box.url .. target)
  end

  local function read(target, filter)
    local answer = get(target)
    assert.equal(200, answer.status)
    return jq(answer.body, filter)
  end

  it("have the documented shape, in a list and alone", function()
    assert.equal('["contact","link"]', read(list, "keys"))
    assert.equal("[]", read(list, ".link"))
    local one = read(list, ".contact[0].link[0].href")
    assert.equal(box.url .. list .. "/RPN-823-034-233", one)
    assert.equal('["via"]', read(list, "[.contact[].link[].rel] | unique"))
    assert.equal(read(list, ".contact[0] | del(.link)"), read(one, "."))
    assert.equal('["addresses","contactNumber","emailAddresses","firstName",' ..
      '"lastName","lastUpdatedBy","lastUpdatedDate","notificationPreferences",' ..
      '"phoneNumbers","rcn","roles","suffix","title","username"]', read(one, "keys"))
    assert.equal('{"role":["PRIMARY"]}', read(one, ".roles"))
    assert.equal('[{"country":"US","mask":"(###)-###-####","number":"2105550100",' ..
      '"primary":true,"smsVerify":false}]', read(one, ".phoneNumbers.phoneNumber"))
    assert.equal('["boolean"]', read(one, "[.notificationPreferences[] | type] | unique"))
  end)

  it("are linked by markers that are small numbers", function()
    local seen, target, markers = 0, list .. "?limit=2&role=TECHNICAL", {}
    assert.equal("2", read(target, ".contact | length"))
    target = list .. "?limit=2"
    while target ~= "" do
      seen = seen + tonumber(read(target, ".contact | length"))
      target = read(target, '.link[] | select(.rel == "next") | .href')
      markers[#markers + 1] = target:match("marker=(%d+)&limit=2$")
    end
    assert.equal(5, seen)
    assert.same({ "2", "4" }, markers)
    target = read(list .. "?limit=1&role=TECHNICAL", ".link[0].href")
    assert.equal(box.url .. list .. "?marker=1&limit=1&role=TECHNICAL", target)
    assert.equal('["Katie"]', read(target, "[.contact[].firstName]"))
  end)

  it("end where there are no more, and refuse a marker that is none", function()
    assert.equal('{"contact":[],"link":[]}', read(list .. "?marker=5", "."))
    assert.equal('{"contact":[],"link":[]}', read(list .. "?marker=99999", "."))
    for _, marker in ipairs{ "x", "RPN-823-034-233", "", "-1", "9999999999" } do
      local answer = get(list .. "?marker=" .. marker)
      assert.equal(400, answer.status)
      assert.equal("400", jq(answer.body, ".badRequest.code"))
    end
    for _, limit in ipairs{ "0", "1001", "x", "1000" } do
      assert.equal("5", read(list .. "?limit=" .. limit, ".contact | length"))
    end
  end)

  it("are not there for others", function()
    assert.equal(404, get(list .. "/RPN-1").status)
    assert.equal(404, get("/v1/customer_accounts/CLOUD/1/contacts").status)
    local own = token
    token = support.token(box, 2)
    assert.equal(404, get(list).status)
    token = own
    assert.equal(401, curl(box.url .. list).status)
  end)
end)
