--- csv.lua - writes results as CSV (RFC 4180), for spreadsheets
-- SPDX-License-Identifier: MIT
local columns_of = require("rackspace.show.columns")
local core = require("rackspace.core")
local ndjson = require("rackspace.output.ndjson")
local types = require("rackspace.row.types")

local csv = {}

local writer_methods = {}
local writer_mt = { __index = writer_methods }

-- What a spreadsheet runs when a cell begins with it: in ASCII, in full width
-- and in the small forms, which some take for the same.
local starters = { ["="] = true, ["+"] = true, ["-"] = true, ["@"] = true,
  ["＝"] = true, ["＋"] = true, ["－"] = true, ["＠"] = true,
  ["﹦"] = true, ["﹢"] = true, ["﹣"] = true, ["﹫"] = true, ["−"] = true }

-- White space that is printable, beside that of ASCII.
local blanks = { ["\194\160"] = true, ["\225\154\128"] = true,
  ["\226\128\175"] = true, ["\226\129\159"] = true, ["\227\128\128"] = true }
for i = 128, 138 do
  blanks["\226\128" .. string.char(i)] = true
end

--- Whether a spreadsheet may drop a character before it looks at a cell:
-- quotation marks, white space, and what is not printable.
local function is_skipped(character)
  return character:find('^[%s"]') ~= nil or blanks[character] or
    core.printable(character) ~= character
end

--- Puts an apostrophe before a text that a spreadsheet would run as a formula.
local function disarm_cell(text)
  local at = 1
  while at <= #text do
    if starters[text:sub(at, at)] or starters[text:sub(at, at + 2)] then
      return "'" .. text
    end
    local character = text:match("^[\192-\255][\128-\191]*", at) or
      text:sub(at, at)
    if not is_skipped(character) then
      return text
    end
    at = at + #character
  end
  return text
end

--- The same for every part of a text that becomes a cell of its own in a
-- spreadsheet whose locale has semicolons between cells, or that takes tabs for
-- the same: to it, a quotation mark behind a comma means nothing, and a line
-- ends inside of the quotation.
local function disarm(text)
  return (text:find("^[\t\r\n]") and "'" or "") ..
    text:gsub("[^;\t\r\n]+", disarm_cell)
end

local function quote(text)
  if text:find('[",\t\r\n]') or text:find("^%s") or text:find("%s$") then
    return '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

--- Returns a value as the text of a cell; tables as JSON. A number stays one,
-- also below zero. A text that a spreadsheet would run is disarmed, unless it
-- is wanted as it is.
-- @param is_raw whether it is
function csv.cell(value, is_raw)
  if value == nil then
    return ""
  elseif type(value) == "number" then
    return ndjson.text(value)
  end
  local text = type(value) == "string" and value or ndjson.text(value)
  return quote(is_raw and text or disarm(text))
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
    cells[i] = csv.cell(tostring(name), writer.sheet.is_raw)
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
      cells[i] = csv.cell(record[name], self.sheet.is_raw)
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

function csv.new(sheet)
  return setmetatable({ sheet = sheet }, writer_mt)
end

return csv
