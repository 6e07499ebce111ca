--- 04-accounts-csv.lua - writes accounts and their PRIMARY contacts as CSV
-- SPDX-License-Identifier: MIT
--
-- 04-accounts-csv.lua [TYPE] >accounts.csv
--
-- Accounts alone need no script: rackspace accounts.list --output=csv
local here = debug.getinfo(1, "S").source:match("^@(.-)[^/]*$")
package.path = here .. "parts/?.lua;" .. package.path
local csv = require("csv")
local rackspace = require("rackspace")

local account_type, extra = ...
if extra then
  io.stderr:write("usage: 04-accounts-csv.lua [TYPE]\n")
  os.exit(2)
end

local columns = { "type", "id", "name", "status", "rcn" }

local rs = assert(rackspace.new())

local function primary_of(account)
  return assert(rs.contacts:list(account, { role = "PRIMARY" }):totable(1))[1]
end

io.write(csv.line({ "type", "id", "name", "status", "rcn", "contact",
  "email" }, 7))
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
  io.write(csv.line(cells, 7))
end
