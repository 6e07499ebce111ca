--- dry_run.lua - the request that a call would send, with secrets masked
-- SPDX-License-Identifier: MIT
local operation = require("rackspace.row.operation")

local unpack = table.unpack or unpack -- luacheck: ignore 143

local dry_run = {}

--- Returns the path with the parts masked that only the call can fill in.
local function open_path(op)
  return (op.path:gsub("{version}", op.version or "{version}")
    :gsub("{[^}]*}", "<hidden>"))
end

--- Adds the files that are uploaded first, by requests of their own.
local function add_files(lines, values)
  local list = (values.comment or values).attachments
  for _, file in ipairs(type(list) == "table" and list or {}) do
    if file.path then
      lines[#lines + 1] = "# first put up: " .. file.path
    end
  end
end

local function headers_of(op, request)
  local list = { "Accept: " .. op.accept }
  if request.body then
    list[#list + 1] = "Content-Type: " .. op.content_type
  end
  if op.auth == "token" then
    list[#list + 1] = "X-Auth-Token: <hidden>"
  elseif op.auth == "signature" then
    list[#list + 1] = "X-Api-Signature: <hidden>"
  end
  return list
end

--- Returns the lines of a request. The bodies of Identity's operations are
-- masked: they hold credentials.
function dry_run.lines(session, op, request)
  local lines = {}
  add_files(lines, request.values)
  local base = session.settings.endpoints[op.endpoint] or
    "<" .. op.endpoint .. ">"
  lines[#lines + 1] = ("%s %s%s%s"):format(op.method, base,
    request.path or open_path(op),
    request.query and request.query ~= "" and "?" .. request.query or "")
  for _, header in ipairs(headers_of(op, request)) do
    lines[#lines + 1] = header
  end
  if op.service == "identity" and op.method == "POST" then
    lines[#lines + 1] = "\n<hidden>"
  elseif request.body then
    lines[#lines + 1] = "\n" .. request.body:gsub("\\/", "/")
  end
  return lines
end

--- Builds the request of a call; nil and what is wrong with its arguments.
function dry_run.build(session, op, args)
  local request, problem = operation.build(op, unpack(args, 1, args.n))
  problem = problem or op.check and
    op.check(request.values, session, unpack(args, 1, args.n))
  return not problem and request or nil, problem
end

return dry_run
