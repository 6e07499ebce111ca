--- 105-programs-with-another-lua_spec.lua - a host that exports another Lua
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local support = require("spec.sandbox.support")

local build = os.getenv("RACKSPACE_BUILD") or "build/lua5.4"

local program = [[
#include <errno.h>
#include <stdio.h>
#include "rackspace.h"
int main(void)
{
  rackspace *rs = rackspace_new(NULL);
  printf("%d %d %s\n", rs != NULL, errno == ENOTSUP,
         rackspace_error(rs)->message);
  rackspace_free(rs);
  return 0;
}
]]

describe("a program that exports Lua", function()
  after_each(file.clean)

  for _, other in ipairs{ "5.1", "5.2", "5.3", "jit-5.1" } do
    local archive = support.output("gcc -print-file-name=liblua" .. other ..
      ".a"):gsub("\n$", "")
    if not archive:find("/", 1, true) or
        not support.output("ls " .. build):find("librackspace.so", 1, true) then
      pending(other .. " (no static library of it here)")
    else
      it(other .. " is told so by a library for 5.4", function()
        local folder = file.folder()
        local source = file.write(folder .. "/host.c", program)
        file.run("gcc -Isrc '%s' -o '%s/host' -rdynamic " ..
          "-Wl,--whole-archive '%s' -Wl,--no-whole-archive '%s/librackspace.so' " ..
          "-Wl,-rpath,'%s' -lm -ldl", source, folder, archive, build, build)
        assert.matches("^0 1 librackspace needs the Lua 5.4 ",
          support.output("'" .. folder .. "/host' 2>&1"))
      end)
    end
  end
end)
