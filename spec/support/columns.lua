--- columns.lua - reads a table that was printed, by the columns of its head
-- SPDX-License-Identifier: MIT
local width = require("rackspace.show.width")

local columns = {}

--- Where each word of a table's head begins, in columns of the screen.
local function read_head(head)
  local starts, names = {}, {}
  for start, name in head:gmatch("()(%S+)") do
    starts[#starts + 1], names[#names + 1] = start - 1, name
  end
  return starts, names
end

--- Cuts a line where the columns begin. Raises where a cell runs into the next.
local function cut(line, starts)
  local cells, at, column = { "" }, 0, 1
  for character in line:gmatch("[%z\1-\127\194-\244][\128-\191]*") do
    if at == starts[column + 1] then
      assert(cells[column]:find("  $"), "two cells touch: " .. line)
      column = column + 1
      cells[column] = ""
    end
    cells[column] = cells[column] .. character
    at = at + width.of(character)
  end
  return cells
end

--- The rows of a table whose columns begin at their left: each is a set of its
-- cells by the names of the head.
function columns.read(text)
  local head, body = text:match("^([^\n]*)\n(.*)$")
  local starts, names = read_head(head)
  local rows = {}
  for line in (body .. "\n"):gmatch("([^\n]+)\n") do
    local row = {}
    for i, cell in ipairs(cut(line, starts)) do
      row[names[i]] = cell:gsub(" +$", "")
    end
    rows[#rows + 1] = row
  end
  return rows
end

--- Raises unless every line fits into a width.
function columns.assert_fit(text, most)
  for line in text:gmatch("[^\n]+") do
    assert(width.of(line) <= most, "over " .. most .. " columns: " .. line)
  end
end

return columns
