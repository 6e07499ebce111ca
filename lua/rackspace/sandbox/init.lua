--- init.lua - the services in miniature: their state, and what moves it
-- SPDX-License-Identifier: MIT
local answers = require("rackspace.sandbox.answers")
local core = require("rackspace.core")
local faults = require("rackspace.sandbox.faults")
local members = require("rackspace.base.members")
local routes = require("rackspace.sandbox.routes")
local seed = require("rackspace.sandbox.seed")
local services = require("rackspace.sandbox.services")
local store = require("rackspace.sandbox.store")
local users = require("rackspace.sandbox.users")

-- How far time can be moved in all: dates keep years of four digits.
local longest_move = 100 * 365 * 86400

local sandbox_methods = { handle = answers.handle }
local sandbox_mt = { __name = "rackspace.sandbox", __index = sandbox_methods }

--- The sandbox's own time: the machine's, moved by what `advance` added.
function sandbox_methods:time()
  return self.clock() + self.store.moved
end

--- Moves the sandbox's time on, so that what expires does.
function sandbox_methods:advance(seconds)
  if type(seconds) ~= "number" or not (seconds >= 0 and
      self.store.moved + seconds <= longest_move) then
    error("advance: seconds must be a number from 0 on, and a hundred " ..
      "years at most in all", 2)
  end
  self.store.moved = self.store.moved + seconds
  self.store:save()
end

--- A token's record while it is good.
function sandbox_methods:find_token(id)
  local token = id and self.store.tokens[id]
  local expires = token and core.time(token.expires)
  if expires and expires > self:time() and users.by_name[token.user] then
    return token
  end
end

--- Makes every token worthless, whoever has it.
function sandbox_methods:revoke()
  self.store.tokens = {}
  self.store:save()
end

--- Makes calls of an operation, or of "*" for every one, go wrong: with some
-- `status`, as in { every = 3, status = 429 }, a `delay`, or no answer at all
-- (`close`). doc/faults.md has all that a rule takes.
-- false instead of a rule removes the operation's rules; those of "*", all.
function sandbox_methods:fault(operation, rule)
  local done, problem
  if rule == false then
    done, problem = self.faults_of:remove(operation)
  elseif type(rule) ~= "table" then
    problem = "takes an operation's name, and a table or false"
  else
    local copy = members.copy(rule)
    copy.operation = operation
    done, problem = self.faults_of:add{ copy }
  end
  if not done then
    error("fault: " .. problem, 2)
  end
end

--- The rules of the faults that were asked for, each with its `operation`, how
-- many `calls` it has seen and of how many it has made `faults`.
function sandbox_methods:faults()
  return self.faults_of:list()
end

--- How often an operation was answered: sandbox:count("accounts.list").
-- Calls that were refused for their token or form don't count.
function sandbox_methods:count(name)
  return self.counts[name] or 0
end

--- What a client has to know of the sandbox that answers at a URL: endpoints
-- and a user's credentials. Without a URL, of one inside this process.
function sandbox_methods:describe(url)
  local first = users.list[1]
  url = url or "http://localhost"
  return { url = url, accounts = self.data.count, seed = self.seed,
    dialect = self.dialect, limits = self.limits,
    endpoints = services.urls(self.declared, url),
    credentials = { username = first.username, api_key = first.api_key,
      email = users.public()[1].email },
    users = users.public() }
end

--- Saves the state, and lets the services' own hosts remove what they kept.
function sandbox_methods:close()
  for _, host in ipairs(self.hosts) do
    host.close(self)
  end
  self.store:save()
end

function sandbox_mt:__tostring()
  return ("sandbox (%d accounts, seed %d)"):format(self.data.count, self.seed)
end

--- The names of what the services' own hosts do.
local function host_names(hosts)
  local names = {}
  for _, host in ipairs(hosts) do
    for _, name in ipairs(host.names) do
      names[#names + 1] = name
    end
  end
  return names
end

--- A sandbox.
-- @param options accounts = how many (137), seed = number (1), state = a file
--   that keeps what was changed, token_seconds = how long tokens live
--   (86400), inclusive = whether a page begins with its marker's account,
--   clock = function that gives seconds since 1970, customers = how many the
--   Email & Apps reseller has (3), limits = false or "off" to let
--   any number of calls pass
-- @param list the services: rackspace.services. rackspace.sandbox() gives it
-- @param options.faults a file with a JSON list of what is to go wrong
-- @param options.dialect "openapi" for the Customer Service as its OpenAPI
--   document renders it
-- @return the sandbox; or nil and a message when the state can't be used
local function new(options, list)
  options = options or {}
  local dialect = options.dialect or "reference"
  if dialect ~= "reference" and dialect ~= "openapi" then
    error("sandbox.new: 'dialect' must be \"reference\" or \"openapi\"", 2)
  end
  if not list then
    error("sandbox.new: takes the services; use rackspace.sandbox{ ... }", 2)
  end
  local data = seed.new{ seed = options.seed or 1,
    accounts = options.accounts or 137 }
  local state, message = store.open(options.state)
  if not state then
    return nil, message
  end
  local sandbox = setmetatable({
    store = state, routes = routes.new(), counts = {}, requests = 0,
    rows = {}, sharing = {}, windows = {}, hosts = {},
    declared = list.endpoints(),
    limits = options.limits ~= false and options.limits ~= "off",
    customers = options.customers or 3,
    dialect = dialect, seed = options.seed or 1,
    clock = options.clock or core.now,
    token_seconds = options.token_seconds or 86400,
    inclusive = options.inclusive or false, data = data,
  }, sandbox_mt)
  services.add(sandbox, list)
  sandbox.faults_of = faults.new(sandbox.rows, sandbox.sharing,
    host_names(sandbox.hosts))
  local done, problem = faults.load(sandbox.faults_of, options.faults)
  if not done then
    return nil, problem
  end
  return sandbox
end

return { new = new }
