--- script_spec.lua - the script of pages, and the policy that lets it run
-- SPDX-License-Identifier: MIT
local script = require("rackspace.picture.script")
local support = require("spec.sandbox.support")

describe("the pages' script", function()
  it("is what the policy names, as openssl has it", function()
    local folder = support.folder()
    local path = support.write(folder .. "/script", script.text)
    local digest = support.output(("openssl dgst -sha256 -binary %s | " ..
      "openssl base64 -A"):format(support.quote(path)))
    support.remove(folder)
    assert.equal(44, #digest)
    assert.equal("script-src 'sha256-" .. digest .. "'", script.policy():match("script%-src [^;]*"))
  end)

  it("can stand in a page", function()
    assert.is_nil(script.text:find("</", 1, true))
    assert.is_nil(script.text:find("<!--", 1, true))
    assert.is_nil(script.text:find("[\128-\255]"))
  end)
end)
