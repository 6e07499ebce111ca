--- luasocket.lua - measures the same calls by LuaSocket and lua-cjson
-- SPDX-License-Identifier: MIT

-- luasocket.lua URL SECONDS. socket.http keeps no connection open; the function
-- connection() makes it reuse one.

local cjson = require("cjson")
local ltn12 = require("ltn12")
local http = require("socket.http")
local socket = require("socket")

local url, seconds = ...
seconds = tonumber(seconds)

local kept
local function connection()
  local real = kept or assert(socket.tcp())
  local proxy = { close = function() return 1 end }
  function proxy.connect(_, host, port)
    if real == kept then
      return 1
    end
    local ok, message = real:connect(host, port)
    if ok then
      real:setoption("tcp-nodelay", true)
      kept = real
    end
    return ok, message
  end
  return setmetatable(proxy, { __index = function(_, name)
    return function(_, ...)
      return real[name](real, ...)
    end
  end })
end

local function get()
  local parts = {}
  local _, status = http.request{ url = url, create = connection,
    sink = ltn12.sink.table(parts), headers = { connection = "keep-alive",
      accept = "application/json", ["x-auth-token"] = ("0"):rep(32) } }
  assert(status == 200)
  assert(cjson.decode(table.concat(parts)).number == 10101)
end

get()
local count, start = 0, socket.gettime()
local stop = start
while stop - start < seconds do
  get()
  count, stop = count + 1, socket.gettime()
end
print(("%.1f"):format(count / (stop - start)))
