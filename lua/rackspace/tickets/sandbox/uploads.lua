--- uploads.lua - the sandbox's files: their places, bytes and signed URLs
-- SPDX-License-Identifier: MIT
local attachments = require("rackspace.tickets.attachments")
local bytes = require("rackspace.sandbox.bytes")
local core = require("rackspace.core")
local json = require("rackspace.base.json")

local uploads = {}

-- How long a place, and a URL, is good for.
local life = 600
local largest_file = 5368709120

-- All files are in one container.
uploads.container = "/v1/MossoCloudFS_5cec5b02/c46b/"

-- ---- signatures -------------------------------------------------------------

local base64 =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function to_hex(text)
  local digits = {}
  for four in text:gmatch("....") do
    local bits = 0
    for letter in four:gmatch(".") do
      bits = bits * 64 + (base64:find(letter, 1, true) or 1) - 1
    end
    digits[#digits + 1] = ("%06x"):format(bits)
  end
  return table.concat(digits):sub(1, 40)
end

--- What only this sandbox can say of some texts: 40 hexadecimal digits.
function uploads.sign(self, ...)
  local text = table.concat({ ... }, "\n"):gsub("%z", "\\0")
  local made = core.signature("storage", text, "key",
    tostring(self.seed)):reveal()
  return to_hex(made:match("[^:]+$"))
end

--- A URL by which one method is allowed for a while.
local function signed_url(self, call, method, path)
  local expires = math.floor(self:time()) + life
  return ("%s/storage%s?temp_url_sig=%s&temp_url_expires=%d"):format(call.base,
    path:gsub("[^/]+", core.url.encode),
    uploads.sign(self, method, ("%d"):format(expires), path), expires)
end

-- ---- files ------------------------------------------------------------------

--- A new file, which has no bytes yet: its uuid.
local function add(self, filename)
  local uuid = ("%08x-5acb-4000-a000-%012x"):format(self.seed % 4294967296,
    self.store:next_number("upload"))
  self.store.uploads[uuid] = { filename = filename }
  return uuid
end

--- The path of a new file for bytes: beside the state's file, or a temporary
-- one; nil and a message.
function uploads.place(self)
  if not self.store.path then
    return bytes.temporary()
  end
  return ("%s.%d"):format(self.store.path, self.store:next_number("place"))
end

--- Makes what is at a path the bytes of a file.
function uploads.keep(self, uuid, path, filename)
  local upload = self.store.uploads[uuid]
  if upload.file then
    os.remove(upload.file)
  end
  upload.file, upload.filename = path, filename or upload.filename
  self.store:save()
end

--- Removes all bytes that no state's file names.
function uploads.close(self)
  for _, upload in pairs(self.store.path and {} or self.store.uploads) do
    if upload.file then
      os.remove(upload.file)
      upload.file = nil
    end
  end
end

-- ---- what tickets say of them -----------------------------------------------

--- A place for a file of a name, as a form's fields.
function uploads.slot(self, call, filename)
  local uuid = add(self, filename)
  local path = uploads.container .. uuid .. "/"
  local expires = math.floor(self:time()) + life
  self.store:save()
  return { attachment_data = { uuid = uuid, expires = expires,
    max_file_count = 1, max_file_size = largest_file, redirect_url = "",
    upload_url = call.base .. "/storage" .. path,
    signature = uploads.sign(self, path, "", ("%d"):format(largest_file), "1",
      ("%d"):format(expires)) } }
end

--- What is wrong with a new comment's attachments; nil when nothing is.
function uploads.problem(self, list)
  for _, one in ipairs(list or {}) do
    local upload = one.uuid and self.store.uploads[one.uuid]
    if one.uuid and not (upload and upload.file) then
      return ("There is no uploaded file with the UUID %s"):format(one.uuid)
    elseif attachments.name_problem(one.filename) then
      return ("The file name %s is not allowed"):format(one.filename)
    end
  end
end

--- The attachments of a comment as they are kept. What has no uuid gets one.
function uploads.claim(self, list)
  local kept = json.array{}
  for i, one in ipairs(list or {}) do
    kept[i] = { filename = one.filename,
      uuid = one.uuid or add(self, one.filename) }
  end
  return kept
end

--- The same as they are shown: where to fetch them, or to put them first.
function uploads.shown(self, call, list)
  local shown = json.array{}
  for i, one in ipairs(list) do
    local upload = self.store.uploads[one.uuid]
    local path = uploads.container .. one.uuid .. "/" .. upload.filename
    shown[i] = { filename = one.filename, uuid = one.uuid,
      url = upload.file and signed_url(self, call, "GET", path) or nil,
      upload_url = not upload.file and signed_url(self, call, "PUT", path) or
        nil }
  end
  return shown
end

return uploads
