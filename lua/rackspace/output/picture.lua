--- picture.lua - writes results as drawings and pages
-- SPDX-License-Identifier: MIT
local picture = require("rackspace.picture")

local writer_methods = {}
local writer_mt = { __index = writer_methods }

function writer_methods:page(list)
  for _, item in ipairs(list) do
    self.list[#self.list + 1] = item
  end
end

--- Draws all items that were written.
function writer_methods:finish()
  local sheet = self.sheet
  local draw = picture.of(sheet.operation)[self.name]
  sheet.write(draw(self.list, { account = sheet.subject }))
end

local function new(sheet, name)
  return setmetatable({ sheet = sheet, name = name, list = {} }, writer_mt)
end

return { new = new }
