--- select_spec.lua - the server on a libmicrohttpd without epoll
-- SPDX-License-Identifier: MIT

-- Stands before libmicrohttpd's own answer, as on a system without epoll.
local SHIM = [[
#include <stdlib.h>
int MHD_is_feature_supported(int feature);
int MHD_is_feature_supported(int feature) { return feature < 0; }
int epoll_create1(int flags);
int epoll_create1(int flags) { (void)flags; abort(); }
]]

local build = os.getenv("RACKSPACE_BUILD")

local function is_sanitized()
  for line in io.lines(build .. "/CMakeCache.txt") do
    if line == "RACKSPACE_SANITIZE:BOOL=ON" then
      return true
    end
  end
  return false
end

local function output(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read("*a")
  pipe:close()
  return text
end

describe("httpd without epoll", function()
  if is_sanitized() then
    pending("the sanitizer's library must be the first one")
    return
  end

  it("passes the same specs, by select", function()
    local shim = os.tmpname()
    local pipe = assert(io.popen("cc -shared -fPIC -x c -o " .. shim .. " -",
      "w"))
    pipe:write(SHIM)
    pipe:close()
    local said = output(("RACKSPACE_SPEC_UNDER='env LD_PRELOAD=%s' "
      .. "script/specs %s %s spec/httpd/httpd_spec.lua 2>&1"):format(shim,
        os.getenv("RACKSPACE_SPEC_LUA"), build))
    os.remove(shim)
    assert.matches("%d+ successes / 0 failures / 0 errors / 0 pending", said)
  end)
end)
