--- storage.lua - the sandbox's file storage: TempURL and FormPOST of Swift
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local bytes = require("rackspace.sandbox.bytes")
local core = require("rackspace.core")
local multipart = require("rackspace.sandbox.multipart")
local uploads = require("rackspace.tickets.sandbox.uploads")

local storage = {}

local prefix = "/storage"
local reasons = { [201] = "201 Created", [400] = "400 Bad Request",
  [500] = "500 Internal Error" }

local function plain(status, text)
  return status, text, { ["Content-Type"] = "text/plain" }
end

--- Whether a time of expiry, digits of seconds since 1970, has passed or is
-- malformed.
local function is_over(sandbox, text)
  local seconds = tonumber((text or ""):match("^%d+$"))
  return not seconds or seconds < sandbox:time()
end

-- ---- TempURL ----------------------------------------------------------------

local actions = {}

function actions.GET(sandbox, _, upload)
  if not upload.file then
    return plain(404, "The resource could not be found.")
  end
  return 200, nil, { ["Content-Type"] = "application/octet-stream" },
    sandbox.store:path_of(upload.file)
end

function actions.PUT(sandbox, call, _, uuid)
  local path, problem = sandbox.store:new_file()
  local source, count
  if path then
    source, problem = bytes.open(call)
  end
  if source then
    count, problem = bytes.save(source, path)
    source:close()
  end
  if path and not count then
    os.remove(path)
  end
  if not count then
    return plain(500, problem)
  end
  uploads.keep(sandbox, uuid, path)
  return plain(201, "")
end

--- Whether the signature of a URL is right, and the URL still good.
local function is_signed(sandbox, call, object)
  local expires = call.query.temp_url_expires
  return not is_over(sandbox, expires) and call.query.temp_url_sig ==
    uploads.sign(sandbox, call.method, expires, object)
end

--- Answers a request to a signed URL (TempURL).
local function answer_signed(sandbox, call, object, uuid)
  local action = actions[call.method]
  local upload = sandbox.store.uploads[uuid]
  if not action then
    return plain(405, "The method is not allowed for this resource.")
  elseif not upload or not is_signed(sandbox, call, object) then
    return plain(401, "401 Unauthorized: Temp URL invalid\n")
  end
  return action(sandbox, call, upload, uuid)
end

-- ---- FormPOST ---------------------------------------------------------------

--- Returns the fields before the first file, that file's part, and the number
-- of files.
local function read_fields(parts)
  local fields, file, count = {}, nil, 0
  for _, part in ipairs(parts) do
    if part.filename and part.filename ~= "" then
      file, count = file or part, count + 1
    elseif not file and part.value then
      fields[ascii.lower(part.name)] = part.value
    end
  end
  return fields, file, count
end

--- Checks a FormPOST as Swift does. Returns a status and a message.
local function check_post(sandbox, object, fields, file, count)
  if not file then
    return 400, "No Files To Process"
  elseif is_over(sandbox, fields.expires) then
    return 401, "Form Expired"
  elseif fields.signature ~= uploads.sign(sandbox, object,
      fields.redirect or "", fields.max_file_size or "",
      fields.max_file_count or "", fields.expires) then
    return 401, "Invalid Signature"
  elseif count > tonumber(fields.max_file_count) then
    return 400, "Max File Count Exceeded"
  elseif file.bytes > tonumber(fields.max_file_size) then
    return 400, "max_file_size exceeded"
  elseif file.problem then
    return 500, file.problem
  end
  return 201
end

--- Returns the response to a FormPOST: a redirect with the status in its query
-- when the body has the field `redirect`.
local function post_response(status, message, redirect)
  if status == 401 then
    return plain(401, "FormPost: " .. message)
  elseif (redirect or "") == "" then
    return plain(status, reasons[status] ..
      (message and "\r\nFormPost: " .. message or ""))
  end
  return 303, "", { Location = redirect ..
    (redirect:find("?", 1, true) and "&" or "?") .. core.url.query{
      "status", reasons[status], "message", message or "" } }
end

--- Reads a multipart body, and writes its first file to a path. Returns the
-- parts, or nil and a problem; and the message of a write error, or nil.
local function read_parts(call, path)
  local out, message
  local parts, problem = multipart.read(call, function()
    if out then
      return nil
    end
    out, message = io.open(path, "wb")
    return out
  end)
  if out and not out:close() then
    message = "the file could not be written"
  end
  return parts, problem, message
end

local function post(sandbox, call, object, uuid)
  local path, unplaced = sandbox.store:new_file()
  if not path then
    return plain(500, unplaced)
  end
  local parts, problem, failure = read_parts(call, path)
  local fields, file, count = read_fields(parts or {})
  local status, message = 400, problem
  if failure then
    status, message = 500, failure
  elseif parts then
    status, message = check_post(sandbox, object, fields, file, count)
  end
  if status == 201 then
    uploads.keep(sandbox, uuid, path, file.filename)
  else
    os.remove(path)
  end
  return post_response(status, message, fields.redirect)
end

-- ---- both -------------------------------------------------------------------

--- Whether a path belongs to the storage.
function storage.has(path)
  return path:sub(1, #prefix + 1) == prefix .. "/"
end

--- Returns the object that a call's path names; and, unless that is none of the
-- container's, the id of its upload and the rest of its name.
local function split(call)
  local object = core.url.decode(call.path:sub(#prefix + 1))
  local container = uploads.container
  if object:sub(1, #container) ~= container then
    return object
  end
  return object, object:sub(#container + 1):match("^([^/]+)/(.*)$")
end

--- Whether a call may send a long body: it goes to an upload that was begun, by
-- a signed URL or by a form, whose signature is in the body.
function storage.admits(sandbox, call)
  local object, uuid, name = split(call)
  return uuid ~= nil and sandbox.store.uploads[uuid] ~= nil and
    (call.method == "POST" and name == "" or is_signed(sandbox, call, object))
end

--- Answers a call of the storage. Returns status, body, headers and, instead of
-- a body, a file. Refuses a token: a client must not send it to the storage.
local function answer(sandbox, call)
  local object, uuid, name = split(call)
  if call.headers["x-auth-token"] then
    return plain(400, "The token of the API was sent to the storage.")
  elseif not uuid then
    return plain(401, "401 Unauthorized: Temp URL invalid\n")
  elseif call.method == "POST" and name == "" and
      sandbox.store.uploads[uuid] then
    return post(sandbox, call, object, uuid)
  end
  return answer_signed(sandbox, call, object, uuid)
end

-- A download is the operation itself. An upload is a step of several
-- operations, so it has a name of its own.
local targets = {
  fetch = { op = { full_name = "tickets.download" }, fault = plain,
    handler = answer },
  put = { op = { full_name = "storage.put" }, fault = plain,
    handler = answer },
}

-- The names that fault rules can use.
storage.names = { targets.fetch.op.full_name, targets.put.op.full_name }

--- Returns the target of a call.
function storage.target(call)
  return (call.method == "PUT" or call.method == "POST") and targets.put or
    targets.fetch
end

--- Removes the uploaded files of a sandbox without a state file.
storage.close = uploads.close

return storage
