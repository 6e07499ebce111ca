--- invocation.lua - operations called by name, with JSON in and out
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local named = require("rackspace.row.named")
local raise = require("rackspace.embed.raise")
local services = require("rackspace.services")
local variant = require("rackspace.row.variant")

local unpack = table.unpack or unpack -- luacheck: ignore 143

local invocation_methods = {}
local invocation_mt = { __name = "rackspace.invocation",
  __index = invocation_methods }

local function decode(text)
  local value, problem = json.decode(text)
  if value == nil then
    raise("usage", "arguments: no JSON: " .. tostring(problem))
  end
  return value
end

local function encode(value)
  local text, problem = json.text(value)
  if not text then
    raise("protocol", problem)
  end
  return text
end

--- Returns a copy of a result with its secrets as texts: the host may see what
-- a script may not.
local function reveal(value)
  if type(value) == "userdata" then
    return value:reveal()
  elseif type(value) ~= "table" then
    return value
  end
  local copy = json.is_array(value) and json.array{} or {}
  for key, inner in pairs(value) do
    copy[key] = reveal(inner)
  end
  return copy
end

--- Returns the operation as its row has it, and its method, a function of the
-- service.
local function find(session, service, name)
  local ok, method = pcall(function() return session[service][name] end)
  if not ok then
    raise("usage", method)
  end
  return services.definition(service).by_name[name], method
end

--- Returns the arguments that a text holds, and the operation in the dialect
-- that they name or the session speaks.
local function read_arguments(session, row, text)
  local given = text and decode(text) or {}
  if type(given) ~= "table" then
    raise("usage", "arguments must be a JSON object or array")
  elseif #given == 0 then
    local op = variant.of(row, session.settings, given.dialect)
    return named.by_position(op, given), op
  end
  given.n = #given
  return given, variant.of(row, session.settings,
    variant.named(row, unpack(given, 1, given.n)))
end

--- Returns the items of a page as a JSON array, without the page's other
-- fields.
local function items_of(page)
  local items = json.array{}
  for i, item in ipairs(page) do
    items[i] = item
  end
  return items
end

local function first_page(pager)
  local page = pager:pages()() or {}
  return { items = items_of(page), cursor = pager:cursor() }
end

--- Calls fn(...), which must not yield, and returns its result. An error that
-- is a string is a mistake in the arguments, unless memory ran out.
local function guard(fn, ...)
  local ok, value = pcall(fn, ...)
  if not ok and type(value) == "string" then
    raise("usage", value)
  elseif not ok then
    error(value, 0)
  end
  return value
end

--- Calls the operation and returns its result as JSON, of a list the first
-- page and a cursor. Raises an error value, or a string for a mistake in the
-- arguments. May yield inside a task.
function invocation_methods:run()
  local value, _, err = self.call()
  if err then
    error(err, 0)
  elseif value ~= nil and self.op.pages then
    value = first_page(value)
  end
  return encode(reveal(value))
end

--- Does what run does outside of tasks. Mistakes in the arguments are raised
-- as errors of the kind "usage".
function invocation_methods:result()
  return guard(self.run, self)
end

--- Returns an iterator over the pages of a list, each as JSON.
function invocation_methods:pages()
  if not self.op.pages then
    raise("usage", self.op.full_name .. ": is no list")
  end
  local next_page = guard(self.call):pages()
  return function()
    local page = next_page()
    return page and encode(reveal(items_of(page)))
  end
end

--- Returns the invocation of an operation. Raises an error of the kind "usage"
-- when there is no such operation, or the arguments are not JSON.
-- @param session table
-- @param full_name string, such as "accounts.get"
-- @param text string: the arguments as a JSON array, or as an object by name;
--   or nil for none
local function new(session, full_name, text)
  local service, name = full_name:match("^([%w_]+)%.([%w_]+)$")
  if not services.has(service) then
    raise("usage", ("there is no operation '%s'"):format(full_name))
  end
  local row, method = find(session, service, name)
  local arguments, op = read_arguments(session, row, text)
  local function call()
    return method(session[service], unpack(arguments, 1, arguments.n))
  end
  return setmetatable({ op = op, call = call }, invocation_mt)
end

return { new = new }
