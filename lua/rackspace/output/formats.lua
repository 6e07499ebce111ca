--- formats.lua - the output formats, by name
-- SPDX-License-Identifier: MIT
local picture = require("rackspace.picture")

local formats = {}

local drawn = table.concat(picture.names(), ", ")

-- A format's module in this folder has new(sheet, name), which returns a
-- writer. Its methods are page(list), called for each page of a list,
-- value(value), called for other values, and finish(). The sheet has
-- write(text), note(text) for remarks that are not part of the result, and
-- what init.lua knows of the result: operation, subject, fields, type,
-- records, is_terminal, width, paint. A format with is_picture is only for
-- operations that have a picture.
formats.list = {
  { name = "table", module = "sheet",
    doc = "for people: a table, or the fields of one record" },
  { name = "json", module = "json",
    doc = "one JSON value; a list's items on lines of their own" },
  { name = "ndjson", module = "ndjson",
    doc = "JSON, one item to a line" },
  { name = "csv", module = "csv",
    doc = "for spreadsheets (RFC 4180), with a heading; what is nested is " ..
      "JSON, and a text that a spreadsheet would run gets a ' before it, " ..
      "without --raw" },
  { name = "lua", module = "literal",
    doc = "Lua that returns the value" },
  { name = "svg", module = "picture", is_picture = true,
    doc = "a drawing, in a file of its own; of " .. drawn },
  { name = "html", module = "picture", is_picture = true,
    doc = "a page with the drawing and a table; of " .. drawn },
}

-- The formats whose JSON --jq filters.
local takes_filter = { json = true, ndjson = true }

local by_name = {}
for _, format in ipairs(formats.list) do
  by_name[format.name] = format
end

--- Returns the names of the formats, in their order.
function formats.names()
  local names = {}
  for i, format in ipairs(formats.list) do
    names[i] = format.name
  end
  return names
end

--- Returns the format that a file's name ends in, or nil.
function formats.of_file(path)
  local ending = path:match("%.(%w+)$")
  return by_name[ending] and ending ~= "table" and ending or nil
end

--- Returns the names of the formats that draw an operation's result.
function formats.pictures(operation)
  local names = {}
  for _, format in ipairs(formats.list) do
    local is_drawn = format.is_picture and picture.of(operation)
    names[#names + 1] = is_drawn and format.name or nil
  end
  return names
end

--- Returns why a result can't be written as the options ask for, or nil.
-- `operation` is the full name of the operation that returned it, if any.
function formats.problem(options, operation)
  local format = by_name[options.output]
  if options.jq then
    return format and not takes_filter[format.name] and
      "--jq is for --output=json and ndjson" or nil
  end
  format = format or options.file and by_name[formats.of_file(options.file)]
  if not (format and format.is_picture) then
    return nil
  elseif not picture.of(operation) then
    return ("there is no %s of it, only of %s"):format(format.name, drawn)
  elseif options.fields then
    return "--fields is not for pictures"
  end
end

--- Makes the writer of a format, by its name.
function formats.new(name, sheet)
  local format = by_name[name]
  if not format then
    error("there is no format '" .. tostring(name) .. "'", 2)
  end
  return require("rackspace.output." .. format.module).new(sheet, name)
end

return formats
