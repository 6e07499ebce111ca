--- curl.lua - sends a request by the program curl, not by the client
-- SPDX-License-Identifier: MIT
local curl = {}

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  file:close()
end

local function plain(value)
  return type(value) == "userdata" and value:reveal() or tostring(value)
end

--- The headers of the last block, by lower-case names.
local function headers_of(text)
  local headers = {}
  for line in text:gmatch("([^\r\n]*)\r?\n") do
    if line:find("^HTTP/") then
      headers = {}
    end
    local name, value = line:match("^([^:]+):%s*(.-)%s*$")
    if name then
      headers[name:lower()] = value
    end
  end
  return headers
end

--- The response to a request { method =, url =, headers =, body = }, as a
-- transport gives it. Everything goes by files: nothing has to be quoted.
function curl.send(request)
  local base = os.tmpname()
  local lines = { "silent", "show-error", ('request = "%s"'):format(request.method),
    ('url = "%s"'):format(request.url), ('output = "%s.body"'):format(base),
    ('dump-header = "%s.head"'):format(base), 'write-out = "%{http_code}"',
    "max-time = 20", 'noproxy = "*"', "path-as-is", "globoff", 'header = "Expect:"' }
  for name, value in pairs(request.headers or {}) do
    local text = plain(value):gsub('[\\"]', "\\%0")
    lines[#lines + 1] = ('header = "%s: %s"'):format(name, text)
  end
  if request.body then
    write(base .. ".sent", plain(request.body))
    lines[#lines + 1] = ('data-binary = "@%s.sent"'):format(base)
  elseif request.method == "POST" or request.method == "PUT" then
    lines[#lines + 1] = 'header = "Content-Length: 0"'
  end
  write(base .. ".body", "")
  write(base, table.concat(lines, "\n") .. "\n")
  local pipe = assert(io.popen(("env -u LD_PRELOAD curl --disable --config '%s'"):format(base)))
  local status = tonumber(pipe:read("*a"))
  pipe:close()
  local response = { status = assert(status, "curl failed"), seconds = 0,
    body = read(base .. ".body"), headers = headers_of(read(base .. ".head")) }
  for _, part in ipairs{ "", ".body", ".head", ".sent" } do
    os.remove(base .. part)
  end
  return response
end

return curl
