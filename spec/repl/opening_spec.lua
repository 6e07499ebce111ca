--- opening_spec.lua - the lines that make the session of a saved script
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local opening_of = require("rackspace.repl.opening")
local rackspace = require("rackspace")
local support = require("spec.sandbox.support")

describe("the opening of a saved script", function()
  after_each(file.clean)

  it("is the sandbox that there was, by its URL", function()
    assert.equal("rs = assert(rackspace.new{ sandbox = true })",
      opening_of(rackspace.new{ sandbox = true }))
    assert.equal('rs = assert(rackspace.new{ sandbox = true, dialect = "openapi", ' ..
      "read_only = true })",
      opening_of(rackspace.new{ sandbox = true, dialect = "openapi", read_only = true }))
    local box = assert(support.serve())
    assert.equal(("rs = assert(rackspace.new{ sandbox = %q })"):format(box.url),
      opening_of(rackspace.new{ sandbox = box.url }))
    box:finish()
  end)

  it("is the same user at the same endpoints, without secrets", function()
    local text = opening_of(rackspace.new{ username = "alice", api_key = "s3cr3t-key",
      region = "UK", endpoints = { customer = "https://c.example/x" }, cache = false })
    assert.equal('rs = assert(rackspace.new{ endpoints = { customer = "https://c.example/x", ' ..
      'customer_openapi = "https://c.example/x" }, region = "UK" })\n' ..
      'assert(tostring(rs) == "session (alice)",\n' ..
      '  "this script was saved by a session of alice")', text)
    assert.matches("rackspace.new%(%)%)$", opening_of(rackspace.new{ token = "s3cr3t-token",
      cache = false }))
  end)

  it("is the profile by its name, which a saved script then uses", function()
    local folder = file.folder()
    file.write(folder .. "/config", "[default]\nusername = ann\napi_key = 1\n" ..
      "[work]\nusername = bob\napi_key = 2\n", "600")
    local settings = ("env HOME=%s RACKSPACE_CONFIG=%s/config "):format(folder, folder)
    for name, arguments in pairs{ work = "--profile=work", default = "" } do
      local path = ("%s/%s.lua"):format(folder, name)
      file.write(folder .. "/typed", ("x = 1\nsave(%q)\n"):format(path))
      support.output(("%s%s %s -i -e 'y = 1' < %s/typed 2>&1"):format(settings,
        support.quote(support.program), arguments, folder))
      local text = file.read(path)
      assert.is_truthy(text:find(('rackspace.new{ profile = "%s" }'):format(name), 1, true), text)
      assert.same({ 0, "", "" }, { support.run(path, settings) })
    end
    local code, _, said = support.run(folder .. "/work.lua", settings ..
      "RACKSPACE_SANDBOX=1")
    assert.equal(1, code)
    assert.matches("this script was saved by a session of bob", said)
  end)
end)
