--- fault_rules.lua - reads a sandbox's faults: what a rule may say
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local nearest = require("rackspace.base.nearest")
local types = require("rackspace.row.types")

-- A rule. Of the calls of its operation it lets the first `skip` pass, and
-- then takes each one of `every`, `times` times at most. With a `status`, or
-- with `close`, the call goes wrong before the service has seen it; with
-- `after_processing` it goes wrong only after what it asked for was done.
-- Otherwise the service's own answer is changed.
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

--- A copy of a rule's fields; or nil and what is wrong with one.
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

--- What a rule as a whole is not; or nil.
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

--- A rule from what somebody gave: a copy; or nil and what is wrong with it.
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

--- A file's list; or nil and why it can't be used.
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
