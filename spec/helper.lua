--- helper.lua - what every spec is held to
-- SPDX-License-Identifier: MIT
-- A spec fails when it creates a global; when a client has transfers in flight
-- once the spec and its after_each have run; and when its file, at its end, has
-- left a descriptor open or a process running. Garbage is collected after each
-- spec, so that a finalizer that fails does so there.
local busted = require("busted")
local core = require("rackspace.core")
local leftovers = require("spec.support.leftovers")

-- What busted itself puts into the environment of a spec.
local BUSTED_NAMES = { finally = true, randomize = true }

local clients = setmetatable({}, { __mode = "k" })
local current = "(outside of its specs)"
local before, first_seen

-- ---- globals ----------------------------------------------------------------

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

setmetatable(_G, {
  __newindex = function(_, name)
    error("the global '" .. tostring(name) .. "' was created", 2)
  end,
})

-- ---- transfers --------------------------------------------------------------

local make_client = core.client

--- The same, and the client is remembered.
function core.client(...)
  local client, message = make_client(...)
  if client then
    clients[client] = true
  end
  return client, message
end

local function is_running(client)
  local ok, count = pcall(client.running, client)
  return ok and count > 0 -- a closed client raises
end

local function refuse_transfers()
  for client in pairs(clients) do
    if is_running(client) then
      local state = tostring(client)
      client:close()
      error(("'%s' left a transfer: %s"):format(current, state), 0)
    end
  end
end

-- ---- descriptors and processes ----------------------------------------------

--- Remembers after which spec each descriptor was there for the first time.
local function note_descriptors()
  for number, target in pairs(leftovers.new_descriptors(before)) do
    local key = number .. " " .. target
    first_seen[key] = first_seen[key] or current
  end
end

local function refuse_descriptors()
  for number, target in pairs(leftovers.new_descriptors(before)) do
    local key = number .. " " .. target
    error(("descriptor %s was left open, since '%s'"):format(key,
      first_seen[key] or current), 0)
  end
end

local function refuse_processes()
  for number, command in pairs(leftovers.new_processes(before)) do
    error(("process %s was left running: %s"):format(number, command), 0)
  end
end

-- ---- when -------------------------------------------------------------------

-- Twice: the first run calls finalizers, the second frees what they held.
local function collect()
  collectgarbage()
  collectgarbage()
end

busted.subscribe({ "file", "start" }, function()
  collect()
  before, first_seen = leftovers.look(), {}
  return nil, true
end)

busted.subscribe({ "test", "start" }, function(element)
  current = element.name
  return nil, true
end)

busted.subscribe({ "test", "end" }, function(element)
  collect()
  refuse_globals(element)
  return nil, true
end)

-- Of the root, so it runs after every after_each of the spec's own.
busted.after_each(function()
  collect()
  note_descriptors()
  refuse_transfers()
end)

busted.subscribe({ "file", "end" }, function(element)
  current = "(outside of its specs)"
  collect()
  refuse_globals(element)
  refuse_transfers()
  refuse_descriptors()
  refuse_processes()
  return nil, true
end)

if os.getenv("RACKSPACE_SPEC_GC") == "1" then
  collectgarbage("incremental") -- not so from the beginning in Lua 5.4
  if not pcall(collectgarbage, "setpause", 0) then
    collectgarbage("param", "pause", 0) -- Lua 5.5
  end
end
