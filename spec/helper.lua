--- helper.lua - what every spec is held to: no globals, all garbage collected
-- SPDX-License-Identifier: MIT
local busted = require("busted")

-- What busted itself puts into the environment of a spec.
local BUSTED_NAMES = { finally = true, randomize = true }

local function is_busted_name(name)
  return BUSTED_NAMES[name] or busted[name] ~= nil
end

-- Busted catches what a spec assigns before it reaches _G: look there.
local function take_global(element)
  local env = element.env or {}
  for name in pairs(env) do
    if not is_busted_name(name) then
      env[name] = nil
      return name
    end
  end
  return nil
end

local function refuse_globals(element)
  while element do
    local name = take_global(element)
    if name then
      error("a spec created the global '" .. tostring(name) .. "'", 0)
    end
    element = busted.parent(element)
  end
end

-- Twice: the first run calls finalizers, the second frees what they held.
local function collect()
  collectgarbage()
  collectgarbage()
end

local function finish_test(element)
  collect()
  refuse_globals(element)
  return nil, true
end

setmetatable(_G, {
  __newindex = function(_, name)
    error("the global '" .. tostring(name) .. "' was created", 2)
  end,
})

if os.getenv("RACKSPACE_SPEC_GC") == "1" then
  collectgarbage("incremental") -- not so from the beginning in Lua 5.4
  collectgarbage("setpause", 0)
end

busted.subscribe({ "test", "end" }, finish_test)
busted.subscribe({ "file", "end" }, finish_test)
