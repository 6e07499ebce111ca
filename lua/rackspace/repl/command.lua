--- command.lua - words of the prompt that do something when they stand alone
-- SPDX-License-Identifier: MIT

local command_mt = { __name = "rackspace.command" }

function command_mt:__call(...)
  return self.run(...)
end

function command_mt:__tostring()
  return self.name
end

--- A function that is called without brackets too, when it is all of a line.
local function new(name, run)
  return setmetatable({ name = name, run = run }, command_mt)
end

local function is_command(object)
  return type(object) == "table" and getmetatable(object) == command_mt
end

return { is_command = is_command, new = new }
