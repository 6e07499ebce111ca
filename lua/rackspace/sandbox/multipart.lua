--- multipart.lua - reads and writes multipart/form-data bodies in pieces
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local bytes = require("rackspace.sandbox.bytes")

local multipart = {}

local line_end = "\r\n"
-- The bounds of a part's head, a field's value and the number of parts. A
-- file's content is not bounded.
local longest_head, longest_value, most_parts = 8192, 4096, 100

--- Appends the next piece of the source to the buffer; false at the end.
local function fill(reader)
  local more = bytes.next(reader.source)
  reader.buffer = reader.buffer .. (more or "")
  return more ~= nil
end

--- Passes all bytes before a mark to take(bytes), and skips the mark. Returns
-- true, or nil when the source ends before the mark.
local function read_to(reader, mark, take)
  while true do
    local at, stop = reader.buffer:find(mark, 1, true)
    if at then
      take(reader.buffer:sub(1, at - 1))
      reader.buffer = reader.buffer:sub(stop + 1)
      return true
    end
    local safe = #reader.buffer - #mark + 1 -- the mark may start after these
    if safe > 0 then
      take(reader.buffer:sub(1, safe))
      reader.buffer = reader.buffer:sub(safe + 1)
    end
    if not fill(reader) then
      return nil
    end
  end
end

--- Returns the bytes before a mark, and skips the mark. Returns nil when there
-- is no mark, or more than `longest` bytes before it.
local function string_to(reader, mark, longest)
  local parts, length = {}, 0
  local found = read_to(reader, mark, function(text)
    length = length + #text
    if length <= longest then
      parts[#parts + 1] = text
    end
  end)
  return found and length <= longest and table.concat(parts) or nil
end

--- Returns a parameter of a Content-Disposition header, unquoted, or nil.
local function parameter(line, name)
  local value = line:match(";%s*" .. name .. '%s*=%s*"([^"]*)"') or
    line:match(";%s*" .. name .. "%s*=%s*([^;%s]+)")
  return value and value:gsub("%%22", '"'):gsub("%%0[Dd]", "\r")
    :gsub("%%0[Aa]", "\n")
end

--- Returns the part that a head describes, { name =, filename = }, or nil when
-- it has no name.
local function part_of(head)
  for line in (head .. line_end):gmatch("(.-)\r\n") do
    if ascii.lower(line):find("^content%-disposition:") then
      local name = parameter(line, "name")
      return name and { name = name, filename = parameter(line, "filename") }
    end
  end
end

--- Reads the content of a file's part, counts it in part.bytes and writes it to
-- the file that keep(part) returns, if any. A write error goes to part.problem.
-- Returns true, or nil when the source ends first.
local function read_file(reader, mark, part, keep)
  local out = keep and keep(part)
  part.bytes = 0
  return read_to(reader, mark, function(text)
    part.bytes = part.bytes + #text
    if out and not part.problem then
      part.problem = select(2, out:write(text))
    end
  end)
end

--- Returns the next part, or nil and a problem.
local function read_part(reader, mark, keep)
  local head = string_to(reader, line_end .. line_end, longest_head)
  local part = head and part_of(head)
  if not part then
    return nil, "a part has no name"
  elseif part.filename then
    return read_file(reader, mark, part, keep) and part or nil,
      "the body ends early"
  end
  part.value = string_to(reader, mark, longest_value)
  return part.value and part or nil, "a field is too long, or has no end"
end

--- Whether the boundary that was just skipped is the last one; nil at the end
-- of the source.
local function is_last(reader)
  while #reader.buffer < 2 do
    if not fill(reader) then
      return nil
    end
  end
  return reader.buffer:sub(1, 2) == "--"
end

local function read_parts(reader, boundary, keep)
  local mark, parts = line_end .. "--" .. boundary, {}
  if not read_to(reader, mark, function() end) then
    return nil, "its boundary is not in it"
  end
  while true do
    local last = is_last(reader)
    if last then
      return parts
    elseif last == nil or not string_to(reader, line_end, longest_head) then
      return nil, "the body ends early"
    end
    local part, problem = read_part(reader, mark, keep)
    if not part then
      return nil, problem
    elseif #parts == most_parts then
      return nil, "there are too many parts"
    end
    parts[#parts + 1] = part
  end
end

--- Reads the parts of a request's body.
-- @param request table: headers, and body or file
-- @param keep function(part) or nil: returns an open file for the content of a
--   file's part, or nil to discard it
-- @return list of { name =, value = } and, for files, { name =, filename =,
--   bytes = count, problem = a write error or nil }; or nil and a problem
function multipart.read(request, keep)
  local kind = request.headers["content-type"] or ""
  local boundary = kind:match('boundary="([^"]+)"') or
    kind:match("boundary=([^;%s]+)")
  if not (ascii.lower(kind):find("^multipart/form%-data") and boundary) then
    return nil, "it is no multipart/form-data"
  end
  local source, problem = bytes.open(request)
  if not source then
    return nil, problem
  end
  local parts
  parts, problem = read_parts({ source = source, buffer = line_end }, boundary,
    keep)
  source:close()
  return parts, problem
end

local function quote(text)
  return '"' .. text:gsub('"', "%%22"):gsub("\r", "%%0D"):gsub("\n", "%%0A") ..
    '"'
end

--- Writes a part. Returns the number of bytes of its content, or nil and a
-- message.
local function write_part(out, boundary, part)
  local filename = part.filename or
    part.file and part.file:match("[^/]*$")
  local source, problem = bytes.open{ body = part.value, file = part.file }
  if not source then
    return nil, problem
  end
  out:write("--", boundary, line_end, "Content-Disposition: form-data; name=",
    quote(part.name), filename and "; filename=" .. quote(filename) or "",
    line_end, line_end)
  local count
  count, problem = bytes.pour(source, out)
  source:close()
  out:write(line_end)
  return count, problem
end

--- Writes a multipart body into a file.
-- @param path string
-- @param parts list of { name =, value = or file = a path, filename = }
-- @return the media type with its boundary; or nil and a message
function multipart.write(path, parts)
  local out, problem = io.open(path, "wb")
  if not out then
    return nil, problem
  end
  local boundary, written = "------------------------" .. tostring(parts)
    :gsub("%W", ""), true
  for _, part in ipairs(parts) do
    if written then
      written, problem = write_part(out, boundary, part)
    end
  end
  out:write("--", boundary, "--", line_end)
  local closed, closing_problem = out:close()
  if written and closed then
    return "multipart/form-data; boundary=" .. boundary
  end
  return nil, problem or closing_problem
end

return multipart
