--- tables.lua - prints fields as Markdown tables
-- SPDX-License-Identifier: MIT
local tables = {}

local unpack = table.unpack or unpack -- luacheck: ignore 143

-- Descriptions of types whose names don't explain themselves.
local type_names = {
  account = '"TYPE/ID" or record', customer = "id or record",
  id = "string or integer", map = "table of strings",
  open_resource = "RCN, record or resource", rcn = "RCN or record",
  account_resource = '"TYPE/ID" or record', secret = "secret",
  attached = "record or URL", attachment = "path or record",
  recipient = "string or record", resource = "URL or record",
}

--- Returns a link to a heading of the page.
function tables.anchor(heading)
  return "#" .. heading:lower():gsub("[^%w%-_ ]", ""):gsub(" ", "-")
end

--- Returns the name of a type, as a link when it is a record of the service.
function tables.type_name(name, service)
  local element, brackets = name:match("^(.-)([%[%]]*)$")
  local many = brackets ~= "" and "list of " or ""
  for _, record in ipairs(service and service.types or {}) do
    if record.name == element then
      return ("%s[%s](%s)"):format(many, element,
        tables.anchor(service.name .. "." .. element))
    end
  end
  return many .. (type_names[element] or element)
end

--- Returns the known values, bounds, default and conditions of a field.
local function constraints_of(field)
  local notes = {}
  if field.known then
    local known = {}
    for i, value in ipairs(field.known) do
      known[i] = ("`%s`"):format(value)
    end
    notes[1] = "Known: " .. table.concat(known, ", ") .. "."
  end
  if field.min or field.max then
    notes[#notes + 1] = field.min and field.max and
      ("From %s to %s."):format(field.min, field.max) or
      field.min and ("At least %s."):format(field.min) or
      ("At most %s."):format(field.max)
  end
  if field.default then
    notes[#notes + 1] = ("Default: %s."):format(field.default)
  end
  if field.needs then
    notes[#notes + 1] = ("Needs `%s` beside it."):format(field.needs)
  end
  if field.without then
    notes[#notes + 1] = ("Not beside `%s`."):format(field.without)
  end
  return table.concat(notes, " ")
end

--- Escapes a text for a table's cell.
function tables.cell(words)
  return (words:gsub("|", "\\|"):gsub("%s+", " "):gsub("^ ", "")
    :gsub(" $", ""))
end

--- Adds a row of cells.
function tables.row(lines, ...)
  lines:add("| %s |", table.concat({ ... }, " | "))
end

--- Adds the names of the columns.
function tables.head(lines, ...)
  local rule = {}
  for i = 1, select("#", ...) do
    rule[i] = "---"
  end
  tables.row(lines, ...)
  tables.row(lines, unpack(rule))
end

--- Adds a table of fields.
-- @param service whose records are linked, or nil
-- @param heading string: of the first column
function tables.fields(lines, fields, service, heading)
  tables.head(lines, heading, "type", "")
  for _, field in ipairs(fields) do
    tables.row(lines, ("`%s`%s"):format(field.name,
      field.required and " (required)" or ""),
      tables.type_name(field.type, service),
      tables.cell((field.doc or "") .. " " .. constraints_of(field)))
  end
  lines:add()
end

return tables
