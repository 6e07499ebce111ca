--- docstring.lua - reads the comment above a function's definition
-- SPDX-License-Identifier: MIT
local docstring = {}

--- Returns the source of a chunk: of one built into the program, or of a file;
-- "" when there is none.
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

--- Returns the first lines of a text.
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

--- Returns the text of a comment's lines up to its first @tag.
function docstring.text(lines)
  local words = {}
  for _, line in ipairs(lines) do
    local text = line:match("^%s*%-+%s*(.-)%s*$")
    if text:find("^@") then
      break
    end
    words[#words + 1] = text
  end
  return table.concat(words, " ")
end

--- Returns the lines of the comment whose last line has the number `last`.
local function comment_above(lines, last)
  local comment = {}
  while last > 0 and lines[last]:find("^%s*%-%-") do
    table.insert(comment, 1, lines[last])
    last = last - 1
  end
  return comment
end

--- Returns the signature of a function, such as "map(source, fn, options)", and
-- the text of the comment above it; nil for each that is not known.
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
  local comment = comment_above(lines, info.linedefined - 1)
  return line:match("function%s+[%w_.:]-([%w_]+%s*%b())"),
    comment[1] and docstring.text(comment)
end

return docstring
