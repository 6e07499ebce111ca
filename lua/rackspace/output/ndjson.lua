--- ndjson.lua - writes results as JSON, one item to a line
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")

local ndjson = {}

local writer_methods = {}
local writer_mt = { __index = writer_methods }

--- Returns a value as JSON, with slashes unescaped.
function ndjson.text(value)
  return json.plain(value)
end

function writer_methods:page(list)
  for _, item in ipairs(list) do
    self.sheet.write(ndjson.text(item) .. "\n")
  end
end

function writer_methods:value(value)
  self.sheet.write(ndjson.text(value) .. "\n")
end

function writer_methods.finish()
end

function ndjson.new(sheet)
  return setmetatable({ sheet = sheet }, writer_mt)
end

return ndjson
