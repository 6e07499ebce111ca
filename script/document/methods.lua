--- methods.lua - reads the docstrings of the methods that no row describes
-- SPDX-License-Identifier: MIT
local docstring = require("rackspace.manual.docstring")
local events = require("rackspace.call.events")

local methods = {}

--- Returns the annotations of a method that can fail: its own and the error's.
local function failing(...)
  local list = { ... }
  list[#list + 1] = "@return string? message"
  list[#list + 1] = "@return rackspace.Error? err"
  return list
end

--- The sources of the methods: the path, the prefix of a definition, and by the
-- method's name the annotations that its docstring lacks. A method that is not
-- here is internal.
methods.sources = {
  { name = "rackspace", path = "lua/rackspace/init.lua", prefix = "rackspace.",
    types = {
      new = failing("@param options? rackspace.Settings",
        "@return rackspace.Session? session"),
      sandbox = { "@param options? table", "@return table? sandbox",
        "@return string? message" },
      time = { "@param text string", "@return number? seconds",
        "@return string? message" },
    } },
  { name = "session", path = "lua/rackspace/session/init.lua",
    prefix = "session_methods:",
    types = {
      all = failing("@param functions (fun(): any)[]",
        "@param options? rackspace.MapOptions", "@return table? results"),
      close = {},
      last = { "@return table? meta" },
      map = { "@param source rackspace.Pager<any>|any[]|fun(): any",
        "@param fn fun(item: any, ...: any): ...",
        "@param options? rackspace.MapOptions",
        "@return rackspace.Results results" },
      meta = { "@param value any", "@return table? meta" },
      on = { '@param name "' .. table.concat(events.names, '"|"') .. '"',
        "@param fn fun(event: table)", "@return fun() off" },
      service = { "@param definition table",
        "@return table<string, function> service" },
      sleep = failing("@param seconds number", "@return boolean? slept"),
      time = { "@return number seconds" },
    } },
  { name = "pager", path = "lua/rackspace/many/pager.lua",
    prefix = "pager_methods:",
    types = {
      complete = { "@return boolean is_complete" },
      cursor = { "@return string? cursor" },
      pages = { "@param limit? integer", "@return fun(): T[]?" },
      total = failing("@return integer? total"),
      totable = failing("@param limit? integer", "@return T[]? list"),
    } },
  { name = "results", path = "lua/rackspace/many/map.lua",
    prefix = "results_methods:", types = { close = {} } },
}

--- The annotations of the classes.
methods.classes = {
  "---A value that prints as `<secret>`; `reveal()` gives its text.",
  "---@class rackspace.Secret",
  "---@field reveal fun(self: rackspace.Secret): string",
  "",
  "---An iterator over the items of a list, page after page.",
  "---@class rackspace.Pager<T>",
  "---@overload fun(): T?",
  "local pager = {}",
  "",
  "---Options of `rs:map` and `rs:all`.",
  "---@class rackspace.MapOptions",
  "---@field concurrency? integer",
  "---@field ordered? boolean",
  "---@field deadline? number",
  "",
  "---An iterator over items and what a function returned for them.",
  "---@class rackspace.Results",
  "---@overload fun(): any, ...",
  "local results = {}",
  "",
}

local function names_of(arguments)
  local names = {}
  for name in arguments:gmatch("[%w_.]+") do
    names[#names + 1] = name
  end
  return names
end

--- Reads the documented methods of a source.
-- @param text string: the source file
-- @param source one of methods.sources
-- @return a list of { name =, doc =, arguments =, annotations = }, in order
function methods.read(text, source)
  local list, block = {}, {}
  local pattern = "^function " .. source.prefix:gsub("%p", "%%%0") ..
    "([%w_]+)%(([^)]*)%)"
  for line in text:gmatch("([^\n]*)\n") do
    local name, arguments = line:match(pattern)
    if name and source.types[name] then
      list[#list + 1] = { name = name, doc = docstring.text(block),
        arguments = names_of(arguments), annotations = source.types[name] }
    end
    if line:find("^%-%-%-") or not line:find("^%-%-") then
      block = {}
    end
    if line:find("^%-%-") then
      block[#block + 1] = line
    end
  end
  return list
end

return methods
