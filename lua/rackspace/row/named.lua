--- named.lua - a call's arguments and parameters in one table, by their names
-- SPDX-License-Identifier: MIT
local members = require("rackspace.base.members")

--- Returns the list of an operation's arguments, with its length as n, from one
-- table of arguments and parameters.
local function by_position(op, given)
  local arguments, parameters = { n = #op.args + 1 }, members.copy(given)
  for i, field in ipairs(op.args) do
    arguments[i], parameters[field.name] = parameters[field.name], nil
  end
  arguments[arguments.n] = next(parameters) ~= nil and parameters or nil
  return arguments
end

return { by_position = by_position }
