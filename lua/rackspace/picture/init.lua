--- init.lua - the pictures that there are of what operations give
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")

local picture = {}

-- By the operation, the module that draws its result.
local modules = { ["accounts.timeline"] = "rackspace.picture.timeline" }

--- The names of the operations that have pictures.
function picture.names()
  return members.keys(modules)
end

--- The pictures of an operation's result, or nil: { text =, svg =, html =,
-- lines = }, functions of the result and options.
function picture.of(operation)
  local name = modules[operation]
  return name and require(name) or nil
end

return picture
