--- 04-accounts-csv.lua - accounts and whom to ask about them, for a spreadsheet
-- SPDX-License-Identifier: MIT
--
-- 04-accounts-csv.lua [TYPE] >accounts.csv
--
-- Accounts alone need no script: rackspace accounts.list --output=csv
local rackspace = require("rackspace")

local account_type, extra = ...
if extra then
  io.stderr:write("usage: 04-accounts-csv.lua [TYPE]\n")
  os.exit(2)
end

local columns = { "type", "id", "name", "status", "rcn" }

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

local function write(cells)
  for i = 1, #columns + 2 do
    cells[i] = cell(cells[i])
  end
  io.write(table.concat(cells, ","), "\r\n")
end

local rs = assert(rackspace.new())

local function primary_of(account)
  return assert(rs.contacts:list(account, { role = "PRIMARY" }):totable(1))[1]
end

write{ "type", "id", "name", "status", "rcn", "contact", "email" }
for account, contact in rs:map(rs.accounts:list{ accountType = account_type },
    primary_of, { ordered = true }) do
  local cells = {}
  for i, name in ipairs(columns) do
    cells[i] = account[name]
  end
  if contact then
    local email = contact.emailAddresses.emailAddress[1]
    cells[#columns + 1] = contact.firstName .. " " .. contact.lastName
    cells[#columns + 2] = email and email.address
  end
  write(cells)
end
