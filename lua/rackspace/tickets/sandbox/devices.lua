--- devices.lua - the devices of dedicated accounts, the resources of tickets
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local json = require("rackspace.base.json")

local devices = {}

-- Bounds the list, which is built anew for each request.
local most_accounts = 500

local kinds = {
  { name = "web", type = "Server", platform = "Red Hat Enterprise Linux 7" },
  { name = "db", type = "Server", platform = "Windows Server 2016" },
  { name = "fw", type = "Firewall", platform = "Cisco ASA 5508" },
}
local locations = { "DFW3", "IAD3", "LON5", "ORD1" }

--- Returns the n-th device of the account at an index.
local function device_of(sandbox, index, n, base)
  local account, kind = sandbox.data:account(index), kinds[n]
  local number = index * #kinds + n
  local id = ("dedicated:%07d"):format(number)
  local draw = sandbox.data:draw(index, 60 + n, 8)
  return { id = id, accountId = account.tenantId, type = kind.type,
    name = ("%s%d.%s.example.com"):format(kind.name, n, account.id),
    platform = kind.platform, location = locations[draw % #locations + 1],
    status = draw == 7 and "offline" or "online",
    network = { publicIp = ("203.0.113.%d"):format(number % 254 + 1),
      privateIp = ("10.%d.%d.%d"):format(math.floor(number / 65536) % 256,
        math.floor(number / 256) % 256, number % 256) },
    _links = { self = base .. "/resources/" .. id } }
end

local function has_text(device, text)
  local network = device.network
  for _, value in ipairs{ device.id, device.name, network.publicIp,
    network.privateIp, device.type, device.location } do
    if ascii.lower(value):find(text, 1, true) then
      return true
    end
  end
  return false
end

--- Returns the devices of the accounts that the user sees, filtered and sorted
-- by the query.
function devices.find(sandbox, call)
  local selection = sandbox.data:select{ user = call.user.sees,
    accountType = "MANAGED_HOSTING" }
  local query, found = call.query, {}
  local text, status = ascii.lower(query.q or ""), query.status or "online"
  for position = 0, math.min(selection.count, most_accounts) - 1 do
    for n = 1, #kinds do
      local device = device_of(sandbox, selection:at(position), n, call.base)
      if has_text(device, text) and
          (status == "all" or device.status == status) then
        device.status = nil
        found[#found + 1] = device
      end
    end
  end
  local key, down = query.sortBy == "name" and "name" or "id",
    query.sort == "desc"
  table.sort(found, function(a, b)
    if down then
      a, b = b, a
    end
    return a[key] < b[key]
  end)
  return json.array(found)
end

return devices
