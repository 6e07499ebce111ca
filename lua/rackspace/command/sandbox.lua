--- sandbox.lua - `rackspace sandbox`: a sandbox over HTTP, until interrupted
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local rackspace = require("rackspace")
local sandbox_server = require("rackspace.sandbox.server")

local known = {
  ["--port"] = { field = "port", most = 65535 },
  ["--accounts"] = { field = "accounts", most = 100000000 },
  ["--seed"] = { field = "seed", most = 2147483647 },
  ["--customers"] = { field = "customers", most = 10000 },
  ["--limits"] = { field = "limits", one_of = { on = true, off = true },
    wanted = '"on" or "off"' },
  ["--state"] = { field = "state" },
  ["--faults"] = { field = "faults" },
  ["--dialect"] = { field = "dialect", one_of = { reference = true,
    openapi = true }, wanted = '"reference" or "openapi"' },
}

--- The value of an option, or nil and what it should be.
local function read_value(option, text)
  if option.one_of then
    return option.one_of[text or ""] and text or nil, option.wanted
  elseif not option.most then
    return text ~= "" and text or nil, "a file"
  end
  local number = text and text:match("^%d+$") and tonumber(text)
  return number and number <= option.most and number or nil,
    ("a whole number up to %d"):format(option.most)
end

--- The options from the arguments after "sandbox"; nil and what is wrong with
-- them.
local function read_options(arguments)
  local options, i = {}, 2
  while arguments[i] do
    local name, value = arguments[i]:match("^(%-%-%l+)=(.*)$")
    name = name or arguments[i]
    if name == "--with-stdin" then
      options.with_stdin = true
    elseif not known[name] then
      return nil, ("sandbox has no option '%s'"):format(arguments[i])
    else
      if not value then
        i = i + 1
        value = arguments[i]
      end
      local given, wanted = read_value(known[name], value)
      if not given then
        return nil, ("%s needs %s"):format(name, wanted)
      end
      options[known[name].field] = given
    end
    i = i + 1
  end
  return options
end

local function announce(server, host)
  local description = server.sandbox:describe(server:url())
  description.pid = host.pid()
  io.write((assert(json.encode(description)):gsub("\\/", "/")), "\n")
  io.flush()
end

local function serve(server, options, host)
  announce(server, host)
  if options.with_stdin then
    host.end_with_stdin()
  end
  while true do
    server:step(60)
  end
end

--- Serves. Returns the exit code, and what went wrong.
-- @param protect function(fn, ...) that calls fn(...) and returns as pcall,
--   with "interrupted" for the error of an interrupt
local function run(arguments, host, protect)
  local options, problem = read_options(arguments)
  if not options then
    return 2, problem
  end
  local server, message = sandbox_server.new(options, rackspace.sandbox)
  if not server then
    return 1, message
  end
  local _, reason = protect(serve, server, options, host)
  server:close()
  if reason ~= "interrupted" then
    return 1, reason
  end
  return 0
end

return { known = known, run = run }
