--- mark.lua - byte order marks at the beginning of a text
-- SPDX-License-Identifier: MIT
local mark = {}

-- U+FEFF in UTF-8. Editors and servers put it before a text, and so does what
-- joins such files: several may stand there.
local MARK = "\239\187\191"

--- Returns a text without the byte order marks at its beginning.
function mark.skip(text)
  local from = 1
  while text:sub(from, from + #MARK - 1) == MARK do
    from = from + #MARK
  end
  return from > 1 and text:sub(from) or text
end

return mark
