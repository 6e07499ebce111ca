--- 02-xml_answers_spec.lua - XML that no service should send, but may
-- SPDX-License-Identifier: MIT
local accounts = require("rackspace.accounts").by_name
local xml = require("rackspace.call.xml")

describe("XML of an account", function()
  it("may have an attribute where a list belongs: the list counts", function()
    assert.same({ id = "1", link = { { rel = "via", href = "h" } } },
      xml.decode('<account id="1" link="x"><link rel="via" href="h"/></account>', accounts.get))
  end)

  -- A name was searched for its end from each byte of its namespace: with
  -- these sizes, for hours.
  it("may have a namespace as long as the answer itself", function()
    local text = ('<a:account xmlns:a="%s" a:id="1">%s</a:account>')
      :format(("n"):rep(200000), ('<a:link rel="via" a:href="h"/>'):rep(100))
    local account = xml.decode(text, accounts.get)
    assert.equal("1", account.id)
    assert.equal(100, #account.link)
    assert.same({ rel = "via", href = "h" }, account.link[100])
  end)
end)
