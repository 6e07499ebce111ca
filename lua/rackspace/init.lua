--- init.lua - Rackspace's account-facing APIs for Lua
-- SPDX-License-Identifier: MIT
local rackspace = { _VERSION = "0.1.0" }

--- Points settings at a sandbox. Returns them, or nil, a problem and its kind.
local function use_sandbox(settings, choice)
  local sandbox = require("rackspace.sandbox.attach")
  return sandbox.attach(settings, choice, require("rackspace.services"))
end

--- Returns the choice of a sandbox: that of the settings, else the value of
-- RACKSPACE_SANDBOX, true for "1"; or false.
local function sandbox_choice(settings)
  if settings.sandbox ~= nil then
    return settings.sandbox
  end
  local variable = os.getenv("RACKSPACE_SANDBOX")
  if not variable or variable == "" or variable == "0" then
    return false
  end
  return variable == "1" and true or variable
end

--- Whether the environment makes every session read-only.
local function is_read_only()
  local variable = os.getenv("RACKSPACE_READ_ONLY")
  return variable ~= nil and variable ~= "" and variable ~= "0"
end

--- Creates a session, which has the settings and credentials of its calls.
-- Credentials and endpoints that `options` lacks come from RACKSPACE_* and RS_*
-- in the environment, then from ~/.config/rackspace/config and the files of
-- rack and pyrax. An unknown or wrong setting raises.
-- @param options table or nil: username, api_key, password, token, tenant,
--   profile, region, endpoints, timeout (seconds) and others, as the reference
--   lists them
-- @return the session; or nil, a message and an error value, of the kind
--   "config" when there are no usable credentials, or "file" when a file with
--   credentials can't be read
function rackspace.new(options)
  if options ~= nil and type(options) ~= "table" then
    error("rackspace.new: settings must be a table, not a " .. type(options),
      2)
  end
  local services = require("rackspace.services")
  local settings_of = require("rackspace.session.settings")
  local endpoints = services.endpoints()
  local settings, problem = settings_of.check(options or {}, endpoints)
  if not settings then
    error("rackspace.new: " .. problem, 2)
  end
  local fault = require("rackspace.base.fault")
  local returned = require("rackspace.base.returned")
  local choice = sandbox_choice(settings)
  local kind, lacks
  if settings.log == nil then
    local log = require("rackspace.call.log")
    settings.log, problem = log.from_environment(os.getenv)
  end
  if problem then
    settings = nil
  elseif choice then
    settings, problem, kind = use_sandbox(settings, choice)
  else
    settings, problem, kind, lacks = settings_of.complete(settings, endpoints,
      os.getenv)
  end
  if not settings then
    return returned.pass(fault.fail(fault.new{ kind = kind or "config",
      lacks = lacks, operation = "rackspace.new", text = problem }))
  end
  settings.read_only = settings.read_only or is_read_only()
  settings_of.forget_secrets(settings)
  return require("rackspace.session").new(settings, services)
end

--- Creates a sandbox of the services, for the setting `sandbox`. A wrong option
-- raises.
-- @param options table or nil: accounts, their number (137); seed, an integer
--   (1); state, the path of a file that keeps changes; faults, the path of a
--   JSON list of fault rules; dialect, "reference" or "openapi"; limits, false
--   for no rate limits; token_seconds, the lifetime of tokens (86400);
--   customers, the number of the Email & Apps reseller's customers (3);
--   short_pages, whether pages have half as many items as were asked for;
--   lagging_totals, whether totals count an item that is gone; inclusive,
--   whether a page begins with its marker's item; clock, a function that
--   returns the seconds since 1970
-- @return the sandbox; or nil and a message when one of the files can't be used
function rackspace.sandbox(options)
  return require("rackspace.sandbox").new(options,
    require("rackspace.services"))
end

--- Returns the seconds since 1970 of a date in ISO 8601 or in a format of HTTP,
-- as the services write them.
-- @param text string
-- @return number; or nil and a message when it is not such a date
function rackspace.time(text)
  if type(text) ~= "string" then
    error("rackspace.time: takes a string, not a " .. type(text), 2)
  end
  return require("rackspace.core").time(text)
end

return rackspace
