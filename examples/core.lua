--- core.lua - calls any HTTP API, several URLs at once, with the core alone
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

if #arg == 0 then
  io.stderr:write("usage: core.lua URL...\n")
  os.exit(2)
end

local client = assert(core.client())

local urls = {}
for i, url in ipairs(arg) do
  local problem = core.url.fault(url)
  if problem then
    io.stderr:write(url, ": ", problem, "\n")
    os.exit(2)
  end
  urls[i] = url
end

-- All requests start at once; poll returns finished transfers in any order.
local waiting = {}
for _, url in ipairs(urls) do
  local transfer = client:start{ url = url, timeout = 30,
    headers = { Accept = "application/json", ["User-Agent"] = "core.lua" } }
  waiting[transfer] = url
end

while next(waiting) do
  for _, transfer in ipairs(client:poll(30)) do
    local response, message, kind = transfer:response()
    if response then
      print(("%s  %d  %d bytes of %s in %.3f s"):format(waiting[transfer],
        response.status, #response.body,
        response.headers["content-type"] or "no type", response.seconds))
    else
      print(("%s  %s: %s"):format(waiting[transfer], kind, message))
    end
    waiting[transfer] = nil
  end
end
client:close()
