--- late_spec.lua - libraries that the program loads when it needs them
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

describe("a library that the program holds", function()
  local folder

  -- A file of the library's name that is none, where the linker looks first.
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

  it("is not looked for by what needs none", function()
    for _, arguments in ipairs{ "help concepts", "--version",
        "completion bash", "-e 'print(1)'" } do
      local code, out, complaint = run(arguments)
      assert.equal("", complaint)
      assert.equal(0, code)
      assert.not_equal("", out)
    end
  end)

  it("ends what needs it like the dynamic linker, when it can't be used",
      function()
    for arguments, name in pairs{ ["accounts.list"] = "libcurl.so.4",
        sandbox = "libmicrohttpd.so.12" } do
      local code, out, complaint = run(arguments)
      assert.equal(127, code)
      assert.equal("", out)
      assert.equal(("rackspace: %s/%s: file too short\n"):format(folder, name),
        complaint)
    end
  end)
end)
