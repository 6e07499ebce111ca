--- faults.lua - deliberate faults: the rules, and which calls they take
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local fault_rules = require("rackspace.sandbox.fault_rules")
local json = require("rackspace.base.json")
local members = require("rackspace.base.members")
local nearest = require("rackspace.base.nearest")

local any = "*"
local faults_methods = {}
local faults_mt = { __index = faults_methods }

local function unknown(faults, operation)
  return ("there is no operation '%s'%s"):format(tostring(operation),
    nearest.hint(operation, faults.list_of_names))
end

--- Adds rules, all of them or none. Returns true, or nil and a problem.
function faults_methods:add(list)
  local rules = {}
  for i, given in ipairs(list) do
    local rule, problem = fault_rules.read(given)
    local name = rule and self.names[rule.operation]
    if not rule then
      return nil, problem
    elseif not name and rule.operation ~= any then
      return nil, unknown(self, rule.operation)
    end
    rule.operation, rule.calls, rule.faults = name or any, 0, 0
    rules[i] = rule
  end
  for _, rule in ipairs(rules) do
    self.rules[#self.rules + 1] = rule
  end
  return true
end

--- Removes an operation's rules, or all of them for "*". Returns true, or nil
-- and a problem.
function faults_methods:remove(operation)
  local name = self.names[operation]
  if not name and operation ~= any then
    return nil, unknown(self, operation)
  end
  local kept = {}
  for _, rule in ipairs(self.rules) do
    if name and rule.operation ~= name then
      kept[#kept + 1] = rule
    end
  end
  self.rules = kept
  return true
end

--- Whether a rule takes the call that was counted last.
local function takes(rule)
  local position = rule.calls - (rule.skip or 0)
  return position > 0 and position % (rule.every or 1) == 0 and
    not (rule.times and rule.faults >= rule.times)
end

--- Counts a call of an operation. Returns the first rule that takes it, or nil.
function faults_methods:strike(operation)
  local found
  for _, rule in ipairs(self.rules) do
    if rule.operation == operation or rule.operation == any then
      rule.calls = rule.calls + 1
      if not found and takes(rule) then
        rule.faults = rule.faults + 1
        found = rule
      end
    end
  end
  return found
end

--- Returns copies of the rules, each with the number of `calls` that it counted
-- and of `faults` that it caused.
function faults_methods:list()
  local list = json.array{}
  for i, rule in ipairs(self.rules) do
    list[i] = members.copy(rule)
  end
  return list
end

--- Sets a header, and removes the service's own whatever its case.
local function set_header(headers, name, value)
  local lower = ascii.lower(name)
  for own in pairs(headers) do
    if ascii.lower(own) == lower then
      headers[own] = nil
    end
  end
  headers[name] = value
end

--- Whether a call that this rule takes never reaches the service.
local function is_before(rule)
  return (rule.status or rule.close) and not rule.after_processing
end

--- Returns the name that an operation's calls are counted under. Operations
-- whose requests look the same share the name of the first.
local function name_of(op, targets)
  for _, field in ipairs(op.query) do
    if field.required then
      return op.full_name
    end
  end
  return targets[1].op.full_name
end

--- Returns an empty set of rules.
-- @param rows list of the operations
-- @param sharing table: the targets by method and path, such as "GET/accounts"
-- @param others list of the names of the services' own hosts' operations
local function new(rows, sharing, others)
  local names, list = {}, {}
  for i, name in ipairs(others) do
    names[name], list[i] = name, name
  end
  for _, op in ipairs(rows) do
    local targets = sharing[op.method .. op.path]
    if targets then
      names[op.full_name] = name_of(op, targets)
      list[#list + 1] = op.full_name
    end
  end
  return setmetatable({ rules = {}, names = names, list_of_names = list },
    faults_mt)
end

--- Applies a rule to a response: its headers, body, `delay` and `close`.
local function apply(rule, response)
  response.delay, response.close = rule.delay, rule.close
  for name, value in pairs(rule.headers or {}) do
    set_header(response.headers, name, value)
  end
  if rule.body then
    response.body, response.file = rule.body, nil
  end
  return response
end

--- Adds the rules in the file at a path, if there is a path. Returns true, or
-- nil and a problem.
local function load_file(faults, path)
  if not path then
    return true
  end
  local list, problem = fault_rules.read_file(path)
  if not list then
    return nil, problem
  end
  local done
  done, problem = faults:add(list)
  return done, problem and path .. ": " .. problem
end

return { apply = apply, is_before = is_before, load = load_file,
  message = "a fault that was asked for", new = new }
