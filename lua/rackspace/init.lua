--- init.lua - Rackspace's account-facing APIs for Lua
-- SPDX-License-Identifier: MIT
local rackspace = { _VERSION = "0.1.0" }

--- Replaces what a sandbox knows better: its endpoints and its user.
local function use_sandbox(settings, choice)
  local sandbox = require("rackspace.sandbox.attach")
  return sandbox.attach(settings, choice, require("rackspace.services"))
end

--- What the environment says of a sandbox; a script's own choice comes first.
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

--- Whether the environment forbids to write, whatever a script says.
local function is_read_only()
  local variable = os.getenv("RACKSPACE_READ_ONLY")
  return variable ~= nil and variable ~= "" and variable ~= "0"
end

--- A session: settings and an identity, by which everything is called.
-- @param options table or nil: username, api_key, password, token, tenant,
--   profile, region, endpoints, timeout (seconds) and others, as the reference
--   lists them. What it leaves out comes from RACKSPACE_* and RS_* in the
--   environment, then from ~/.config/rackspace/config and the files of rack
--   and pyrax. An unknown or wrong setting raises.
-- @return the session; or nil, a message and an error value: of the kind
--   "config" when there are no credentials or they can't be used, "file" when
--   a file that holds them can't be.
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
  local choice = sandbox_choice(settings)
  local kind
  if settings.log == nil then
    local log = require("rackspace.call.log")
    settings.log, problem = log.from_environment(os.getenv)
  end
  if problem then
    settings = nil
  elseif choice then
    settings, problem, kind = use_sandbox(settings, choice)
  else
    settings, problem, kind = settings_of.complete(settings, endpoints,
      os.getenv)
  end
  if not settings then
    return fault.fail(fault.new{ kind = kind or "config",
      operation = "rackspace.new", text = problem })
  end
  settings.read_only = settings.read_only or is_read_only()
  settings_of.forget_secrets(settings)
  return require("rackspace.session").new(settings, services)
end

--- A sandbox of the services, for the setting `sandbox`.
-- @param options table or nil: accounts, how many there are (137); seed, a
--   number (1); state, a file that keeps what was changed; faults, a file that
--   lists what is to go wrong; dialect, "reference" or "openapi"; limits, false
--   to let any number of calls pass; token_seconds, how long tokens live
--   (86400); customers, how many the Email & Apps reseller has (3); clock, a
--   function that gives the seconds since 1970.
-- @return the sandbox; or nil and a message when its files can't be used
function rackspace.sandbox(options)
  return require("rackspace.sandbox").new(options,
    require("rackspace.services"))
end

--- The seconds since 1970 of a date as the services write them: ISO 8601 or
-- HTTP's forms.
-- @param text string
-- @return number; or nil and a message when it is no date
function rackspace.time(text)
  if type(text) ~= "string" then
    error("rackspace.time: takes a string, not a " .. type(text), 2)
  end
  return require("rackspace.core").time(text)
end

return rackspace
