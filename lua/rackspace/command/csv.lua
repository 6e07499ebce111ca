--- csv.lua - results for spreadsheets, as RFC 4180 has them
-- SPDX-License-Identifier: MIT
local columns_of = require("rackspace.show.columns")
local ndjson = require("rackspace.command.ndjson")
local types = require("rackspace.row.types")

local writer_methods = {}
local writer_mt = { __index = writer_methods }

--- A text that a spreadsheet would take for a formula gets an apostrophe in
-- front, by which it stays a text.
local function disarm(text)
  return text:find("^[=+%-@\t\r\n]") and "'" .. text or text
end

local function quote(text)
  if text:find('[",\r\n]') or text:find("^%s") or text:find("%s$") then
    return '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

--- A value as a cell; what is nested as its JSON.
local function cell(value)
  if value == nil then
    return ""
  elseif type(value) == "string" then
    return quote(disarm(value))
  end
  return quote(ndjson.text(value))
end

--- The names of the columns: those that were asked for; or the type's fields,
-- and what else the first items have.
local function names_of(self, list)
  local sheet = self.sheet
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

local function write_line(self, cells)
  self.sheet.write(table.concat(cells, ",") .. "\r\n")
end

local function write_heading(self, list)
  local cells = {}
  self.names = names_of(self, list)
  for i, name in ipairs(self.names) do
    cells[i] = cell(tostring(name))
  end
  write_line(self, cells)
end

--- Items as records: what is no record is one by the name "value".
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
    write_line(self, cells)
  end
end

function writer_methods:value(value)
  self:page{ value }
end

--- Of nothing, at least the heading.
function writer_methods:finish()
  if not self.names and (self.sheet.fields or self.sheet.records) then
    write_heading(self, {})
  end
end

local function new(sheet)
  return setmetatable({ sheet = sheet }, writer_mt)
end

return { new = new }
