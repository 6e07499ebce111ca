--- init.lua - a sandbox: an imitation of the services, with its state and clock
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

-- The most seconds that the clock can be moved in all, so that years keep four
-- digits.
local longest_move = 100 * 365 * 86400

local sandbox_methods = { admit = answers.admit,
  handle = answers.handle }
local sandbox_mt = { __name = "rackspace.sandbox", __index = sandbox_methods }

--- Returns the sandbox's time, the machine's plus the seconds that advance()
-- added.
-- @return number: seconds since 1970
function sandbox_methods:time()
  return self.clock() + self.store.numbers.moved
end

--- Returns the seconds that the clock is moved by after `seconds` more; or nil
-- and a message.
function sandbox_methods:moved_by(seconds)
  local moved = self.store.numbers.moved
  if type(seconds) == "number" and seconds >= 0 and
      moved + seconds <= longest_move then
    return moved + seconds
  end
  return nil, "seconds must be a number from 0 on, and a hundred years at " ..
    "most in all"
end

--- Moves the sandbox's clock forward, for instance to let tokens expire; by a
-- hundred years at most in all.
-- @param seconds number, at least 0
function sandbox_methods:advance(seconds)
  local moved, problem = self:moved_by(seconds)
  if not moved then
    error("advance: " .. problem, 2)
  end
  self.store:keep({ "numbers", "moved" }, moved)
end

--- Returns the record of a token that is valid; otherwise nil.
function sandbox_methods:find_token(id)
  local token = id and self.store.tokens[id]
  local expires = token and core.time(token.expires)
  if expires and expires > self:time() and users.by_name[token.user] then
    return token
  end
end

--- Revokes every token.
function sandbox_methods:revoke()
  self.store:keep({ "tokens" }, {})
end

--- Adds a fault rule. It makes calls of an operation, or of any for "*", fail
-- with a `status`, wait for a `delay`, or get no response (`close`), as in
-- { every = 3, status = 429 }; doc/faults.md lists all fields. false instead of
-- a rule removes the operation's rules, and for "*" all rules. An unknown
-- operation and a wrong rule raise.
-- @param operation string: an operation's full name, or "*"
-- @param rule table or false
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

--- Returns the fault rules, each with its `operation`, the number of `calls`
-- that it counted, and of `faults` that it caused.
-- @return list of tables
function sandbox_methods:faults()
  return self.faults_of:list()
end

--- Returns how many calls of an operation, such as "accounts.list", were
-- answered. Calls that were refused for their token, media type or parameters
-- don't count.
-- @param name string: the operation's full name
-- @return integer
function sandbox_methods:count(name)
  return self.counts[name] or 0
end

--- Returns what a client needs to use the sandbox at a URL, or inside this
-- process without one: endpoints, credentials, users, dialect and limits.
-- @param url string or nil
-- @return table
function sandbox_methods:describe(url)
  local first = users.list[1]
  url = url or "http://localhost"
  return { url = url, accounts = self.data.count, seed = self.seed,
    dialect = self.dialect, limits = self.limits,
    endpoints = services.urls(self, url),
    credentials = { username = first.username, api_key = first.api_key,
      email = users.public()[1].email },
    users = users.public() }
end

--- Lets the state's file go, and removes the files of the services' own hosts.
function sandbox_methods:close()
  for _, host in ipairs(self.hosts) do
    host.close(self)
  end
  self.store:close()
end

function sandbox_mt:__tostring()
  return ("sandbox (%d accounts, seed %d)"):format(self.data.count, self.seed)
end

--- Returns the names of the operations of the services' own hosts.
local function host_names(hosts)
  local names = {}
  for _, host in ipairs(hosts) do
    for _, name in ipairs(host.names) do
      names[#names + 1] = name
    end
  end
  return names
end

--- Creates a sandbox. A wrong option raises.
-- @param options table or nil: accounts, their number (137); seed, an integer
--   (1); state, the path of a file that keeps changes; faults, the path of a
--   JSON list of fault rules; dialect, "reference" or "openapi", the rendering
--   of the Customer Service; limits, false or "off" for no rate limits;
--   token_seconds, the lifetime of tokens (86400); customers, the number of
--   the Email & Apps reseller's customers (3); short_pages, whether pages have
--   half as many items as were asked for; lagging_totals, whether totals count
--   an item that is gone; inclusive, whether a page begins with its marker's
--   item; clock, a function that returns seconds since 1970
-- @param list the list of the services, rackspace.services
-- @return the sandbox; or nil and a message when one of the files can't be used
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
    short_pages = options.short_pages or false,
    lagging_totals = options.lagging_totals or false,
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
