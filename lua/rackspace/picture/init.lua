--- init.lua - finds the picture of an operation's result
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")

local picture = {}

-- The module that draws an operation's result.
local modules = { ["accounts.timeline"] = "timeline" }

--- Returns a sorted list of the operations whose results have a picture.
function picture.names()
  return members.keys(modules)
end

--- Returns the functions that draw an operation's result, or nil.
-- @param operation string: its full name, such as "accounts.timeline"
-- @return { text =, svg =, html =, lines = }, each a function(result, options)
function picture.of(operation)
  local name = modules[operation]
  return name and require("rackspace.picture." .. name) or nil
end

return picture
