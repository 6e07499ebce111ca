--- fault_rules.lua - reads and checks the rules of the sandbox's faults
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local nearest = require("rackspace.base.nearest")
local types = require("rackspace.row.types")

-- The fields of a rule. A rule skips the first `skip` calls of its operation,
-- then takes every `every`-th call, `times` calls at most. With `status` or
-- `close` a call that it takes fails before the service handles it, or with
-- `after_processing` after that. Otherwise the rule changes the service's
-- response.
local known = {
  { name = "operation", type = "string" },
  { name = "skip", type = "integer", min = 0 },
  { name = "every", type = "integer", min = 1 },
  { name = "times", type = "integer", min = 1 },
  { name = "status", type = "integer", min = 200, max = 599 },
  { name = "headers", type = "table" },
  { name = "body", type = "any" },
  { name = "delay", type = "number", min = 0, max = 3600 },
  { name = "close", type = "boolean" },
  { name = "after_processing", type = "boolean" },
}

local by_name = {}
for _, field in ipairs(known) do
  by_name[field.name] = field
end

local largest_head = 4096

local function check_headers(headers)
  local copy, bytes = {}, 0
  for name, value in pairs(headers) do
    if type(name) ~= "string" or not name:find("^[%w_-]+$") then
      return nil, ("has the name '%s'"):format(tostring(name))
    elseif type(value) == "number" then
      value = json.encode(value)
    end
    if type(value) ~= "string" or value:find("%c") then
      return nil, ("has a '%s' that is no line of text"):format(name)
    end
    copy[name], bytes = value, bytes + #name + #value
  end
  if bytes > largest_head then
    return nil, ("is over %d bytes"):format(largest_head)
  end
  return copy
end

local function check_body(body)
  if type(body) == "table" then
    return json.encode(body)
  elseif type(body) ~= "string" then
    return nil, "must be a string or a table, not a " .. type(body)
  end
  return body
end

local checks = { headers = check_headers, body = check_body }

--- Returns a checked copy of a rule's fields, or nil and a problem.
local function read_fields(given)
  local rule = {}
  for name, value in pairs(given) do
    local field = by_name[name]
    if not field then
      return nil, ("a fault has no '%s'%s"):format(tostring(name),
        nearest.hint(name, types.names(known)))
    end
    local checked, problem = types.check(value, field)
    if checked ~= nil and checks[name] then
      checked, problem = checks[name](checked)
    end
    if checked == nil then
      return nil, ("a fault's '%s' %s"):format(name, problem)
    end
    rule[name] = checked
  end
  return rule
end

--- Returns the problem of a rule whose fields are correct one by one, or nil.
local function problem_of(rule)
  if not (rule.status or rule.close or rule.delay or rule.headers or
      rule.body) then
    return "a fault needs a 'status', 'headers', a 'body', a 'delay' or " ..
      "'close'"
  elseif not rule.operation then
    return "a fault needs an 'operation'"
  elseif rule.close and (rule.status or rule.headers or rule.body) then
    return "a fault has either 'close' or an answer"
  end
end

--- Returns a checked copy of a rule, or nil and a problem.
local function read(given)
  if type(given) ~= "table" then
    return nil, "a fault must be a table, not a " .. type(given)
  end
  local rule, problem = read_fields(given)
  problem = problem or problem_of(rule)
  if problem then
    return nil, problem
  end
  return rule
end

--- Returns the list of rules in a JSON file, or nil and a problem.
local function read_file(path)
  local file, message = io.open(path, "r")
  if not file then
    return nil, message
  end
  local text = file:read("*a")
  file:close()
  local list = text and json.decode(text)
  if type(list) ~= "table" or #list == 0 and not json.is_array(list) then
    return nil, path .. ": not a JSON list of faults"
  end
  return list
end

return { names = types.names(known), read = read, read_file = read_file }
