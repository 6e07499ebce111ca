--- 12-reconcile.lua - compares a list of e-mail customers with the service's
-- SPDX-License-Identifier: MIT
--
-- 12-reconcile.lua customers.csv       lines of referenceNumber,name
--
-- Exits like diff: with 0 when both lists agree, with 1 when they differ.
local here = debug.getinfo(1, "S").source:match("^@(.-)[^/]*$")
package.path = here .. "parts/?.lua;" .. package.path
local csv = require("csv")
local rackspace = require("rackspace")

local path, extra = ...
if not path or extra then
  io.stderr:write("usage: 12-reconcile.lua FILE\n")
  os.exit(2)
end

local ours = {}
for line in io.lines(path) do
  local cells = csv.cells(line)
  if cells[2] then
    ours[cells[1]] = cells[2]
  end
end

local rs = assert(rackspace.new())
local found = {}
local function tell(what, number, name)
  found[#found + 1] = ("%s  %s  %s"):format(what, number, name)
end

for customer in rs.email_customers:list{ size = 250 } do
  local number = customer.referenceNumber or ""
  if not ours[number] then
    tell("only there", number, customer.name)
  elseif ours[number] ~= customer.name then
    tell("renamed", number, ours[number] .. " -> " .. customer.name)
  end
  ours[number] = nil
end
for number, name in pairs(ours) do
  tell("only here", number, name)
end

table.sort(found)
for _, line in ipairs(found) do
  print(line)
end
os.exit(#found == 0 and 0 or 1)
