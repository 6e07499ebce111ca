--- routes.lua - maps a request's method and path to a target
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local routes_methods = {}
local routes_mt = { __index = routes_methods }

--- Splits a path into decoded segments. Empty segments count: "/a//b" differs
-- from "/a/b".
local function split(path)
  local segments = {}
  for segment in path:gmatch("/([^/]*)") do
    segments[#segments + 1] = core.url.decode(segment)
  end
  return segments
end

--- Returns the variables of a path that matches a route of the same length, or
-- nil.
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

--- Appends a value to a list that does not have it. Rows can share a route, and
-- several routes can match a path.
local function add_once(list, value)
  for _, one in ipairs(list) do
    if one == value then
      return
    end
  end
  list[#list + 1] = value
end

--- Adds a route: a method, a path such as "/accounts/{id}", and its target.
function routes_methods:add(method, path, target)
  local segments = split(path)
  local routes = self[#segments] or {}
  self[#segments] = routes
  local route = { method = method, segments = segments, to = target }
  routes[#routes + 1] = route
  self.all[#self.all + 1] = route
end

--- Returns the target of a method and a path, and the path's variables. Without
-- a match, returns nil and the list of the methods that the path allows, or nil
-- when no route has this path.
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

--- Returns the target of the first route that has a path, whatever its method;
-- or nil.
function routes_methods:at(path)
  local segments = split(path)
  for _, route in ipairs(self[#segments] or {}) do
    if match(route.segments, segments) then
      return route.to
    end
  end
end

--- Returns how many leading segments a path shares with a route, up to the last
-- shared one that is not a variable.
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

--- Returns the target of the route that shares the most leading segments with a
-- path, the first of several; nil when there are no routes.
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
