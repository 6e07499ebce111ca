--- 02-timeline.lua - draws what happened to an account
-- SPDX-License-Identifier: MIT
--
-- rackspace --sandbox examples/02-timeline.lua CLOUD/10101 svg >timeline.svg
-- rackspace --sandbox examples/02-timeline.lua CLOUD/10101     in the terminal
local rackspace = require("rackspace")
local picture = require("rackspace.picture").of("accounts.timeline")

local name, form, extra = ...
local draw = picture[form or "text"]
if not draw or extra then
  io.stderr:write("usage: 02-timeline.lua [TYPE/ID [text|svg|html]]\n")
  os.exit(2)
end

local rs = assert(rackspace.new())
local account = assert(rs.accounts:get(name or "CLOUD/10101"))
local changes = assert(rs.accounts:timeline(account))
io.write(draw(changes, { account = account }))
