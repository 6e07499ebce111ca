--- csv.lua - writes results as CSV (RFC 4180), for spreadsheets
-- SPDX-License-Identifier: MIT
local columns_of = require("rackspace.show.columns")
local ndjson = require("rackspace.command.ndjson")
local types = require("rackspace.row.types")

local writer_methods = {}
local writer_mt = { __index = writer_methods }

--- Puts an apostrophe before a text that a spreadsheet would run as a formula.
local function disarm(text)
  return text:find("^[=+%-@\t\r\n]") and "'" .. text or text
end

local function quote(text)
  if text:find('[",\r\n]') or text:find("^%s") or text:find("%s$") then
    return '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

--- Returns a value as the text of a cell; tables as JSON.
local function cell(value)
  if value == nil then
    return ""
  elseif type(value) == "string" then
    return quote(disarm(value))
  end
  return quote(ndjson.text(value))
end

--- Returns the names of the columns: the requested ones, or the fields of the
-- type and further members of the first items.
local function names_of(sheet, list)
  if sheet.fields then
    return sheet.fields
  end
  local names, is_known = {}, {}
  for i, name in ipairs(types.names(sheet.records or {})) do
    names[i], is_known[name] = name, true
  end
  for _, name in ipairs(columns_of.names(list)) do
    if not is_known[name] then
      names[#names + 1] = name
    end
  end
  return names
end

local function write_line(sheet, cells)
  sheet.write(table.concat(cells, ",") .. "\r\n")
end

local function write_heading(writer, list)
  local cells = {}
  writer.names = names_of(writer.sheet, list)
  for i, name in ipairs(writer.names) do
    cells[i] = cell(tostring(name))
  end
  write_line(writer.sheet, cells)
end

--- Returns an item as a record: other values are in its field "value".
local function as_record(item)
  if type(item) == "table" and item[1] == nil then
    return item
  end
  return { value = item }
end

function writer_methods:page(list)
  local records = {}
  for i, item in ipairs(list) do
    records[i] = as_record(item)
  end
  if not self.names then
    write_heading(self, records)
  end
  for _, record in ipairs(records) do
    local cells = {}
    for i, name in ipairs(self.names) do
      cells[i] = cell(record[name])
    end
    write_line(self.sheet, cells)
  end
end

function writer_methods:value(value)
  self:page{ value }
end

--- Writes the heading if there were no items.
function writer_methods:finish()
  if not self.names and (self.sheet.fields or self.sheet.records) then
    write_heading(self, {})
  end
end

local function new(sheet)
  return setmetatable({ sheet = sheet }, writer_mt)
end

return { new = new }
