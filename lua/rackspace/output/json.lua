--- json.lua - writes results as one JSON value
-- SPDX-License-Identifier: MIT
local ndjson = require("rackspace.output.ndjson")
local pretty = require("rackspace.output.pretty")

local writer_methods = {}
local writer_mt = { __index = writer_methods }

--- Returns a value as JSON: indented on a terminal.
local function text_of(sheet, value, indent)
  return sheet.is_terminal and pretty.text(value, sheet.paint, indent) or
    ndjson.text(value)
end

function writer_methods:page(list)
  local indent = self.sheet.is_terminal and "  " or ""
  for _, item in ipairs(list) do
    self.sheet.write((self.is_open and ",\n" or "[\n") .. indent ..
      text_of(self.sheet, item, indent))
    self.is_open = true
  end
end

function writer_methods:value(value)
  self.is_value = true
  self.sheet.write(text_of(self.sheet, value, "") .. "\n")
end

function writer_methods:finish()
  if not self.is_value then
    self.sheet.write(self.is_open and "\n]\n" or "[]\n")
  end
end

local function new(sheet)
  return setmetatable({ sheet = sheet }, writer_mt)
end

return { new = new, text_of = text_of }
