--- init.lua - what librackspace asks of Lua: operations by name, JSON both ways
-- SPDX-License-Identifier: MIT
local cage = require("rackspace.embed.cage")
local members = require("rackspace.base.members")

local unpack = table.unpack or unpack -- luacheck: ignore 143

local embed_methods = {}
local embed_mt = { __name = "rackspace.embed", __index = embed_methods }

--- Errors here are raised: tables with a kind and a message, as the engine's.
local function raise(kind, message)
  message = tostring(message):gsub("^[^\n:]*:%d+: ", "")
  error({ kind = kind, message = message }, 0)
end

local function decode(text, what)
  local value, problem = require("rackspace.base.json").decode(text)
  if value == nil then
    raise("usage", ("%s: no JSON: %s"):format(what, tostring(problem)))
  end
  return value
end

local function encode(value)
  local text, problem = require("rackspace.base.json").encode(value)
  if not text then
    raise("protocol", problem)
  end
  return text
end

--- The host may have what a script may not.
local function reveal(value)
  local json = require("rackspace.base.json")
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

local texts = { string = true, secret = true, id = true }

--- A setting's value from its text: JSON, where the setting is no text.
local function setting(text, field)
  if not field or texts[field.type] then
    return text
  end
  local value = require("rackspace.base.json").decode(text)
  return value == nil and text or value
end

local function read_settings(given)
  local settings, fields = {}, {}
  for _, field in ipairs(require("rackspace.session.settings").known) do
    fields[field.name] = field
  end
  for name, text in pairs(given.settings) do
    settings[name] = setting(text, fields[name])
  end
  settings.allow = given.allow or settings.allow
  if given.log and settings.log == nil then
    settings.log = function(line) given.log(line) end
  end
  return settings
end

--- The session, made when it is first asked for.
local function session_of(self)
  if not self.session then
    local settings = read_settings(self.given)
    settings.sandbox = self.sandbox or settings.sandbox
    local ok, session, _, err = pcall(require("rackspace").new, settings)
    if not ok then
      raise("config", session)
    elseif not session then
      error(err, 0)
    end
    self.session, self.sandbox = session, session.sandbox or nil
  end
  return self.session
end

--- The service and the operation behind a name.
local function find(session, name)
  local services = require("rackspace.services")
  local service, operation = name:match("^([%w_]+)%.([%w_]+)$")
  if not services.has(service) then
    raise("usage", ("there is no operation '%s'"):format(name))
  end
  local ok, method = pcall(function() return session[service][operation] end)
  if not ok then
    raise("usage", method)
  end
  local op = services.definition(service).by_name[operation]
  if session.settings.dialect == "openapi" then
    op = op.openapi or op
  end
  return method, session[service], op
end

--- The list of arguments from an object of them by name.
local function place(op, given)
  local arguments, options = { n = #op.args + 1 }, members.copy(given)
  for i, field in ipairs(op.args) do
    arguments[i], options[field.name] = options[field.name], nil
  end
  arguments[arguments.n] = next(options) ~= nil and options or nil
  return arguments
end

local function read_arguments(op, text)
  local given = text and decode(text, "arguments") or {}
  if type(given) ~= "table" then
    raise("usage", "arguments must be a JSON object or array")
  elseif #given == 0 then
    return place(op, given)
  end
  given.n = #given
  return given
end

--- A call that can be made: its arguments are JSON, its operation is there.
local function prepare(self, name, text)
  local session = session_of(self)
  local method, service, op = find(session, name)
  local arguments = read_arguments(op, text)
  return function()
    return method(service, unpack(arguments, 1, arguments.n))
  end, op
end

--- A list as JSON has it: a page's links and count are no items.
local function items_of(page)
  local items = require("rackspace.base.json").array{}
  for i, item in ipairs(page) do
    items[i] = item
  end
  return items
end

local function first_page(pager)
  local page = pager:pages()() or {}
  return { items = items_of(page), cursor = pager:cursor() }
end

--- Makes a prepared call: its result, or an error is raised.
local function finish(call, op)
  local value, _, err = call()
  if err then
    error(err, 0)
  elseif value ~= nil and op.pages then
    value = first_page(value)
  end
  return encode(reveal(value))
end

--- pcall of what does not yield. A string is a mistake in the arguments, but
-- where memory is at its end.
local function guard(fn, ...)
  local ok, value = pcall(fn, ...)
  if not ok and type(value) == "string" and
      not value:find("not enough memory", 1, true) then
    raise("usage", value)
  elseif not ok then
    error(value, 0)
  end
  return value
end

--- The result of an operation, as JSON.
function embed_methods:call(name, text)
  local call, op = prepare(self, name, text)
  return guard(finish, call, op)
end

--- A function that gives page after page of a list, as JSON; nil at the end.
function embed_methods:pages(name, text)
  local call, op = prepare(self, name, text)
  if not op.pages then
    raise("usage", name .. ": is no list")
  end
  local next_page = guard(call):pages()
  return function()
    local page = next_page()
    return page and encode(reveal(items_of(page)))
  end
end

--- Starts a call: take() gives its end.
function embed_methods:start(name, text, id)
  local call, op = prepare(self, name, text)
  local session = self.session
  self.started[id] = { session = session,
    task = session.scheduler:spawn(finish, call, op) }
end

--- Lets what was started get on, without waiting.
function embed_methods:step()
  if self.session then
    self.session.scheduler:step(0)
  end
end

--- A started call that has ended: its number, and its JSON or nil and an
-- error.
function embed_methods:take()
  for id, started in pairs(self.started) do
    local task = started.task
    if task.done then
      self.started[id] = nil
      if not task.failed then
        return id, task.results[1]
      end
      local err = task.results[1]
      return id, nil, type(err) == "string" and
        { kind = "usage", message = err } or err
    elseif started.session ~= self.session then
      self.started[id] = nil
      return id, nil, { kind = "cancelled", message = "cancelled" }
    end
  end
end

--- What to wait for: { [descriptor] = "r", "w" or "rw" }, seconds or nil.
function embed_methods:watch()
  if not self.session then
    return {}
  end
  return self.session.scheduler:fds()
end

--- Gives scripts a function. invoke(arguments) -> JSON, "", or nil and a
-- message.
function embed_methods:register(name, invoke)
  local json = require("rackspace.base.json")
  self.functions[name] = function(...)
    local arguments = json.array{}
    for i = 1, select("#", ...) do
      local value = (select(i, ...))
      arguments[i] = value == nil and json.null or value
    end
    local text, problem = json.encode(arguments)
    if not text then
      error(name .. ": " .. problem, 2)
    end
    local result, message = invoke(text)
    if not result then
      error(name .. ": " .. message, 2)
    end
    return result ~= "" and json.decode(result) or nil
  end
  rawset(self.globals, name, self.functions[name])
end

--- Scripts find the session as `rs`.
local function offer_session(self)
  local globals, given = self.globals, self.given
  if given.is_confined then
    globals.rs = require("rackspace.embed.fence").new(function()
      return session_of(self)
    end)
  elseif given.has_session then
    setmetatable(globals, { __index = function(_, name)
      return name == "rs" and session_of(self) or nil
    end })
  end
end

--- The globals of scripts, with what the host has given them.
local function make_globals(self)
  self.globals = self.given.is_confined and cage.new(self.given) or _G
  offer_session(self)
  for name, fn in pairs(self.functions) do
    rawset(self.globals, name, fn)
  end
end

--- Before 5.2, a module whose loading was torn is not loaded again.
local function forget_torn_modules()
  for name, value in pairs(package.loaded) do
    if type(value) == "userdata" then
      package.loaded[name] = nil
    end
  end
end

--- Lets the session go, which may be torn; the next call has a new one, with
-- the same sandbox. Where there was no memory, what confined scripts had kept
-- goes, too.
function embed_methods:reset(is_full)
  local session = self.session
  self.session = nil
  forget_torn_modules()
  if is_full and self.given.is_confined then
    make_globals(self)
  end
  if session then
    session.scheduler:close()
  end
end

--- `given` is what the host's options say: settings as texts, allow, log,
-- charge, is_confined, has_session, io, os.
local function new(given)
  local self = setmetatable({ given = given, started = {}, functions = {} },
    embed_mt)
  make_globals(self)
  return self
end

return { new = new }
