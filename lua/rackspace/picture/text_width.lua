--- text_width.lua - estimates the width of a text in a drawing
-- SPDX-License-Identifier: MIT
local markup = require("rackspace.picture.markup")
local width = require("rackspace.show.width")

local text_width = {}

-- Pixels of a letter in the widest of the usual fonts at 13 pixels.
local CAPITAL, OTHER = 9.2, 7.6

--- Returns an upper bound of a text's width in pixels.
function text_width.pixels(text)
  local _, capitals = text:gsub("[%u_]", "")
  return capitals * CAPITAL + (width.of(text) - capitals) * OTHER
end

--- Cuts a text to a width in pixels, with an ellipsis at its end.
function text_width.fit(text, pixels)
  text = markup.clean(text)
  local columns = math.floor(pixels / OTHER)
  local cut = width.cut(text, math.max(0, columns))
  while columns > 0 and text_width.pixels(cut) > pixels do
    columns = columns - 1
    cut = width.cut(text, columns)
  end
  return cut
end

return text_width
