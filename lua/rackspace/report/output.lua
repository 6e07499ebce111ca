--- output.lua - the file that a report is written to, whole or not at all
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local output_methods = {}
local output_mt = { __index = output_methods }

local PIECE = 65536

local function check(done, message)
  if not done then
    error({ problem = message }, 0)
  end
end

--- Writes a text, or raises { problem = }.
function output_methods:write(text)
  check(self.out:write(text))
end

--- Returns a temporary file for a later part of the report: rows that arrive
-- before the part above them is complete.
function output_methods:aside()
  local file, message = io.tmpfile()
  check(file, message)
  self.asides[#self.asides + 1] = file
  return { write = function(_, text) check(file:write(text)) end,
    file = file }
end

--- Writes what was written aside.
function output_methods:pour(aside)
  check(aside.file:seek("set"))
  while true do
    local piece, message = aside.file:read(PIECE)
    if not piece then
      check(not message, message)
      break
    end
    self:write(piece)
  end
end

local function close_asides(output)
  for _, file in ipairs(output.asides) do
    file:close()
  end
  output.asides = {}
end

--- Puts the report in its place: true, or nil and a message.
function output_methods:finish()
  close_asides(self)
  if not self.path then
    return self.out:flush()
  end
  local done, problem = self.out:commit()
  return done, problem and self.path .. ": " .. problem
end

--- Removes what was written of a report that failed.
function output_methods:drop()
  close_asides(self)
  if self.path then
    self.out:discard()
  end
end

--- Opens the output to a path, or to standard output when `path` is nil; nil
-- and a message.
local function open(path)
  local out, problem = io.stdout, nil
  if path then
    out, problem = core.file.replace(path)
  end
  if not out then
    return nil, path .. ": " .. problem
  end
  return setmetatable({ path = path, out = out, asides = {} }, output_mt)
end

return { open = open }
