--- storage.lua - uploads files to the storage, and downloads them
-- SPDX-License-Identifier: MIT
local call_of = require("rackspace.call.call")
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")
local json = require("rackspace.base.json")
local send = require("rackspace.call.send")

-- The fields of a form, each with the member of the upload target that holds it
-- where that has another name; in the order in which the storage signs them.
local form_fields = {
  { "redirect", "redirect_url" }, { "max_file_size" }, { "max_file_count" },
  { "expires" }, { "signature" },
}

local storage = {}

local function text_of(value)
  return type(value) == "number" and core.number.text(value) or value
end

--- Whether a form's fields can be sent as they came: lines of text or numbers.
local function are_fields(data)
  for _, names in ipairs(form_fields) do
    local text = text_of(data[names[2] or names[1]]) or ""
    if type(text) ~= "string" or text:find("%c") then
      return false
    end
  end
  return type(data.signature) == "string"
end

--- Returns the upload target of an answer: { url =, uuid =, fields = of the
-- form, if it takes one }; nil when the answer has none.
function storage.target(answer)
  local data = answer
  if answer.attachment_data ~= nil then
    data = answer.attachment_data
  end
  if type(data) ~= "table" or data.signature and not are_fields(data) then
    return nil
  end
  local target = { url = data.upload_url or data.url,
    uuid = data.uuid or answer.uuid, fields = data.signature and data }
  if type(target.url) == "string" and type(target.uuid) == "string" then
    return target
  end
end

--- Returns the seconds that a request may take, or nil when none are left. A
-- file has no time limit but that on silence, unless the call sets one.
local function time_for(call)
  local left = call_of.time_left(call) or math.huge
  return left > 0 and math.min(left, call.values.timeout or math.huge) or nil
end

local function failure(call, kind, text)
  return fault.new{ kind = kind, operation = call.op.full_name, text = text }
end

--- Returns the error of a response that refuses a request. The storage gives
-- its reason as plain text.
local function refusal(call, request, response)
  local plain = response.body:gsub("^%d%d%d [%a ]+: ", "")
    :match("^([^<{%c][^<%c]*)%s*$")
  local err = fault.from_response(call.op.full_name, {
    status = response.status, headers = response.headers,
    body = plain and json.text{ message = plain } or response.body },
    call.session:time(), request.secrets)
  err.attempts = call.attempts
  return err
end

--- Whether a response means success. The answer to a form may be a redirect
-- with the status in its URL.
local function is_success(response)
  local status = response.status
  if status == 303 then
    status = tonumber((response.headers.location or ""):match(
      "[?&]status=(%d%d%d)")) or status
  end
  return status >= 200 and status <= 299
end

--- Makes one attempt at a request. Returns true, or nil and an error.
local function attempt(call, request)
  request.timeout = time_for(call)
  if not request.timeout then
    return nil, failure(call, "timeout", "the call's deadline has passed")
  end
  call.attempts = call.attempts + 1
  request.attempt = call.attempts
  local response, err = send.exchange(call, request)
  if response and not is_success(response) then
    err = refusal(call, request, response)
  end
  return not err or nil, err
end

--- Sends a request without a token, and repeats it where that is safe. Returns
-- true, or nil and an error.
local function ask(call, request)
  request.service = call.session.settings.endpoints.ticketing
  local problem = core.url.fault(request.url, request.service)
  if problem then
    return nil, failure(call, "protocol",
      "the storage's URL can't be used: " .. problem)
  end
  request.operation = call.op.full_name
  request.secrets = { request.signature or
    request.url:match("temp_url_sig=([^&]+)") }
  request.headers = request.headers or {}
  request.headers["User-Agent"] = call.session.settings.user_agent
  local step = call_of.new(call.session, call.op, call.request)
  step.method, step.writes, step.ends =
    request.method, request.writes, call.ends
  local done, err, again, closed
  repeat
    done, err = attempt(step, request)
    if err then
      again, closed = send.may_repeat(step, err)
    end
  until done or not again
  return done, closed or err
end

local function form_of(target, file)
  local form = {}
  for i, names in ipairs(form_fields) do
    form[i] = { name = names[1],
      value = text_of(target.fields[names[2] or names[1]]) or "" }
  end
  form[#form + 1] = { name = "file1", file = file.path,
    filename = file.filename }
  return form
end

--- Returns a function that reports the bytes of a file that are sent, each
-- number once.
local function teller(file)
  local last
  return function(done)
    done = math.min(done, file.size)
    if file.progress and done ~= last then
      last = done
      file.progress(done, file.size)
    end
  end
end

--- Uploads a file { path =, filename =, size =, progress = } to a target.
-- Returns true, or nil and an error.
function storage.put(call, target, file)
  local most = target.fields and tonumber(target.fields.max_file_size)
  if most and file.size > most then
    return nil, failure(call, "invalid", ("%s has %.0f bytes, and no more " ..
      "than %.0f are taken"):format(file.path, file.size, most))
  end
  local tell = teller(file)
  local request = { url = target.url, writes = true,
    progress = file.progress and function(facts) tell(facts.uploaded) end }
  if target.fields then
    request.method, request.form = "POST", form_of(target, file)
    request.signature = target.fields.signature
  else
    request.method, request.file = "PUT", file.path
    request.headers = { ["Content-Type"] = "application/octet-stream" }
  end
  local done, err = ask(call, request)
  if done then
    tell(file.size)
  end
  return done, err
end

--- Returns an error for a file that exists and must not be replaced, or nil.
local function replacing(call, path)
  if not call.values.clobber and core.file.kind(path) == "file" then
    return failure(call, "file", path .. " is there already; clobber = true " ..
      "(--clobber) replaces it")
  end
end

--- Downloads a URL into a file, which appears only when it is complete. Returns
-- true, or nil and an error.
function storage.fetch(call, url, path)
  local progress, err = call.values.progress, replacing(call, path)
  if err then
    return nil, err
  end
  return ask(call, { method = "GET", url = url, sink = path,
    is_new = not call.values.clobber, writes = false,
    progress = progress and function(facts)
      progress(facts.downloaded, facts.expected)
    end })
end

return storage
