--- formats.lua - the ways in which results are written, by name
-- SPDX-License-Identifier: MIT
local formats = {}

-- A format's module has new(sheet) -> writer, whose methods are page(list) for
-- each page of a list's items, value(value) for what is no list, and finish().
-- The sheet has write(text), note(text) for what is not of the result, and
-- what output.lua says of the result: fields, type, records, width, paint.
formats.list = {
  { name = "table", module = "rackspace.command.sheet",
    doc = "for people: a table, or the fields of one record" },
  { name = "json", module = "rackspace.command.json",
    doc = "one JSON value; a list's items on lines of their own" },
  { name = "ndjson", module = "rackspace.command.ndjson",
    doc = "JSON, one item to a line" },
  { name = "csv", module = "rackspace.command.csv",
    doc = "for spreadsheets (RFC 4180), with a heading; what is nested is " ..
      "JSON, and a text that a spreadsheet would run gets a ' before it" },
  { name = "lua", module = "rackspace.command.literal",
    doc = "Lua that returns the value" },
}

--- The names of the formats, in their order.
function formats.names()
  local names = {}
  for i, format in ipairs(formats.list) do
    names[i] = format.name
  end
  return names
end

--- A writer by its format's name.
function formats.new(name, sheet)
  for _, format in ipairs(formats.list) do
    if format.name == name then
      return require(format.module).new(sheet)
    end
  end
  error("there is no format '" .. tostring(name) .. "'", 2)
end

return formats
