--- 02-timeline.lua - draws what happened to an account
-- SPDX-License-Identifier: MIT
--
-- rackspace --sandbox examples/02-timeline.lua CLOUD/10101 svg >timeline.svg
-- rackspace --sandbox examples/02-timeline.lua CLOUD/10101     in the terminal
local rackspace = require("rackspace")
local picture = require("rackspace.picture").of("accounts.timeline")

local name, form = ...
local rs = assert(rackspace.new())
local account = assert(rs.accounts:get(name or "CLOUD/10101"))
local changes = assert(rs.accounts:timeline(account))

local draw = picture[form or "text"]
if not draw then
  io.stderr:write("there are pictures as text, svg and html\n")
  os.exit(2)
end
io.write(draw(changes, { account = account }))
