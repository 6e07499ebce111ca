--- writer.lua - what a format of the output makes of pages and values
-- SPDX-License-Identifier: MIT
local formats = require("rackspace.output.formats")

local writer = {}

local function open(name, sheet)
  local parts, notes, copy = {}, {}, { width = 80 }
  for key, value in pairs(sheet or {}) do
    copy[key] = value
  end
  copy.write = function(text) parts[#parts + 1] = text end
  copy.note = function(text) notes[#notes + 1] = text end
  return formats.new(name, copy), parts, notes
end

--- The text of a list that comes in pages, and the notes beside it.
function writer.pages(name, pages, sheet)
  local made, parts, notes = open(name, sheet)
  for _, page in ipairs(pages) do
    made:page(page)
  end
  made:finish()
  return table.concat(parts), notes
end

--- The text of one value.
function writer.value(name, value, sheet)
  local made, parts = open(name, sheet)
  made:value(value)
  made:finish()
  return table.concat(parts)
end

return writer
