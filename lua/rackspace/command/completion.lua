--- completion.lua - `rackspace completion`: what a shell completes by
-- SPDX-License-Identifier: MIT
local bash = require("rackspace.command.bash")
local exits = require("rackspace.command.exits")
local fish = require("rackspace.command.fish")
local nearest = require("rackspace.base.nearest")
local zsh = require("rackspace.command.zsh")

local shells = { bash = bash, zsh = zsh, fish = fish }

local function run(invocation)
  local name = invocation.words[1] or ""
  if not shells[name] then
    return exits.usage, ("completion: which shell? bash, zsh or fish%s"):format(
      nearest.hint(name, { "bash", "zsh", "fish" })),
      "rackspace help completion"
  end
  io.write(shells[name]())
  return exits.done
end

return { run = run }
