--- faults.lua - what goes wrong in a sandbox on purpose, by rules
-- SPDX-License-Identifier: MIT
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

--- Adds rules, all of them or none: true, or nil and what is wrong.
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

--- Removes an operation's rules, or all of them: true, or nil and what is
-- wrong.
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

--- Whether a rule takes its present call.
local function takes(rule)
  local position = rule.calls - (rule.skip or 0)
  return position > 0 and position % (rule.every or 1) == 0 and
    not (rule.times and rule.faults >= rule.times)
end

--- Counts a call of an operation, and gives the first rule that takes it.
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

--- The rules as they were given, each with how many `calls` it saw and of how
-- many it made `faults`.
function faults_methods:list()
  local list = json.array{}
  for i, rule in ipairs(self.rules) do
    list[i] = members.copy(rule)
  end
  return list
end

--- Sets a header, in whichever case the service wrote its own.
local function set_header(headers, name, value)
  local lower = name:lower()
  for own in pairs(headers) do
    if own:lower() == lower then
      headers[own] = nil
    end
  end
  headers[name] = value
end

--- Whether the service never gets to see a call that this rule takes.
local function is_before(rule)
  return (rule.status or rule.close) and not rule.after_processing
end

--- The name that a row's calls count under: rows that can't be told apart by
-- their requests are one here.
local function name_of(op, targets)
  for _, field in ipairs(op.query) do
    if field.required then
      return op.full_name
    end
  end
  return targets[1].op.full_name
end

--- No rules yet, for the operations of some rows, and for what has one of
-- `others`' names. `sharing` has the targets of each method and path that is
-- served.
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

--- Changes a response as a rule says: its own headers and body, what time it
-- takes, and whether it comes at all.
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

--- Adds the rules of a file, if there is one: true, or nil and what is wrong.
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
