--- output.lua - where a report goes: a private file, whole or not at all
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
  check(self.file:write(text))
end

--- What is written now and stands later in the report: rows that come while
-- what is above them is still counted. A file that has no name.
function output_methods:aside()
  local file, message = io.tmpfile()
  check(file, message)
  self.asides[#self.asides + 1] = file
  return { write = function(_, text) check(file:write(text)) end,
    file = file }
end

--- Adds what was written aside.
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

local function close_asides(self)
  for _, file in ipairs(self.asides) do
    file:close()
  end
  self.asides = {}
end

--- Puts the report in its place: true, or nil and a message.
function output_methods:finish()
  close_asides(self)
  if not self.path then
    return self.file:flush()
  end
  local done, message = self.file:close()
  self.file = nil
  if done then
    done, message = os.rename(self.beside, self.path)
  end
  if not done then
    os.remove(self.beside)
    return nil, self.path .. ": " .. message:match("[^:]*$"):gsub("^ ", "")
  end
  return true
end

--- Leaves nothing behind of a report that came to nothing.
function output_methods:drop()
  close_asides(self)
  if self.path and self.file then
    self.file:close()
    self.file = nil
    os.remove(self.beside)
  end
end

--- The output to a path, or to standard output; nil and a message.
local function open(path)
  if not path then
    return setmetatable({ file = io.stdout, asides = {} }, output_mt)
  end
  local beside, file, message
  beside, message = core.private.beside(path)
  if beside then
    file, message = io.open(beside, "wb")
  end
  if not file then
    return nil, path .. ": " .. message
  end
  return setmetatable({ path = path, beside = beside, file = file,
    asides = {} }, output_mt)
end

return { open = open }
