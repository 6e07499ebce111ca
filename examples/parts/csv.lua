--- csv.lua - the lines of a spreadsheet
-- SPDX-License-Identifier: MIT
local csv = {}

--- A line's cells. Quoted ones may have commas, and "" for a quote.
function csv.cells(line)
  local cells = {}
  line = line:gsub("\r$", ""):gsub('%b""', function(quoted)
    return (quoted:gsub(",", "\1"))
  end)
  for cell in (line .. ","):gmatch("([^,]*),") do
    cells[#cells + 1] = cell:gsub("\1", ","):gsub('^"(.*)"$', "%1")
      :gsub('""', '"')
  end
  return cells
end

--- A value as a cell. What a spreadsheet would take for a formula gets an
-- apostrophe in front: names are written by whoever owns the account.
local function cell(value)
  local text = tostring(value == nil and "" or value)
  if text:find("^[=+%-@\t\r]") then
    text = "'" .. text
  end
  if text:find('[",\r\n]') then
    text = '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

--- So many cells as a line; those that are nil are empty.
function csv.line(cells, count)
  local texts = {}
  for i = 1, count do
    texts[i] = cell(cells[i])
  end
  return table.concat(texts, ",") .. "\r\n"
end

return csv
