--- json.lua - writes results as one JSON value
-- SPDX-License-Identifier: MIT
local ndjson = require("rackspace.output.ndjson")

local writer_methods = {}
local writer_mt = { __index = writer_methods }

function writer_methods:page(list)
  for _, item in ipairs(list) do
    self.sheet.write((self.is_open and ",\n" or "[\n") .. ndjson.text(item))
    self.is_open = true
  end
end

function writer_methods:value(value)
  self.is_value = true
  self.sheet.write(ndjson.text(value) .. "\n")
end

function writer_methods:finish()
  if not self.is_value then
    self.sheet.write(self.is_open and "\n]\n" or "[]\n")
  end
end

local function new(sheet)
  return setmetatable({ sheet = sheet }, writer_mt)
end

return { new = new }
