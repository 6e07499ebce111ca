--- curl.lua - sends a request by the program curl, not by the client
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local file = require("spec.support.file")

local curl = {}

local function write(path, text)
  local out = assert(io.open(path, "wb"))
  assert(out:write(text))
  out:close()
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

--- A part of a form as curl's own option wants it; its texts are plain words.
local function form_line(part)
  return ('form = "%s=%s%s%s"'):format(part.name, part.file and "@" .. part.file or part.value,
    part.filename and ";filename=" or "", part.filename or "")
end

--- The lines of a request's body.
local function add_body(lines, request, base)
  if request.body then
    write(base .. ".sent", plain(request.body))
    lines[#lines + 1] = ('data-binary = "@%s.sent"'):format(base)
  elseif request.file then
    lines[#lines + 1] = ('upload-file = "%s"'):format(request.file)
  elseif request.form then
    for _, part in ipairs(request.form) do
      lines[#lines + 1] = form_line(part)
    end
  elseif request.method == "POST" or request.method == "PUT" then
    lines[#lines + 1] = 'header = "Content-Length: 0"'
  end
end

--- The response to a request { method =, url =, headers =, body =, file =, form =,
-- sink = }, as a transport gives it. Everything goes by files: nothing has to be quoted.
function curl.send(request)
  local base = os.tmpname()
  local lines = { "silent", "show-error", ('request = "%s"'):format(request.method),
    ('url = "%s"'):format(request.url), ('output = "%s.body"'):format(base),
    ('dump-header = "%s.head"'):format(base), 'write-out = "%{http_code}"',
    "max-time = " .. child.PATIENCE, 'noproxy = "*"', "path-as-is", "globoff",
    'header = "Expect:"' }
  for name, value in pairs(request.headers or {}) do
    local text = plain(value):gsub('[\\"]', "\\%0")
    lines[#lines + 1] = ('header = "%s: %s"'):format(name, text)
  end
  add_body(lines, request, base)
  write(base .. ".body", "")
  write(base, table.concat(lines, "\n") .. "\n")
  local pipe = assert(io.popen(("env -u LD_PRELOAD curl --disable --config '%s'"):format(base)))
  local status = tonumber(pipe:read("*a"))
  pipe:close()
  local response = { status = assert(status, "curl failed"), seconds = 0,
    body = file.read(base .. ".body"), headers = headers_of(file.read(base .. ".head")) }
  if request.sink and response.status == 200 then
    write(request.sink, response.body)
    response.body = ""
  end
  for _, part in ipairs{ "", ".body", ".head", ".sent" } do
    os.remove(base .. part)
  end
  return response
end

return curl
