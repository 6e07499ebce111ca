--- records.lua - the lines of a state's file: the state, then its changes
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.base.json")

-- Each line is an object with a sum of its content and of the sum before it, so
-- that no line can be spoilt, lost or moved unnoticed.
local FIRST = '{"rackspace_sandbox_state":%d,"sum":"%s","state":%s}\n'
local OTHER = '{"sum":"%s","changes":%s}\n'
local VERSION_PATTERN = '^{"rackspace_sandbox_state":(%d+)()'
local FIRST_PATTERN = '^,"sum":"(%x+)","state":(.*)}\n$'
local OTHER_PATTERN = '^{"sum":"(%x+)","changes":(.*)}$'
local VERSION = 1

local records = {}

local function sum_of(text, previous)
  return core.digest(text, previous):sub(1, 16)
end

--- Returns the line of a whole state, and its sum; or nil and a problem.
function records.first(state)
  local text, problem = json.text(state)
  if not text then
    return nil, problem
  end
  local sum = sum_of(text, "")
  return FIRST:format(VERSION, sum, text), sum
end

--- Returns the line of a list of changes behind a line with the sum `previous`,
-- and its own sum; or nil and a problem. A change has the path `at`, a list of
-- keys, and what is `to` be there, or nil where it is removed.
function records.other(changes, previous)
  local text, problem = json.text(changes)
  if not text then
    return nil, problem
  end
  local sum = sum_of(text, previous)
  return OTHER:format(sum, text), sum
end

--- Returns the state of the first line, and its sum; or nil and a problem.
local function read_first(line)
  local version, rest = line:match(VERSION_PATTERN)
  if not version then
    return nil, "it is no sandbox's state, and is left as it is"
  elseif tonumber(version) ~= VERSION then
    return nil, ("it is a state of version %s, and this sandbox reads " ..
      "version %d"):format(version, VERSION)
  end
  local sum, text = line:sub(rest):match(FIRST_PATTERN)
  local state = sum and sum == sum_of(text, "") and json.decode(text)
  if type(state) ~= "table" then
    return nil, "line 1 is damaged"
  end
  return state, sum
end

--- Makes a change in a state. Returns whether it has a place there.
local function apply(state, change)
  local at = type(change) == "table" and change.at
  local place = state
  for i = 1, type(at) == "table" and #at - 1 or 0 do
    place = type(place) == "table" and place[at[i]]
  end
  if type(at) ~= "table" or #at < 1 or type(place) ~= "table" then
    return false
  end
  place[at[#at]] = change.to
  return true
end

--- Makes the changes of a line. Returns its sum, or nil when it is damaged.
local function read_other(state, line, previous)
  local sum, text = line:match(OTHER_PATTERN)
  local changes = sum and sum == sum_of(text, previous) and json.decode(text)
  for _, change in ipairs(type(changes) == "table" and changes or {}) do
    if not apply(state, change) then
      return nil
    end
  end
  return type(changes) == "table" and sum or nil
end

--- Reads the text of a file, which is not empty. A last line that is not whole
-- is left out: a write was cut short there.
-- @return the state, and a table: its last `sum`, the `length` of what was
--   read, that of the `first` line, and the `torn` line's number or nil; or nil
--   and a problem
function records.read(text)
  local first = text:find("\n", 1, true) or #text
  local state, sum = read_first(text:sub(1, first))
  if not state then
    return nil, sum
  end
  local from, line = first + 1, 2
  while from <= #text do
    local to = text:find("\n", from, true)
    local next_sum = to and read_other(state, text:sub(from, to - 1), sum)
    if not next_sum and to and to < #text then
      return nil, ("line %d is damaged"):format(line)
    elseif not next_sum then
      return state, { sum = sum, length = from - 1, first = first, torn = line }
    end
    sum, from, line = next_sum, to + 1, line + 1
  end
  return state, { sum = sum, length = #text, first = first }
end

return records
