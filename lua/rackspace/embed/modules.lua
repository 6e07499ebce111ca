--- modules.lua - loads all modules that a session can need
-- SPDX-License-Identifier: MIT
local services = require("rackspace.services")

-- The library loads some modules, and builds operations from rows, when they
-- are first needed. A script's limits must not stop that halfway, and a
-- confined script must not load a module, so librackspace does all of it
-- before any script runs.

--- Loads the modules of sessions, of sandboxes and of all services, and
-- lua-expat (lxp) where it is installed.
local function load_all()
  require("rackspace")
  require("rackspace.session")
  require("rackspace.session.settings")
  require("rackspace.call.curl")
  require("rackspace.call.log")
  require("rackspace.call.mask")
  require("rackspace.call.xml").problem() -- loads lxp
  require("rackspace.sandbox")
  require("rackspace.sandbox.attach")
  require("rackspace.sandbox.users")
  require("rackspace.embed.invocation")
  require("rackspace.embed.proxy")
  require("rackspace.embed.settings")
  for name, definition in services.each() do
    services.behaviour(name)
    local _ = definition.operations -- builds them
  end
end

return { load_all = load_all }
