--- uploads.lua - uploads files before or after a ticket names them
-- SPDX-License-Identifier: MIT
local attachments = require("rackspace.tickets.attachments")
local call_of = require("rackspace.call.call")
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")
local members = require("rackspace.base.members")
local operation = require("rackspace.row.operation")
local perform = require("rackspace.call.perform").perform
local storage = require("rackspace.tickets.storage")

local uploads = {}

--- Returns the values of the next step of a call: a copy of the call's own with
-- what is left of its time.
local function values_now(call)
  local copy, left = members.copy(call.values), call_of.time_left(call)
  copy.deadline = left and math.max(0, left)
  return copy
end

--- Returns options for another operation that is a step of a call.
local function options_now(call, more)
  local values, options = values_now(call), more or {}
  options.timeout, options.deadline = values.timeout, values.deadline
  return options
end

--- Returns a file { path =, filename =, size = }, or nil and an error when it
-- can't be read.
local function measure(op, path, filename)
  local size, problem = core.file.size(path)
  if not size then
    return nil, fault.new{ kind = "file", operation = op.full_name,
      text = problem }
  end
  return { path = path, filename = filename, size = size }
end

--- Asks the service for an upload target. Returns it, or nil and an error.
local function reserve(session, call, request, file)
  local asked = setmetatable({ values = values_now(call),
    form = { { name = "filename", value = "", filename = file.filename } } },
    { __index = request })
  local answer, _, err = session:request(call.op, asked)
  if not answer then
    return nil, err
  end
  local target = storage.target(answer)
  if not target then
    return nil, fault.new{ kind = "protocol", operation = call.op.full_name,
      text = "the answer has no place for the file" }
  end
  return target
end

--- Runs `attach`. An upload target expires after ten minutes; if it does during
-- the call, one more is tried.
function uploads.attach(session, op, request, path)
  local call = call_of.new(session, op, request)
  local file, err = measure(op, path, call.values.filename or
    attachments.name_of(path))
  if not file then
    return fault.fail(err)
  end
  file.progress = call.values.progress
  for _ = 1, 2 do
    local target, done
    target, err = reserve(session, call, request, file)
    if target then
      done, err = storage.put(call, target, file)
    end
    if done then
      return { filename = file.filename, uuid = target.uuid }
    elseif not target or err.status ~= 401 then
      break
    end
  end
  return fault.fail(err)
end

--- Runs `download`.
function uploads.download(session, op, request, attachment, path)
  local url = type(attachment) == "table" and attachment.url or attachment
  local done, err = storage.fetch(call_of.new(session, op, request), url,
    path)
  if not done then
    return fault.fail(err)
  end
  return path
end

--- Makes one progress function count the bytes of all files together.
local function join_progress(files, progress)
  local total = 0
  for _, file in ipairs(files) do
    local before = total
    file.progress = function(done)
      progress(before + done, total)
    end
    total = total + file.size
  end
end

--- Returns the files of a list of attachments, each with its index in the list,
-- those that are uploaded after the ticket was made last; or nil and an error
-- when one can't be read.
local function files_of(op, list, progress)
  local files, waiting = {}, {}
  for i, item in ipairs(list) do
    if not item.uuid then
      local file, err = measure(op, item.path or item.filename, item.filename)
      if not file then
        return nil, err
      end
      file.index, file.waits = i, not item.path
      table.insert(file.waits and waiting or files, file)
    end
  end
  for _, file in ipairs(waiting) do
    files[#files + 1] = file
  end
  if progress then
    join_progress(files, progress)
  end
  return files
end

--- Uploads the files that need no ticket, and puts their uuids into the list.
-- Returns true, or nil and an error.
local function put_before(session, upload)
  local call = upload.call
  for _, file in ipairs(upload.files) do
    if not file.waits then
      local one, _, err = session[call.op.service]:attach(file.path,
        options_now(call, { filename = file.filename,
          progress = file.progress }))
      if not one then
        return nil, err
      end
      upload.list[file.index] = one
    end
  end
  return true
end

--- Returns the comments of the ticket: those of the answer or, when it has
-- none, those of the ticket read back. Or nil and an error.
local function comments_of(session, upload)
  local call = upload.call
  if type(upload.result.comments) == "table" then
    return upload.result.comments
  end
  local shown, _, err = session[call.op.service]:get(
    upload.ticket or upload.result, options_now(call))
  return shown and (shown.comments or {}), err
end

--- Returns lists of the upload targets in the comments, by the names of the
-- files, those of the last comment first.
local function targets_in(comments)
  local targets = {}
  for i = #comments, 1, -1 do
    local comment = comments[i]
    local list = type(comment) == "table" and comment.attachments
    for _, one in ipairs(type(list) == "table" and list or {}) do
      if type(one) == "table" and type(one.filename) == "string" and
          type(one.upload_url) == "string" then
        targets[one.filename] = targets[one.filename] or {}
        table.insert(targets[one.filename], { url = one.upload_url })
      end
    end
  end
  return targets
end

--- Uploads the files that had to wait for the ticket. Returns true, or nil and
-- an error.
local function put_after(session, upload)
  local call, targets = upload.call, nil
  for _, file in ipairs(upload.files) do
    if file.waits and not targets then
      local comments, err = comments_of(session, upload)
      if not comments then
        return nil, err
      end
      targets = targets_in(comments)
    end
    if file.waits then
      local target = table.remove(targets[file.filename] or {}, 1)
      if not target then
        return nil, fault.new{ kind = "protocol",
          operation = call.op.full_name, text = ("the ticket has no place " ..
            "for '%s'"):format(file.filename) }
      end
      local done, err = storage.put(call, target, file)
      if not done then
        return nil, err
      end
    end
  end
  return true
end

--- Uploads files, makes the ticket or comment, and uploads the other files.
-- Returns true, or nil and an error that has what was done, so that the caller
-- need not do it twice.
local function run(session, upload)
  local call = upload.call
  local done, err = put_before(session, upload)
  if done then
    local _
    done, _, err = perform(session, call.op, operation.rebuild(call.op,
      call.request, values_now(call)))
    upload.result = done
  end
  if not done then
    err.attachments = upload.list
    return nil, err
  end
  done, err = put_after(session, upload)
  if not done then
    err.result = upload.result
  end
  return done, err
end

--- Runs an operation that has a comment, or is one, with its files.
function uploads.perform(session, op, request, ticket)
  local values = request.values
  local list = (values.comment or values).attachments
  if not list then
    return perform(session, op, request)
  end
  local call = call_of.new(session, op, request)
  local files, err = files_of(op, list, values.progress)
  if not files then
    return fault.fail(err)
  end
  local upload = {
    call = call, -- call: of the whole operation, whose steps share its time
    list = list, -- list: the attachments, which get their uuids
    files = files, -- list of the files to upload
    ticket = op.args[1] and ticket, -- ticket, or nil where one is created
    result = nil, -- table: the ticket or comment; set by run
  }
  local done
  done, err = run(session, upload)
  if not done then
    return fault.fail(err)
  end
  return upload.result
end

return uploads
