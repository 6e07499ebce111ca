--- paragraph.lua - wraps texts to the width of a terminal
-- SPDX-License-Identifier: MIT
local paint_of = require("rackspace.show.paint")
local width = require("rackspace.show.width")

local paragraph = {}

--- Wraps a text at its words.
-- @param columns integer: the width
-- @param indent string: begins each line but the first (none)
-- @return a list of lines
function paragraph.wrap(text, columns, indent)
  local lines, line = {}, ""
  for word in text:gmatch("%S+") do
    if line ~= "" and width.of(line) + 1 + width.of(word) > columns then
      lines[#lines + 1] = line
      line = (indent or "") .. word
    else
      line = line == "" and word or line .. " " .. word
    end
  end
  lines[#lines + 1] = line
  return lines
end

--- Wraps those lines of a text that are wider than the terminal, and keeps
-- their indentation.
-- @param columns integer, or nil to leave the text as it is
-- @return the text
function paragraph.fit(text, columns)
  return columns and text:gsub("([ \t]*)([^\n]+)", function(blanks, line)
    local room = columns - width.of(blanks)
    return width.of(line) > room and blanks ..
      table.concat(paragraph.wrap(line, room), "\n" .. blanks) or nil
  end) or text
end

--- Returns a text of others as one line, safe to print.
local function line_of(text)
  return width.plain((text:gsub("%s+", " ")))
end

--- Wraps a text and adds it to a list of lines.
-- @param options table: width (80)
-- @param indent string: begins each line (none)
function paragraph.add(lines, text, options, indent)
  indent = indent or ""
  local room = (options.width or 80) - #indent
  for _, line in ipairs(paragraph.wrap(line_of(text), room)) do
    lines[#lines + 1] = indent .. line
  end
end

--- Adds "name  text", the text wrapped in a column of its own.
-- @param options table: width (80), paint
-- @param columns integer: the width of the column of names
function paragraph.entry(lines, name, text, options, columns)
  local paint = options.paint or paint_of.plain
  local indent = (" "):rep(columns + 4)
  local label = paint("name", "  " .. width.pad(width.plain(name), columns) ..
    "  ")
  local room = math.max(20, (options.width or 80) - #indent)
  for i, line in ipairs(paragraph.wrap(line_of(text), room)) do
    lines[#lines + 1] = (i == 1 and label or indent) .. line
  end
end

--- Adds a list of entries { name, text }, their texts in one column.
function paragraph.entries(lines, entries, options)
  local columns = 0
  for _, entry in ipairs(entries) do
    columns = math.max(columns, width.of(width.plain(entry[1])))
  end
  for _, entry in ipairs(entries) do
    paragraph.entry(lines, entry[1], entry[2], options, columns)
  end
end

return paragraph
