--- routes.lua - what a request's method and path mean
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local routes_methods = {}
local routes_mt = { __index = routes_methods }

--- An empty segment is one too: "/a//b" is not "/a/b".
local function split(path)
  local segments = {}
  for segment in path:gmatch("/([^/]*)") do
    segments[#segments + 1] = core.url.decode(segment)
  end
  return segments
end

--- The variables of a path when it fits the route; nil when it doesn't.
local function match(expected, segments)
  local variables = {}
  for i, segment in ipairs(segments) do
    local name = expected[i]:match("^{(.*)}$")
    if name and segment ~= "" then
      variables[name] = segment
    elseif expected[i] ~= segment then
      return nil
    end
  end
  return variables
end

--- Rows can share a route, and several routes can fit a path.
local function add_once(list, value)
  for _, one in ipairs(list) do
    if one == value then
      return
    end
  end
  list[#list + 1] = value
end

--- Makes a method and a path such as "/accounts/{id}" lead to a target.
function routes_methods:add(method, path, target)
  local segments = split(path)
  local routes = self[#segments] or {}
  self[#segments] = routes
  local route = { method = method, segments = segments, to = target }
  routes[#routes + 1] = route
  self.all[#self.all + 1] = route
end

--- The target of a method and a path, and the path's variables. nil when there
-- is none, and the methods that the path has, if any.
function routes_methods:find(method, path)
  local segments, allowed = split(path), nil
  for _, route in ipairs(self[#segments] or {}) do
    local variables = match(route.segments, segments)
    if variables and route.method == method then
      return route.to, variables
    elseif variables then
      allowed = allowed or {}
      add_once(allowed, route.method)
    end
  end
  return nil, allowed
end

--- How many segments a path shares with the head of a route, up to the last one
-- that is no variable.
local function shared_head(expected, segments)
  local shared = 0
  for i, segment in ipairs(segments) do
    local is_variable = (expected[i] or ""):find("^{.*}$")
    if expected[i] == segment then
      shared = i
    elseif not is_variable then
      break
    end
  end
  return shared
end

--- The target whose routes are nearest to a path that need not be one: of the
-- routes with the longest head in common, the first; nil when there is no
-- route at all.
function routes_methods:nearest(path)
  local segments, longest = split(path), 0
  local found = self.all[1]
  for _, route in ipairs(self.all) do
    local shared = shared_head(route.segments, segments)
    if shared > longest then
      found, longest = route, shared
    end
  end
  return found and found.to
end

local function new()
  return setmetatable({ all = {} }, routes_mt)
end

return { new = new }
