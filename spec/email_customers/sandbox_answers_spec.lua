--- sandbox_answers_spec.lua - the sandbox's Email & Apps answers
-- SPDX-License-Identifier: MIT
local answers = require("rackspace.email_customers.sandbox.answers")

describe("an answer of Email & Apps", function()
  it("has the form that Accept asks for", function()
    assert.equal("json", answers.format("application/json"))
    assert.equal("json", answers.format("text/xml;q=0.5, Application/JSON"))
    assert.equal("xml", answers.format("text/xml"))
    assert.equal("xml", answers.format("*/*"))
    assert.equal("xml", answers.format(nil))
    assert.is_nil(answers.format("text/html"))
  end)

  it("escapes what XML must not hold", function()
    local _, body = answers.give({ headers = { accept = "text/xml" } }, "customer",
      { name = '<a & "b">' })
    assert.matches("<name>&lt;a &amp; &quot;b&quot;&gt;</name></customer>$", body)
  end)

  it("dates as the service does", function()
    assert.equal("4/11/2014 3:03:24 PM", answers.date(1397228604))
    assert.equal("1/1/1970 12:00:00 AM", answers.date(0))
    assert.equal("1/1/1970 12:59:59 PM", answers.date(46799.9))
  end)

  it("names faults by their status, in both places", function()
    for status, name in pairs{ [400] = "badRequestFault", [403] = "unauthorizedFault",
      [404] = "itemNotFoundFault", [500] = "appsFault", [409] = "appsFault" } do
      local given, body, headers = answers.fault(status, "It is so")
      assert.equal(status, given)
      assert.equal("It is so", body[name].message)
      assert.equal("It is so", headers["x-error-message"])
    end
  end)
end)
