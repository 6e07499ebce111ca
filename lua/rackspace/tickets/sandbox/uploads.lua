--- uploads.lua - the sandbox's files: their slots, bytes and signed URLs
-- SPDX-License-Identifier: MIT
local attachments = require("rackspace.tickets.attachments")
local bytes = require("rackspace.sandbox.bytes")
local core = require("rackspace.core")
local json = require("rackspace.base.json")

local uploads = {}

-- How long a slot, and a URL, is good for.
local life = 600
local largest_file = 5368709120

-- All files are in one container.
uploads.container = "/v1/MossoCloudFS_5cec5b02/c46b/"

-- ---- signatures -------------------------------------------------------------

--- What only this sandbox can say of some texts: 40 hexadecimal digits.
function uploads.sign(sandbox, ...)
  local text = table.concat({ ... }, "\n")
  return core.digest(text, tostring(sandbox.seed)):sub(1, 40)
end

--- A URL by which one method is allowed for a while.
local function signed_url(sandbox, call, method, path)
  local expires = math.floor(sandbox:time()) + life
  return ("%s/storage%s?temp_url_sig=%s&temp_url_expires=%d"):format(call.base,
    path:gsub("[^/]+", core.url.encode),
    uploads.sign(sandbox, method, ("%d"):format(expires), path), expires)
end

-- ---- files ------------------------------------------------------------------

--- A new file, which has no bytes yet: its uuid.
local function add(sandbox, filename)
  local uuid = ("%08x-5acb-4000-a000-%012x"):format(sandbox.seed % 4294967296,
    sandbox.store:next_number("upload"))
  sandbox.store.uploads[uuid] = { filename = filename }
  return uuid
end

--- The path of a new file for bytes: beside the state's file, or a temporary
-- one; nil and a message.
function uploads.new_path(sandbox)
  if not sandbox.store.path then
    return bytes.temporary()
  end
  return ("%s.%d"):format(sandbox.store.path,
    sandbox.store:next_number("place"))
end

--- Makes what is at a path the bytes of a file.
function uploads.keep(sandbox, uuid, path, filename)
  local upload = sandbox.store.uploads[uuid]
  if upload.file then
    os.remove(upload.file)
  end
  upload.file, upload.filename = path, filename or upload.filename
  sandbox.store:save()
end

--- Removes all bytes that no state's file names.
function uploads.close(sandbox)
  for _, upload in pairs(sandbox.store.path and {} or sandbox.store.uploads) do
    if upload.file then
      os.remove(upload.file)
      upload.file = nil
    end
  end
end

-- ---- what tickets say of them -----------------------------------------------

--- A slot for a file of a name, as a form's fields.
function uploads.slot(sandbox, call, filename)
  local uuid = add(sandbox, filename)
  local path = uploads.container .. uuid .. "/"
  local expires = math.floor(sandbox:time()) + life
  sandbox.store:save()
  return { attachment_data = { uuid = uuid, expires = expires,
    max_file_count = 1, max_file_size = largest_file, redirect_url = "",
    upload_url = call.base .. "/storage" .. path,
    signature = uploads.sign(sandbox, path, "",
      ("%d"):format(largest_file), "1", ("%d"):format(expires)) } }
end

--- What is wrong with a new comment's attachments; nil when nothing is.
function uploads.problem(sandbox, list)
  for _, one in ipairs(list or {}) do
    local upload = one.uuid and sandbox.store.uploads[one.uuid]
    if one.uuid and not (upload and upload.file) then
      return ("There is no uploaded file with the UUID %s"):format(one.uuid)
    elseif attachments.name_problem(one.filename) then
      return ("The file name %s is not allowed"):format(one.filename)
    end
  end
end

--- The attachments of a comment as they are kept. What has no uuid gets one.
function uploads.claim(sandbox, list)
  local kept = json.array{}
  for i, one in ipairs(list or {}) do
    kept[i] = { filename = one.filename,
      uuid = one.uuid or add(sandbox, one.filename) }
  end
  return kept
end

--- The same as they are shown: where to fetch them, or to put them first.
function uploads.shown(sandbox, call, list)
  local shown = json.array{}
  for i, one in ipairs(list) do
    local upload = sandbox.store.uploads[one.uuid]
    local path = uploads.container .. one.uuid .. "/" .. upload.filename
    shown[i] = { filename = one.filename, uuid = one.uuid,
      url = upload.file and signed_url(sandbox, call, "GET", path) or nil,
      upload_url = not upload.file and signed_url(sandbox, call, "PUT", path) or
        nil }
  end
  return shown
end

return uploads
