--- uploads.lua - the attachments: upload targets, files and signed URLs
-- SPDX-License-Identifier: MIT
local attachments = require("rackspace.tickets.attachments")
local core = require("rackspace.core")
local json = require("rackspace.base.json")

local uploads = {}

-- The seconds until an upload target or a URL expires.
local life = 600
local largest_file = 5368709120

-- All files are in one container.
uploads.container = "/v1/MossoCloudFS_5cec5b02/c46b/"

-- ---- signatures -------------------------------------------------------------

--- Returns this sandbox's signature of some strings: 40 hexadecimal digits.
function uploads.sign(sandbox, ...)
  local text = table.concat({ ... }, "\n")
  return core.digest(text, tostring(sandbox.seed)):sub(1, 40)
end

--- Returns a URL that allows one method until it expires.
local function signed_url(sandbox, call, method, path)
  local expires = math.floor(sandbox:time()) + life
  return ("%s/storage%s?temp_url_sig=%s&temp_url_expires=%d"):format(call.base,
    path:gsub("[^/]+", core.url.encode),
    uploads.sign(sandbox, method, ("%d"):format(expires), path), expires)
end

-- ---- files ------------------------------------------------------------------

--- Adds a file without content. Returns its uuid.
local function add(sandbox, filename)
  local uuid = ("%08x-5acb-4000-a000-%012x"):format(sandbox.seed % 4294967296,
    sandbox.store:next_number("upload"))
  sandbox.store:set({ "uploads", uuid }, { filename = filename })
  return uuid
end

--- Makes the file at a path the content of an upload.
function uploads.keep(sandbox, uuid, path, filename)
  sandbox.store:set_upload(uuid, { file = sandbox.store:name_of(path),
    filename = filename or sandbox.store.uploads[uuid].filename })
end

--- Removes the files of a sandbox without a state file.
function uploads.close(sandbox)
  for _, upload in pairs(sandbox.store.path and {} or sandbox.store.uploads) do
    if upload.file then
      os.remove(sandbox.store:path_of(upload.file))
      upload.file = nil
    end
  end
end

-- ---- in tickets -------------------------------------------------------------

--- Returns a new upload target for a file: the fields of a FormPOST.
function uploads.slot(sandbox, call, filename)
  local uuid = add(sandbox, filename)
  local path = uploads.container .. uuid .. "/"
  local expires = math.floor(sandbox:time()) + life
  return { attachment_data = { uuid = uuid, expires = expires,
    max_file_count = 1, max_file_size = largest_file, redirect_url = "",
    upload_url = call.base .. "/storage" .. path,
    signature = uploads.sign(sandbox, path, "",
      ("%d"):format(largest_file), "1", ("%d"):format(expires)) } }
end

--- Returns the problem of a new comment's attachments, or nil.
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

--- Returns the attachments of a comment as they are stored, each with a uuid.
function uploads.claim(sandbox, list)
  local kept = json.array{}
  for i, one in ipairs(list or {}) do
    kept[i] = { filename = one.filename,
      uuid = one.uuid or add(sandbox, one.filename) }
  end
  return kept
end

--- Returns stored attachments for a response: each with the URL to download it,
-- or to upload it first.
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
