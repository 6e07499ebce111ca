--- options.lua - what `rackspace report` is told to do
-- SPDX-License-Identifier: MIT
local options = {}

local CONCURRENCY, MOST_AT_ONCE = 8, 64

local function whole_number(text, most)
  local number = text and text:match("^%d+$") and tonumber(text)
  return number and number >= 1 and number <= most and number or nil
end

-- By name: how a value is read, and what it should be.
local known = {
  ["-o"] = { field = "path", wanted = "a file" },
  ["--output"] = { field = "path", wanted = "a file" },
  ["--profile"] = { field = "profile", wanted = "a profile's name" },
  ["--concurrency"] = { field = "concurrency", most = MOST_AT_ONCE,
    wanted = "a whole number from 1 to " .. MOST_AT_ONCE },
  ["--max"] = { field = "most", most = 2 ^ 31,
    wanted = "a whole number from 1 on" },
}

local function read_value(option, text)
  if option.most then
    return whole_number(text, option.most)
  end
  return text ~= nil and text ~= "" and text or nil
end

--- The options after "report": { path =, settings =, concurrency =, most = };
-- nil and what is wrong with them.
function options.read(arguments)
  local given, i = { concurrency = CONCURRENCY, settings = {} }, 2
  while arguments[i] do
    local name, value = arguments[i]:match("^(%-%-%l+)=(.*)$")
    name = name or arguments[i]
    local option = known[name]
    if name == "--sandbox" then
      given.settings.sandbox = value or true
    elseif not option then
      return nil, ("report has no option '%s'"):format(arguments[i])
    else
      if not value then
        i = i + 1
        value = arguments[i]
      end
      given[option.field] = read_value(option, value)
      if given[option.field] == nil then
        return nil, ("%s needs %s"):format(name, option.wanted)
      end
    end
    i = i + 1
  end
  given.settings.profile = given.profile
  return given
end

return options
