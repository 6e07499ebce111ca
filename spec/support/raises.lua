--- raises.lua - a mistake is told of where it was made
-- SPDX-License-Identifier: MIT

--- Calls a function of one line, which has to raise a text at that line.
-- Returns the text without its position.
return function(fn)
  local info = debug.getinfo(fn, "S")
  local ok, message = pcall(fn)
  assert(not ok, "nothing was raised")
  assert(type(message) == "string", "what was raised is no text")
  local position = ("%s:%d: "):format(info.short_src, info.linedefined)
  assert(message:sub(1, #position) == position,
    ("raised at another place than %s: %s"):format(position, message))
  return (message:sub(#position + 1))
end
