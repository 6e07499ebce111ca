--- late_spec.lua - libraries that the program loads at their first use
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

describe("a library that the program loads late", function()
  local folder

  -- Unusable files with the libraries' names, where the linker looks first.
  setup(function()
    folder = support.folder()
    support.write(folder .. "/libcurl.so.4", "no library\n")
    support.write(folder .. "/libmicrohttpd.so.12", "no library\n")
  end)

  teardown(function()
    support.remove(folder)
  end)

  local function run(arguments)
    return support.run(arguments, "env LD_LIBRARY_PATH=" .. folder ..
      " RACKSPACE_USERNAME=user RACKSPACE_API_KEY=key")
  end

  local function problem(name)
    return ("%s/lib%s.so.%d: file too short; install lib%s (Debian: "):format(
      folder, name, name == "curl" and 4 or 12, name)
  end

  it("is not loaded by what doesn't need it", function()
    for _, arguments in ipairs{ "help concepts", "--version",
        "completion bash", "-e 'print(1)'" } do
      local code, out, complaint = run(arguments)
      assert.equal("", complaint)
      assert.equal(0, code)
      assert.not_equal("", out)
    end
  end)

  it("is an error of configuration where it can't be loaded", function()
    local code, out, complaint = run("accounts.list")
    assert.same({ 3, "" }, { code, out })
    assert.equal(("rackspace: rackspace.new: %slibcurl4)\n"):format(problem("curl")), complaint)
    code, out, complaint = run("--sandbox=http://127.0.0.1:1 accounts.list")
    assert.same({ 3, "" }, { code, out })
    assert.equal(("rackspace: rackspace.new: %slibcurl4)\n"):format(problem("curl")), complaint)
    code, out, complaint = run("sandbox")
    assert.same({ 3, "" }, { code, out })
    assert.equal(("rackspace: %slibmicrohttpd12)\n"):format(
      problem("microhttpd")), complaint)
  end)

  it("leaves the script running where it can't be loaded", function()
    local code, out, complaint = run([[-e '
      local core = require("rackspace.core")
      print(core.client())
      print(core.url.fault("https://example.com/"))
      print(select(2, pcall(require, "rackspace.httpd")).kind)']])
    assert.same({ 0, "" }, { code, complaint })
    assert.equal(("nil\tno HTTP client could be made: %slibcurl4)\n"
      .. "%slibcurl4)\nconfig\n"):format(problem("curl"), problem("curl")), out)
  end)
end)
