--- docstring.lua - what stands above a function where it is written
-- SPDX-License-Identifier: MIT
local docstring = {}

--- The text of a chunk by its name: of the program's own, or of a file.
local function text_of(chunk)
  local is_program, embedded = pcall(require, "rackspace.source")
  local text = is_program and embedded(chunk)
  local file = not text and io.open((chunk:match("^@(.*)")) or "")
  if file then
    text = file:read("*a")
    file:close()
  end
  return text or ""
end

--- The first lines of a text.
local function first_lines(text, count)
  local lines = {}
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do
    if #lines == count then
      break
    end
    lines[#lines + 1] = line
  end
  return lines
end

--- The comment that ends at a line, without its marks; nil when there is none.
local function comment_above(lines, last)
  local first = last + 1
  while first > 1 and lines[first - 1]:find("^%s*%-%-") do
    first = first - 1
  end
  local parts = {}
  for i = first, last do
    parts[#parts + 1] = lines[i]:match("^%s*%-+%s*(.-)%s*$")
  end
  return parts[1] and table.concat(parts, " ")
end

--- How a function is written down, such as "map(source, fn, options)", and the
-- comment above it; nil for each that is not known.
function docstring.of(fn)
  local info = debug.getinfo(fn, "S")
  if info.what ~= "Lua" then
    return nil
  end
  local lines = first_lines(text_of(info.source), info.linedefined)
  local line = lines[info.linedefined]
  if not line then
    return nil
  end
  return line:match("function%s+[%w_.:]-([%w_]+%s*%b())"),
    comment_above(lines, info.linedefined - 1)
end

return docstring
