--- sandbox_bodies_spec.lua - bodies that the sandbox's Email & Apps can't read
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local in_process = require("spec.support.in_process")

local FORM, JSON = "application/x-www-form-urlencoded", "application/json"

describe("the sandbox's Email & Apps", function()
  local box

  before_each(function()
    box = in_process.start{ limits = false }
  end)

  local function ask(method, target, kind, body)
    local keys = box.users.demo.email
    local signature = core.signature(keys.user_key, "A", "20010308143725", keys.secret_key)
    return box:send(method, target, { ["user-agent"] = "A", accept = JSON,
      ["x-api-signature"] = signature:reveal(), ["content-type"] = kind }, body)
  end

  local unreadable = {
    { JSON, '{"name":' }, { JSON, "name=New" }, { JSON, "[]" }, { JSON, '["name"]' },
    { JSON, '"name"' }, { JSON, "5" }, { JSON, "null" }, { JSON, "\0" },
    { FORM, '{"name":"New"}' }, { FORM, '{"name":"a=b"}' }, { FORM, "name" },
    { FORM, "name=%zz" }, { FORM, "name=a%2" }, { FORM, "name=a\0b" },
    { FORM, "name=New&rest" }, { FORM, "<customer/>" }, { nil, '{"name":"New"}' },
    { "text/xml", "<customer><name>New</name></customer>" }, { "text/plain", "name=New" },
    { "multipart/form-data; boundary=x", "--x\r\n\r\n--x--\r\n" },
  }

  it("refuses them with 400 in POST and PUT alike, and changes nothing", function()
    local before = ask("GET", "/v1/customers", nil).body
    for _, case in ipairs(unreadable) do
      for method, target in pairs{ POST = "/v1/customers", PUT = "/v1/customers/460181" } do
        local answer = ask(method, target, case[1], case[2])
        assert.equal(400, answer.status, method .. " " .. case[2])
        assert.matches("can not be read", answer.value.badRequestFault.message)
      end
      assert.equal(400, ask("POST", "/v1/customers/me/loginToken", case[1], case[2]).status)
    end
    assert.equal(before, ask("GET", "/v1/customers", nil).body)
  end)

  it("reads those that people write", function()
    for _, case in ipairs{ { FORM, "name=New Name" }, { FORM, "name=Caf\195\169" },
      { FORM, "name=a%20b&referenceNumber=" }, { FORM, "name=a=b" }, { nil, "name=a+b" },
      { FORM .. "; charset=utf-8", "name=x" }, { JSON, '{"name":"x"}' },
      { JSON .. "; charset=utf-8", '{"referenceNumber":"7"}' }, { JSON, "{}" },
      { FORM, "city=Austin" }, { FORM, "" }, { JSON, "" } } do
      assert.equal(200, ask("PUT", "/v1/customers/460181", case[1], case[2]).status,
        tostring(case[2]))
    end
  end)

  it("refuses no reader for its body, nor an unknown customer for one", function()
    assert.equal(404, ask("PUT", "/v1/customers/999", JSON, "{").status)
  end)

  it("ignores page where the documents have it, and nowhere else", function()
    local function status(query)
      return ask("GET", "/v1/customers?" .. query, nil).status
    end
    assert.equal(200, status("size=100&page=1"))
    assert.equal(200, status("page=0"))
    for _, page in ipairs{ "2", "10", "-1", "x", "" } do
      assert.equal(400, status("size=1&page=" .. page))
    end
  end)
end)
