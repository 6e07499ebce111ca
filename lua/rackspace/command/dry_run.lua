--- dry_run.lua - the request that a call would send, without its secrets
-- SPDX-License-Identifier: MIT
local operation = require("rackspace.row.operation")

local unpack = table.unpack or unpack -- luacheck: ignore 143

local dry_run = {}

--- What only a log-in or the call itself could fill in.
local function open_path(op)
  return (op.path:gsub("{version}", op.version or "{version}")
    :gsub("{[^}]*}", "<hidden>"))
end

--- Files go up by requests of their own.
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

--- The lines of a request. What Identity's own operations send is made of
-- credentials.
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

--- The request of a call's arguments; nil and what is wrong with them.
function dry_run.build(session, op, args)
  local request, problem = operation.build(op, unpack(args, 1, args.n))
  problem = problem or op.check and
    op.check(request.values, session, unpack(args, 1, args.n))
  return not problem and request or nil, problem
end

return dry_run
