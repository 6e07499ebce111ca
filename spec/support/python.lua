--- python.lua - whether there is a Python to judge by
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local found

--- Ends a spec as pending where there is no python3.
-- @param pending function: the spec's own `pending`
return function(pending)
  if found == nil then
    found = support.output("python3 -c 'print(7)' 2>/dev/null") == "7\n"
  end
  if not found then
    pending("python3 is not here")
  end
end
