--- node.lua - programs of spec/support/node, run by Node.js where it is
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local support = require("spec.sandbox.support")

-- Where script/setup puts the packages of spec/support/node/package.json.
local PACKAGES = "build/node/node_modules"

--- Why a spec that needs these packages is pending, or nil.
local function problem()
  if support.output("command -v node") == "" then
    return "node is not here"
  elseif support.output("test -d " .. PACKAGES .. " && echo yes") == "" then
    return "script/setup test could not install the packages of node"
  end
end

--- The command that runs a program of spec/support/node with arguments.
local function command(program, ...)
  local words = { ("env NODE_PATH=%s node spec/support/node/%s"):format(PACKAGES, program) }
  for i = 1, select("#", ...) do
    words[i + 1] = "'" .. select(i, ...) .. "'"
  end
  return table.concat(words, " ")
end

--- Starts a program, which ends with its standard input.
local function start(...)
  return child.start(command(...))
end

return { command = command, problem = problem, start = start }
