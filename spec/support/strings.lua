--- strings.lua - every text that a value shows
-- SPDX-License-Identifier: MIT

--- Whether a text is anywhere in a value: in it, in what its tables hold, in
-- their metatables, in what prints.
local function shows(value, text, seen)
  seen = seen or {}
  if type(value) == "table" then
    if seen[value] then
      return false
    end
    seen[value] = true
    for key, field in pairs(value) do
      if shows(key, text, seen) or shows(field, text, seen) then
        return true
      end
    end
    local meta = getmetatable(value)
    if type(meta) == "table" and shows(meta, text, seen) then
      return true
    end
  end
  return tostring(value):find(text, 1, true) ~= nil
end

return { shows = shows }
