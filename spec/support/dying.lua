--- dying.lua - runs a script that is killed at its n-th step, on a clock that moves
-- SPDX-License-Identifier: MIT
--
-- rackspace dying.lua URL N SCRIPT ARGUMENTS...
--
-- A step is a request that is about to leave, an answer that has come, and a
-- write or a flush of a file, before and after. Waiting takes no time: the
-- script's clock and the sandbox's are moved on instead.
local core = require("rackspace.core")
local rackspace = require("rackspace")
local unpack = table.unpack or unpack -- luacheck: ignore 143

local url, last, path = ...
local arguments = { select(4, ...) }
local steps = 0

--- At the last step the shell kills its parent, which this is.
local function step()
  steps = steps + 1
  if steps == tonumber(last) then
    os.execute("kill -9 $PPID")
  end
end

local proxy_mt = { __index = function(proxy, name)
  return function(_, ...)
    local is_step = name == "write" or name == "flush"
    if is_step then
      step()
    end
    local result = { proxy.file[name](proxy.file, ...) }
    if is_step then
      step()
    end
    return unpack(result)
  end
end }

local open = io.open
io.open = function(name, mode) -- luacheck: ignore 122
  local file, message = open(name, mode)
  return file and setmetatable({ file = file }, proxy_mt), message
end

local moved = 0
local aside = assert(rackspace.new{ sandbox = url })
local clock = {}
function clock.time() return core.now() + moved end
function clock.monotonic() return core.monotonic() + moved end
function clock.sleep(seconds)
  moved = moved + seconds
  assert(aside.transport{ method = "POST", url = url .. "/sandbox/advance", timeout = 10,
    operation = "advance", headers = { ["Content-Type"] = "application/json",
      ["X-Sandbox-Token"] = os.getenv("RACKSPACE_SANDBOX_TOKEN") },
    body = ('{"seconds":%.17g}'):format(seconds) })
end

local new = rackspace.new
function rackspace.new()
  local rs = assert(new{ sandbox = url, clock = clock })
  rs:on("request", step)
  rs:on("response", step)
  return rs
end

assert(loadfile(path))(unpack(arguments))
