--- csv.lua - reads and writes lines of CSV
-- SPDX-License-Identifier: MIT
local of_program = require("rackspace.output.csv")

local csv = {}

--- Returns the cells of a line. A quoted cell may hold commas, and "" for a
-- quotation mark.
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

--- Returns `count` cells as a line; those that are nil are empty. A text that a
-- spreadsheet would run as a formula is prefixed by an apostrophe: customers
-- choose their accounts' names.
function csv.line(cells, count)
  local texts = {}
  for i = 1, count do
    texts[i] = of_program.cell(cells[i])
  end
  return table.concat(texts, ",") .. "\r\n"
end

return csv
