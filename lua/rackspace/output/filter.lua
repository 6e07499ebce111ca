--- filter.lua - --jq: what a filter of jq makes of a result
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local ndjson = require("rackspace.output.ndjson")
local pretty = require("rackspace.output.pretty")

local filter = {}

-- Doubles represent every whole number up to this one.
local LARGEST = 2 ^ 53

-- What needs a program around libjq: without that, jq 1.6 crashes. The result
-- is the one input, and nothing is written but what the filter gives.
local PRELUDE = 'def input: error("No more inputs"); def inputs: empty; ' ..
  "def debug: .; def debug(f): .; def stderr: .; "

--- Returns the compiled filter of an expression; or nil, a message and whether
-- libjq is missing.
function filter.compile(expression)
  local ok, jq = pcall(require, "rackspace.jq")
  if not ok then
    return nil, "--jq: " .. tostring(jq):match("[^\n]*"), true
  end
  local compiled, problem = jq.compile(PRELUDE .. expression)
  if not compiled then
    return nil, "--jq: " .. problem:gsub("^jq: ", ""), false
  end
  return { compiled = compiled, rounds = jq.rounds }
end

--- Raises the error of a filter that failed.
local function fail(text)
  error({ kind = "filter", message = "--jq: " .. text }, 0)
end

--- Returns a whole number in a value that a double can't represent, or nil.
local function find_large(value)
  if type(value) == "table" then
    for _, inner in pairs(value) do
      local found = find_large(inner)
      if found then
        return found
      end
    end
  elseif math.type and math.type(value) == "integer" and
      (value > LARGEST or value < -LARGEST) then
    return value
  end
end

--- Returns the results of a filter for a value, each as JSON.
local function apply(used, value)
  local large = used.rounds and find_large(value)
  if large then
    fail(("this version of jq would round %d; --output=json keeps it"):format(
      large))
  end
  local results, problem = used.compiled:run(ndjson.text(value))
  if not results then
    fail(problem:gsub("^jq: ", ""))
  end
  return results
end

--- Returns the text to write of a result: a string as it is, and anything else
-- as JSON, which is indented on a terminal.
local function shown(sheet, text)
  if text:sub(1, 1) == '"' then
    return json.decode(text)
  elseif sheet.is_terminal and text ~= "null" then
    return pretty.text(json.decode(text), sheet.paint)
  end
  return text
end

local writer_methods = {}
local writer_mt = { __index = writer_methods }

function writer_methods:value(value)
  for _, text in ipairs(apply(self.filter, value)) do
    self.sheet.write(shown(self.sheet, text) .. "\n")
  end
  self.is_value = true
end

function writer_methods:page(list)
  for _, item in ipairs(list) do
    if self.by_item then
      self:value(item)
    else
      self.items[#self.items + 1] = item
    end
  end
end

function writer_methods:finish()
  if not self.by_item and not self.is_value then
    self:value(self.items)
  end
end

--- Returns a writer. A list is filtered as one array, which is held until its
-- end or, `by_item`, item by item.
function filter.new(sheet, used, by_item)
  return setmetatable({ sheet = sheet, filter = used, by_item = by_item,
    items = json.array{}, is_value = false }, writer_mt)
end

return filter
