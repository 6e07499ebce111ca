--- chosen.lua - whether this run is one for what two Luas are enough to show
-- SPDX-License-Identifier: MIT

local lua = os.getenv("RACKSPACE_SPEC_LUA")
local is_plain = not (os.getenv("LD_PRELOAD") or os.getenv("RACKSPACE_SPEC_GC") or
  os.getenv("RACKSPACE_SPEC_UNDER"))

return is_plain and (lua == "lua5.4" or lua == "luajit")
