--- letters.lua - about how wide a text is in a drawing, in pixels
-- SPDX-License-Identifier: MIT
local markup = require("rackspace.picture.markup")
local width = require("rackspace.show.width")

local letters = {}

-- Of a letter at 13 pixels in the widest of the usual typefaces.
local CAPITAL, OTHER = 9.2, 7.6

--- The pixels that a text takes, at most.
function letters.pixels(text)
  local _, capitals = text:gsub("[%u_]", "")
  return capitals * CAPITAL + (width.of(text) - capitals) * OTHER
end

--- A text within so many pixels; a longer one ends in an ellipsis.
function letters.fit(text, pixels)
  text = markup.clean(text)
  local columns = math.floor(pixels / OTHER)
  local cut = width.cut(text, math.max(0, columns))
  while columns > 0 and letters.pixels(cut) > pixels do
    columns = columns - 1
    cut = width.cut(text, columns)
  end
  return cut
end

return letters
