--- init.lua - the pictures that there are of what operations give
-- SPDX-License-Identifier: MIT
local picture = {}

-- By the operation, the module that draws its result: text, svg and html.
local modules = { ["accounts.timeline"] = "rackspace.picture.timeline" }

--- The pictures of an operation's result, or nil: { text =, svg =, html =,
-- lines = }, functions of the result and options.
function picture.of(operation)
  local name = modules[operation]
  return name and require(name) or nil
end

return picture
