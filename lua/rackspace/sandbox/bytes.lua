--- bytes.lua - reads a string or a file in pieces
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local bytes = {}

local piece_size = 16384

-- A string with the methods of a file.
local text_methods = {}
local text_mt = { __index = text_methods }

--- Returns the next `count` bytes, fewer at the end, then nil.
function text_methods:read(count)
  local from = self.at
  self.at = from + count
  return from <= #self.text and self.text:sub(from, from + count - 1) or nil
end

function text_methods.close()
  return true
end

--- Returns the folder for temporary files.
function bytes.folder()
  local folder = os.getenv("TMPDIR")
  return folder and folder ~= "" and folder or "/tmp"
end

--- Creates an empty file that only this user can read, whose name can't be
-- predicted, in a folder (that for temporary files). Its name begins with
-- `beginning`, or as those of all temporary files do. Returns its path, or nil
-- and a message.
function bytes.temporary(folder, beginning)
  folder = folder or bytes.folder()
  local path, problem = core.file.temporary(folder, beginning)
  return path, problem and folder .. ": " .. problem
end

--- Opens the body of a request or a response, its `file` or its `body`, to be
-- read. Returns nil and a message when the file can't be opened.
function bytes.open(request)
  if request.file then
    return io.open(request.file, "rb")
  end
  return setmetatable({ text = request.body or "", at = 1 }, text_mt)
end

--- Returns the next piece; nil at the end; nil and a message on an error.
function bytes.next(source)
  return source:read(piece_size)
end

--- Copies the rest of a source into an open file. Returns the number of bytes,
-- or nil and a message.
function bytes.pour(source, out)
  local total = 0
  while true do
    local part, problem = bytes.next(source)
    if not part then
      return not problem and total or nil, problem
    end
    local written
    written, problem = out:write(part)
    if not written then
      return nil, problem
    end
    total = total + #part
  end
end

--- Replaces a file by the rest of a source; with `is_new`, no file is replaced.
-- Returns the number of bytes, or nil and a message.
function bytes.save(source, path, is_new)
  local out, problem = core.file.replace(path, is_new)
  if not out then
    return nil, path .. ": " .. problem
  end
  local count, done
  count, problem = bytes.pour(source, out)
  if count then
    done, problem = out:commit(false)
  end
  out:discard()
  if done then
    return count
  end
  return nil, path .. ": " .. problem
end

return bytes
